"""The demo's people, offices and addresses. Every name is invented."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from bebeli.accounts.models import (
    Address,
    Agency,
    AgencyDuty,
    Appointment,
    CivilServant,
    Company,
    CompanyMember,
    Consent,
    User,
)
from bebeli.kit import clock
from bebeli.places.models import Region
from demo.accounts import PASSWORD
from demo.story import told

NAMES = {
    "pembeli": "Sari Puspita",
    "asn": "Bagas Wiratama",
    "pp": "Rina Kartikasari",
    "ppk": "Dimas Prayogo",
    "bendahara": "Wulan Anggraini",
    "perusahaan": "Hendra Wijaya",
    "dinas": "Maya Lestarini",
    "keuangan": "Fajar Nugraha",
    "auditor": "Intan Permata",
    "admin": "Admin BEBELI",
}
SHOPPERS = (
    "Ayu Ningsih", "Budi Hartawan", "Citra Melati", "Deni Suhendar", "Eka Rahmania", "Farid Maulana",
    "Gita Saraswati", "Haris Munandar", "Indah Kusuma", "Joko Prasetya", "Kirana Dewi", "Lukman Hakimi",
)  # fmt: skip
SECOND = {"keuangan2": "Laras Widuri"}  # a large payout needs two people
ELSEWHERE = ("31.74", "32.75", "33.74", "35.78", "51.71")
STREETS = (
    "Jl. Contoh Melati",
    "Jl. Contoh Kenanga",
    "Perum Contoh Asri Blok B",
    "Jl. Contoh Merdeka",
    "Gg. Contoh Mangga",
)


def be_known(user: User) -> None:
    """Write the e-mail as proved, so that the login asks for no code."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


def arrive() -> dict[str, User]:
    """Make everybody; return people by the part of their e-mail before the @."""
    password = make_password(PASSWORD)
    everybody = {**NAMES, **{f"belanja{number:02d}": name for number, name in enumerate(SHOPPERS, start=1)}, **SECOND}
    people: dict[str, User] = {}
    for short, name in everybody.items():
        user = User.objects.create(
            email=f"{short}@example.com",
            name=name,
            password=password,
            phone="+628120000" + f"{len(people) + 500:04d}",
            is_staff=short == "admin",
            is_superuser=short == "admin",
            is_demo=True,
        )
        be_known(user)
        Consent.objects.create(user=user, purpose="terms", version="2026-11", given=True)
        people[short] = user
    _offices(people)
    _addresses(list(people.values()))
    return people


def _offices(people: dict[str, User]) -> None:
    agencies: dict[str, Agency] = {}
    for row in told.agencies():
        agencies[row["code"]] = Agency.objects.create(
            code=row["code"],
            name=row["name"],
            short_name=row["abbr"],
            kind=row["kind"],
            parent=agencies.get(row["parent"]),
        )
    home = next(agency for agency in agencies.values() if agency.kind == "dinas")
    for short in ("asn", "pp", "ppk", "bendahara"):
        CivilServant.objects.create(user=people[short], agency=home, verified_at=clock.now())
    duties = {"pp": "procurement", "ppk": "commitment", "bendahara": "treasurer"}
    for short, duty in duties.items():
        AgencyDuty.objects.create(user=people[short], agency=home, duty=duty)
    for short, role in {"dinas": "officer", "keuangan": "finance", "keuangan2": "finance", "auditor": "auditor"}.items():
        Appointment.objects.create(user=people[short], role=role)
    company = Company.objects.create(name="PT Contoh Manufaktur Cikarang", is_demo=True)
    CompanyMember.objects.create(company=company, user=people["perusahaan"])


def _addresses(users: list[User]) -> None:
    villages = list(Region.objects.filter(level="village").order_by("code").select_related("parent"))
    cities = {region.code: region for region in Region.objects.filter(pk__in=ELSEWHERE)}
    for number, user in enumerate(users):
        city = cities.get(ELSEWHERE[number % len(ELSEWHERE)]) if number % 4 == 3 else None  # noqa: PLR2004  every fourth
        village = villages[(number * 37 + 11) % len(villages)]
        region = city or village
        Address.objects.create(
            user=user,
            label="Rumah",
            recipient=user.name,
            phone=user.phone,
            region=region,
            locality="Kecamatan Contoh, Kelurahan Contoh" if city else "",
            street=f"{STREETS[number % len(STREETS)]} No. {number * 3 + 2}, RT 00{number % 8 + 1}/RW 00{number % 5 + 1}",
            postal_code=village.postal_code if not city else "10110",
            is_default=True,
        )
