"""The one-way graph, read from pyproject.toml; `make check` also follows imports at second hand."""

from __future__ import annotations

import ast
import tomllib
from functools import cache

from tests.rules.sources import ROOT, Source, bad, python

# What each room may not name. Tests and bench are never imported by what runs.
FORBIDDEN = {
    "bebeli": {"demo", "simulator", "tests", "bench"},
    "simulator": {"bebeli", "demo", "tests", "bench", "django"},
    "demo": {"tests", "bench"},
}
DOORS = ("views", "api", "callbacks", "management", "admin")
INSIDE = ("urls", DOORS, "tasks", "flows", "actions", "models")
PROVIDERS = ("bebeli.orders.gateway.midtrans", "bebeli.orders.gateway.iris", "bebeli.orders.shipping.providers")


@cache
def apps() -> tuple[str, ...]:
    """The rooms from the highest to the lowest, as the contract says."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["name"] == "apps point one way")
    return tuple(str(layer) for layer in layers)


def contracts_inside() -> dict[str, list[str]]:
    """The layers of each room, as its contract says."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    return {
        contract["name"].split(":")[0].removeprefix("inside "): contract["layers"]
        for contract in contracts
        if contract["name"].startswith("inside ")
    }


def imports(source: Source) -> list[tuple[int, str]]:
    """Every module a file names, `from a import b` as both `a` and `a.b`."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append((node.lineno, node.module))
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
    return found


def _is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def _module(source: Source) -> str:
    return source.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def _height(module: str) -> int | None:
    for height, layer in enumerate(apps()):
        if any(_is_in(module, room.strip()) for room in layer.split("|")):
            return height
    return None


def _layer(part: str) -> int | None:
    for number, layer in enumerate(INSIDE):
        if part == layer or (isinstance(layer, tuple) and part in layer):
            return number
    return None


def upward(source: Source) -> list[str]:
    """Name imports that point up: to a higher room, or to a higher layer of the same room."""
    module = _module(source)
    here = _height(module)
    found = [
        f"{source.path}:{line} {name}"
        for line, name in imports(source)
        if here is not None and (there := _height(name)) is not None and there < here
    ]
    parts = module.split(".")
    if len(parts) > 2 and (mine := _layer(parts[2])) is not None:
        room = ".".join(parts[:2])
        found += [
            f"{source.path}:{line} {name}"
            for line, name in imports(source)
            if _is_in(name, room) and (there := _layer([*name.split("."), "", ""][2])) is not None and there < mine
        ]
    return found


def forbidden(source: Source) -> list[str]:
    """Name imports of rooms that must stay unknown."""
    names = FORBIDDEN.get(source.path.split("/")[0], set())
    return [f"{source.path}:{line} {name}" for line, name in imports(source) if name.split(".")[0] in names]


def reaches_a_provider(source: Source) -> list[str]:
    """Name imports of a provider outside the flows and the provider's own room."""
    if source.path.startswith(("bebeli/orders/flows/", "bebeli/orders/gateway/", "bebeli/orders/shipping/")):
        return []
    return [f"{source.path}:{line} {name}" for line, name in imports(source) if any(_is_in(name, one) for one in PROVIDERS)]


def test_imports_point_down() -> None:
    assert [words for source in python("bebeli") for words in upward(source)] == []


def test_what_runs_knows_nothing_of_what_tests_it() -> None:
    assert [words for source in python("bebeli", "simulator", "demo") for words in forbidden(source)] == []


def test_only_flows_reach_a_provider() -> None:
    assert [words for source in python("bebeli") for words in reaches_a_provider(source)] == []


def test_every_room_has_its_place_and_its_contract() -> None:
    rooms = {path.parent.name for path in (ROOT / "bebeli").glob("*/apps.py")} - {"kit"}  # the ground is no room
    placed = {name.strip().removeprefix("bebeli.") for layer in apps() for name in layer.split("|")}
    assert rooms <= placed
    assert rooms == set(contracts_inside())
    for room, layers in contracts_inside().items():
        named = [name.strip("() ").removeprefix(f"bebeli.{room}.") for layer in layers for name in layer.split("|")]
        assert named == ["urls", *DOORS, "tasks", "flows", "actions", "models"], room


def test_the_rules_of_the_graph_can_fail() -> None:
    assert upward(bad("from bebeli.orders.models import Order\n", "bebeli/catalog/stock.py"))
    assert upward(bad("from bebeli import pages\n", "bebeli/orders/states.py"))
    assert upward(bad("import bebeli.accounts.models\n", "bebeli/kit/locks.py"))
    assert upward(bad("from bebeli.orders.flows import settle\n", "bebeli/orders/actions/bad.py"))
    assert upward(bad("from bebeli.orders import tasks\n", "bebeli/orders/models/bad.py"))
    assert not upward(bad("from bebeli.orders.models import Order\n", "bebeli/orders/actions/good.py"))
    assert not upward(bad("from bebeli.catalog import stock\n", "bebeli/orders/actions/good.py"))
    assert forbidden(bad("from tests import world\n"))
    assert forbidden(bad("import django\n", "simulator/bad.py"))
    assert reaches_a_provider(bad("from bebeli.orders.gateway import midtrans\n", "bebeli/orders/views/bad.py"))
    assert not reaches_a_provider(bad("from bebeli.orders.gateway import midtrans\n", "bebeli/orders/flows/good.py"))
