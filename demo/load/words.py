"""Word lists that combine to believable Indonesian names. Every name is invented."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FIRST = (
    "Ade", "Agus", "Ahmad", "Aisyah", "Andi", "Anisa", "Asep", "Bambang", "Bayu", "Cahya", "Dadang", "Dedi", "Desi", "Dewi",
    "Dian", "Eko", "Elsa", "Endang", "Fajri", "Fitri", "Galih", "Hana", "Hendra", "Ika", "Imas", "Iwan", "Jajang", "Kartika",
    "Lestari", "Lilis", "Mulyadi", "Nana", "Neneng", "Nur", "Oman", "Putri", "Rahmat", "Ratna", "Rini", "Rizky", "Rohmah",
    "Santi", "Siti", "Slamet", "Sri", "Tati", "Teguh", "Tono", "Udin", "Wahyu", "Wawan", "Yanti", "Yuli", "Zaenal",
)  # fmt: skip
LAST = (
    "Adiputra", "Anggraeni", "Apriliani", "Cahyadi", "Darmawan", "Fauziah", "Firmansyah", "Gunawan", "Handayani", "Hidayat",
    "Irawan", "Iskandar", "Kurniawan", "Kusnadi", "Lesmana", "Mahmudin", "Maryani", "Mulyana", "Nugraha", "Nurhayati",
    "Oktaviani", "Permana", "Pratama", "Purnama", "Rahayu", "Ramdani", "Rosadi", "Rukmana", "Safitri", "Saputra", "Setiawan",
    "Sobari", "Sudrajat", "Suherman", "Sukmawati", "Sulaeman", "Suryana", "Susanti", "Sutisna", "Wibowo", "Wulandari",
    "Yuningsih",
)  # fmt: skip
STREETS = ("Jl. Contoh Anggrek", "Jl. Contoh Pahlawan", "Kp. Contoh Jati", "Perum Contoh Indah Blok C", "Gg. Contoh Salak")
SHOP_KINDS = ("Dapur", "Warung", "Rumah", "Sentra", "Toko", "Griya", "Karya", "Saung", "Pondok", "Bengkel")
SHOP_NAMES = (
    "Amanah", "Barokah", "Berkah", "Cahaya", "Citra", "Gemilang", "Harapan", "Jaya", "Kencana", "Lestari", "Makmur", "Mandiri",
    "Melati", "Mekar", "Mulia", "Mustika", "Padi", "Pelangi", "Permata", "Pusaka", "Rejeki", "Sari", "Sejahtera", "Sinar",
    "Subur", "Sumber", "Tani", "Teratai", "Tunas", "Utama", "Wangi", "Yasmin",
)  # fmt: skip


@dataclass(frozen=True)
class Goods:
    """What one category offers: nouns and qualities to combine, unit, rupiah from and to, grams."""

    nouns: tuple[str, ...]
    qualities: tuple[str, ...]
    unit: str
    cheap: int
    dear: int
    weight_g: int


TASTES = ("Original", "Pedas", "Balado", "Bawang", "Manis", "Asin Gurih", "Daun Jeruk", "Jagung Bakar", "Rumput Laut")
COLOURS = ("Merah Bata", "Biru Laut", "Hijau Daun", "Hitam", "Krem", "Cokelat", "Kuning Kunyit", "Putih Gading")
SIZES = ("Kecil", "Sedang", "Besar", "Jumbo", "Mini")
GOODS: dict[str, Goods] = {
    "siap-saji": Goods(
        ("Gabus Pucung", "Pecak Bandeng", "Sayur Asem", "Semur Jengkol", "Nasi Uduk", "Rendang", "Opor Ayam"),
        ("Pedas", "Manis Gurih", "Beku", "Siap Santap", "Tanpa Santan"), "porsi", 15_000, 60_000, 350,
    ),
    "keripik": Goods(
        ("Keripik Singkong", "Keripik Pisang", "Keripik Tempe", "Kerupuk Ikan", "Rengginang", "Emping", "Kembang Goyang", "Opak"),
        TASTES, "bungkus", 9_000, 38_000, 180,
    ),
    "kue-dodol": Goods(
        ("Dodol Bekasi", "Kue Akar Kelapa", "Wajik", "Bolu Pandan", "Kue Satu", "Geplak", "Kue Cincin"),
        ("Durian", "Wijen", "Gula Aren", "Pandan", "Ketan Hitam", "Nangka"), "kotak", 15_000, 65_000, 400,
    ),
    "olahan-ikan": Goods(
        ("Bandeng Presto", "Ikan Asin Gabus", "Terasi Udang", "Abon Ikan", "Bakso Ikan", "Otak-otak", "Rajungan Kupas"),
        ("Muaragembong", "Asap", "Beku", "Pedas", "Tanpa Duri"), "pak", 18_000, 95_000, 300,
    ),
    "bumbu-sambal": Goods(
        ("Sambal Terasi", "Sambal Bawang", "Bumbu Pucung", "Kecap Manis", "Bumbu Rendang", "Sambal Ijo"),
        ("Level 1", "Level 3", "Level 5", "Botol Kaca", "Rumahan"), "botol", 12_000, 45_000, 220,
    ),
    "minuman": Goods(
        ("Kopi Robusta", "Kopi Arabika", "Bir Pletok", "Teh Melati", "Wedang Jahe", "Sirup Markisa", "Jus Jambu"),
        ("Bubuk", "Celup", "Literan", "Tanpa Gula", "Gula Aren"), "botol", 10_000, 85_000, 250,
    ),
    "beras-tani": Goods(
        ("Beras Pandan Wangi", "Beras Merah", "Beras Ketan", "Tepung Singkong", "Kacang Hijau", "Jagung Pipil"),
        ("Organik", "Giling Baru", "Pilihan", "Karawang", "Curah"), "kg", 14_000, 90_000, 1_000,
    ),
    "batik": Goods(
        ("Kain Batik", "Kemeja Batik", "Blus Batik", "Selendang Batik", "Sarung Batik"),
        ("Motif Ikan Gabus", "Motif Teratai", "Motif Bambu", "Motif Tarumanagara", "Cap", "Tulis"),
        "lembar", 95_000, 650_000, 350,
    ),
    "busana-muslim": Goods(
        ("Gamis", "Koko", "Mukena", "Kerudung Segiempat", "Peci", "Sarung Tenun"), COLOURS, "buah", 35_000, 320_000, 400,
    ),
    "tas-etnik": Goods(
        ("Tas Selempang", "Dompet", "Ransel", "Tas Jinjing", "Pouch"), COLOURS, "buah", 30_000, 280_000, 450,
    ),
    "sepatu-kulit": Goods(
        ("Sepatu Pantofel", "Sandal Kulit", "Ikat Pinggang", "Sepatu Kerja", "Dompet Kulit"),
        COLOURS, "pasang", 85_000, 480_000, 900,
    ),
    "anyaman": Goods(
        ("Keranjang Bambu", "Tampah", "Tas Eceng Gondok", "Besek", "Tikar Pandan", "Kap Lampu Bambu"),
        SIZES, "buah", 18_000, 210_000, 500,
    ),
    "boneka-mainan": Goods(
        ("Boneka Beruang", "Boneka Ondel-ondel", "Mainan Kayu", "Puzzle Kayu", "Bantal Boneka"),
        SIZES, "buah", 25_000, 190_000, 400,
    ),
    "miniatur-kayu": Goods(
        ("Miniatur Kapal", "Miniatur Truk", "Miniatur Rumah Adat", "Miniatur Kereta"), SIZES, "buah", 60_000, 520_000, 900,
    ),
    "dekorasi": Goods(
        ("Pot Gerabah", "Hiasan Dinding", "Lampu Meja", "Vas Bambu", "Bingkai Kayu", "Jam Dinding"),
        COLOURS, "buah", 30_000, 340_000, 800,
    ),
    "briket": Goods(
        ("Briket Batok Kelapa", "Arang Kayu", "Arang Sekam", "Briket Serbuk Kayu"), ("Kubus", "Heksagon", "Bakar Sate", "Shisha"),
        "kg", 12_000, 75_000, 1_000,
    ),
    "seragam": Goods(
        ("Kemeja Kerja", "Kaus Polo", "Celana Kerja", "Rompi Lapangan", "Seragam Olahraga"),
        COLOURS, "buah", 55_000, 240_000, 450,
    ),
    "apd-majun": Goods(
        ("Sarung Tangan Kain", "Majun Katun", "Masker Kain", "Apron Las", "Rompi Pantul"),
        ("8 Benang", "Putih", "Warna", "Tebal", "Lusinan"),
        "lusin", 15_000, 120_000, 600,
    ),
    "kemasan-cetak": Goods(
        ("Dus Nasi", "Stiker Label", "Standing Pouch", "Paper Bag", "Kartu Nama", "Spanduk"),
        ("Polos", "Cetak 1 Warna", "Cetak Penuh", "Kraft"),
        "pak", 18_000, 260_000, 700,
    ),
    "jig-sukucadang": Goods(
        ("Palet Kayu", "Jig Perakitan", "Bushing Nilon", "Bracket Baja", "Roda Troli"),
        ("Presisi", "Pesanan", "Baja", "Aluminium"),
        "buah", 45_000, 950_000, 2_500,
    ),
    "atk-suvenir": Goods(
        ("Buku Catatan", "Pulpen Bambu", "Plakat Kayu", "Map Batik", "Mug Keramik", "Gantungan Kunci"),
        COLOURS, "buah", 8_000, 150_000, 200,
    ),
    "kesehatan": Goods(
        ("Sabun Sereh", "Minyak Atsiri", "Lilin Aroma", "Balsem Jahe", "Sabun Kopi"),
        ("Lavender", "Sereh Wangi", "Kenanga", "Zaitun", "Madu"),
        "buah", 15_000, 110_000, 120,
    ),
    "agro": Goods(
        ("Pupuk Kompos", "Bibit Mangga", "Bibit Cabai", "Jamur Tiram", "Media Tanam", "Lele Bioflok"),
        ("5 kg", "Organik", "Unggul", "Segar"),
        "kg", 12_000, 130_000, 1_000,
    ),
}  # fmt: skip
BY_PLACE = ("Khas", "Asli", "Buatan", "Dari")


def person(dice: Random) -> str:
    """Return the name of a person."""
    return f"{dice.choice(FIRST)} {dice.choice(LAST)}"


def shop(dice: Random) -> str:
    """Return the name of a stall."""
    return f"{dice.choice(SHOP_KINDS)} {dice.choice(SHOP_NAMES)} {dice.choice(SHOP_NAMES)}"


def product(dice: Random, goods: Goods, place: str) -> str:
    """Return the name of a product made in a place."""
    name = f"{dice.choice(goods.nouns)} {dice.choice(goods.qualities)}"
    return f"{name} {dice.choice(BY_PLACE)} {place}" if dice.random() < 0.6 else name  # noqa: PLR2004  as people write
