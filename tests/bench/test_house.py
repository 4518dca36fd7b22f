"""The bench's shop starts as production does: with every variable that production needs."""

from __future__ import annotations

from pathlib import Path

from bench.house import production
from demo.layout import Layout, Ports
from demo.services import Addresses, Keys
from tests.rules.test_settings import PRODUCTION


def test_the_measured_shop_is_told_all_that_production_needs(tmp_path: Path) -> None:
    layout = Layout(8123, Ports(1, 2, 3, 4, 5), Keys.kept_in(tmp_path / "keys.json"))
    told = layout.environment(Addresses(owner="postgresql:///a", app="postgresql:///b", redis="redis:///0"))
    environment = production(told, layout.web_url)
    assert [name for name in PRODUCTION if not environment.get(name)] == []
    assert (environment["DEBUG"], environment["BASE_URL"]) == ("false", "http://127.0.0.1:8123")
