"""The measurements, each against what stands beside it in the same minute."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import httpx

from bench import requests, shoppers
from bench.driver import Drivers, Tally
from bench.figures import Figure, growth, share
from bench.house import House
from bench.placing import Clients
from bench.raw import CLIENTS, Raw
from demo.children import ChildFailed
from demo.layout import HOME

ROUNDS = 5
SIDE_SECONDS = 1.5
PLACES_EACH = 40
CHECKOUT_SECONDS = 8.0
LOGINS, MOST_MEGABYTES = 50, 150
MESSAGES_EACH = 6000
COLD_ROUNDS = 7
WORDS = ("keripik", "dodol", "batik", "kopi", "sambal")
CARDS, CARD = 24, "<article"
COLD = {  # all full at either size: what grows is the finding, not the number of cards that are drawn
    "cari": ("/cari/?q=keripik", "/cari/?q=kerajinan+bambu", "/cari/?q=kopi", "/cari/?q=batik&urut=price"),
    "kategori": ("/kategori/makanan/", "/kategori/keripik/", "/kategori/busana/?tersedia=on", "/kategori/kriya/?urut=price"),
}


def in_turns(house: House, drivers: Drivers, ours: requests.Shares, rounds: int = ROUNDS) -> tuple[list[Tally], list[Tally]]:
    """Drive the shop and the bare page in turns; returns the tallies round by round."""
    bare = requests.pages(house.bare_port, ["/"])
    drivers.run(house.web_port, ours, 0.5)
    drivers.run(house.bare_port, bare, 0.5)
    measured, compared = [], []
    for _round in range(rounds):
        measured.append(_right(drivers.run(house.web_port, ours, SIDE_SECONDS)))
        compared.append(_right(drivers.run(house.bare_port, bare, SIDE_SECONDS)))
    return measured, compared


def _right(tally: Tally) -> Tally:
    if tally.wrong:
        message = f"{tally.wrong} of {tally.wrong + tally.good} answers were not 200"
        raise ChildFailed(message)
    return tally


def against_bare(name: str, limit: float, house: House, drivers: Drivers, ours: requests.Shares) -> tuple[Figure, float]:
    """Return a speed as a share of the bare page's, and how busy the driver was with the bare page."""
    measured, bare = in_turns(house, drivers, ours)
    figure = share(name, [tally.rate for tally in measured], [tally.rate for tally in bare], limit, "polos")
    return figure, max(tally.busy for tally in bare)


def kept_pages(house: House, drivers: Drivers) -> list[tuple[Figure, float]]:
    """Front page, category and product as a visitor without cookies gets them."""
    found = httpx.get(f"{house.layout.web_url}/cari/?q=keripik")
    product = shoppers.PRODUCT.search(found.text)
    if product is None:
        message = "the search found no product"
        raise ChildFailed(message)
    paths = {"beranda": "/", "kategori": "/kategori/makanan/", "produk": product[1]}
    return [
        against_bare(f"{name} dari simpanan", 0.3, house, drivers, requests.pages(house.web_port, [path]))
        for name, path in paths.items()
    ]


def api_list(house: House, drivers: Drivers) -> tuple[Figure, float]:
    """The API's list of 24 products."""
    return against_bare("API: 24 produk", 0.15, house, drivers, requests.api_lists(house.web_port, 2000))


def intake(house: House, drivers: Drivers) -> tuple[Figure, float]:
    """The provider's messages, signed and no two alike."""
    known = requests.attempts(house.addresses.app, 500)
    bodies = requests.messages(house.web_port, house.services.keys.midtrans_server_key, known, MESSAGES_EACH)
    return against_bare("kabar pembayaran", 0.1, house, drivers, bodies)


def placing(house: House, rounds: int = ROUNDS) -> Figure:
    """The verb `place` of four clients against the raw transaction of four clients."""
    raw, clients = Raw(house.addresses.owner, HOME), Clients(CLIENTS, house.environment)
    try:
        clients.rate(5)
        measured, bare = [], []
        for _round in range(rounds):
            measured.append(clients.rate(PLACES_EACH))
            bare.append(raw.rate(2))
    finally:
        clients.stop()
    return share("verba place, 4 klien", measured, bare, 0.05, "pgbench")


def checkouts(house: House) -> Figure:
    """Whole guest checkouts over HTTP: find, cart, checkout, charge."""
    return Figure("checkout tamu utuh, 4 klien", shoppers.checkouts(house.layout.web_url, CHECKOUT_SECONDS, WORDS), "/dtk")


def memory(house: House) -> Figure:
    """The fattest web process after fifty logins."""
    for number in range(1, LOGINS + 1):
        shoppers.log_in(house.layout.web_url, f"beban{number:05d}@example.com", f"10.9.8.{number}")
    fattest = max(_megabytes(pid) for pid in house.web_pids())
    return Figure(f"memori proses web, {LOGINS} masuk", fattest, "MB", bound="at most", limit=MOST_MEGABYTES)


def _megabytes(pid: int) -> float:
    line = next(line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024


def cold(house: House) -> dict[str, float]:
    """Return the middle time of pages that are made anew: of each address the median, of them the median."""
    headers = {"Cookie": "beban=1"}  # with a cookie of its own the page is made for this visitor
    with httpx.Client(base_url=house.layout.web_url, headers=headers, timeout=60) as client:
        return {name: median(_middle(client, path) for path in paths) for name, paths in COLD.items()}


def _middle(client: httpx.Client, path: str) -> float:
    times = []
    for _round in range(COLD_ROUNDS):
        begin = time.perf_counter()
        answer = client.get(path)
        times.append(time.perf_counter() - begin)
        if answer.text.count(CARD) != CARDS:
            message = f"{path} is not a full page: {answer.status_code}"
            raise ChildFailed(message)
    return median(times[1:])


def grown(few: dict[str, float], many: dict[str, float], words: Sequence[str]) -> list[Figure]:
    """Return how the cold pages grew between two sizes."""
    small, large = words
    return [growth(f"{name}, {large} produk", few[name], many[name], 1.5, f"{small}:") for name in few]
