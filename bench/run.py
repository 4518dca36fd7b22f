"""One bench from start to end."""

from __future__ import annotations

import os
import signal
import sys
import time

import psycopg

from bench import measures
from bench.driver import Drivers
from bench.figures import Figure, table
from bench.house import House, open_house
from bench.shoppers import Surprise
from demo.bootstrap import Steps
from demo.children import ChildFailed

FEW = 1_000
USUAL, LARGE = 20_000, 100_000
BUSY = 0.85
UNSEEN = ("admin", "drf_spectacular_sidecar", "rest_framework")  # static files of pages nobody opens here
AMOUNTS = {"sellers": 60, "buyers": 60, "orders": 600, "seed": 20261124}


def main() -> int:
    """Measure and tell; 1 when a limit is missed or something did not run."""
    many = LARGE if "--large" in sys.argv[1:] else int(os.environ.get("BENCH_PRODUCTS") or USUAL)
    begin = time.monotonic()
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, _stop)
    try:
        with open_house() as house:
            figures, busy = measure(house, many)
    except (ChildFailed, Surprise, OSError) as failure:
        print(failure, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 1
    print(f"\n{table(figures)}\n")
    doubt = " — ia sendiri mungkin batasnya" if busy > BUSY else ""
    print(f"  Pengirim beban memakai paling banyak {busy:.0%} dari satu inti{doubt}.")
    print(f"  {os.cpu_count()} inti, {time.monotonic() - begin:.0f} dtk. Tiap rasio diukur bergantian dalam menit yang sama.")
    missed = [figure.name for figure in figures if not figure.is_met]
    if missed:
        print(f"  Batas tidak tercapai: {', '.join(missed)}", file=sys.stderr)
    return 1 if missed else 0


def _stop(_signal: int, _frame: object) -> None:
    for wish in (signal.SIGINT, signal.SIGTERM):
        signal.signal(wish, signal.SIG_IGN)
    raise KeyboardInterrupt


def measure(house: House, many: int) -> tuple[list[Figure], float]:
    """Run everything; returns the figures and how busy the driver was at most."""
    steps = Steps()
    with steps.step(f"Basis data, cerita, {FEW} produk"):
        house.manage("migrate", "--no-input")
        house.manage("demo_story")
        seed(house, FEW, AMOUNTS)
        house.manage("collectstatic", "--no-input", "--verbosity", "0", *(f"--ignore={name}" for name in UNSEEN))
        house.settle_down()
    with steps.step("Web dan halaman polos"):
        house.serve()
    drivers = Drivers()
    try:
        with steps.step("Halaman dari simpanan"):
            driven = measures.kept_pages(house, drivers)
        with steps.step("API, kabar pembayaran"):
            driven += [measures.api_list(house, drivers), measures.intake(house, drivers)]
    finally:
        drivers.stop()
    figures = [figure for figure, _busy in driven]
    with steps.step("Verba place dan pgbench"):
        figures.append(measures.placing(house))
    with steps.step("Checkout tamu, masuk 50 kali"):
        figures += [measures.checkouts(house), measures.memory(house)]
    with steps.step(f"Tumbuh dari {FEW} ke {many} produk"):
        few = measures.cold(house)
        seed(house, many, {"sellers": 0, "buyers": 0, "orders": 0, "seed": 1})
        house.settle_down()
        figures += measures.grown(few, measures.cold(house), (f"{FEW:,}", f"{many:,}"))
    with steps.step("Buku diperiksa"):
        wrong = house.violations()
        print("\n".join(wrong[:10]), file=sys.stderr)
        figures.append(Figure("buku: pelanggaran", len(wrong), "", bound="at most", limit=0))
    return figures, max(busy for _figure, busy in driven)


def seed(house: House, products: int, amounts: dict[str, int]) -> None:
    """Load as many products as are missing to a number."""
    with psycopg.connect(house.addresses.app) as connection:
        row = connection.execute("SELECT count(*) FROM catalog_product").fetchone()
    missing = max(products - (row[0] if row else 0), 0)
    options = [f"--{name}={number}" for name, number in {"products": missing, **amounts}.items()]
    house.manage("seed_load", *options)


if __name__ == "__main__":
    sys.exit(main())
