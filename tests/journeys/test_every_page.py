"""Every page as every role: axe finds nothing, the policy is never broken, nothing runs over the edge of a small screen."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import pytest

from tests.journeys import tour
from tests.journeys.test_three_makers import log_in
from tests.running import Running

pytestmark = pytest.mark.e2e

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 768)  # the narrowest that must reflow (a wide screen at 400 %), and a tablet
LISTEN = """
window.broken = [];
document.addEventListener("securitypolicyviolation", (event) => broken.push(event.violatedDirective + " " + event.blockedURI));
"""
GROWN = "document.querySelectorAll('.figure').forEach((number) => { number.textContent = 'Rp999.999.999.999'; })"
OVER_THE_EDGE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(params=sorted(tour.STARTS))
def visitor(request: pytest.FixtureRequest, browser: Any, shop: Running) -> Generator[tuple[str, Any], None, None]:
    """Somebody's browser, its scripts told to note every breach of the policy."""
    who = request.param
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, storage_state=_state(browser, shop, who), reduced_motion="reduce")
    context.add_init_script(LISTEN)
    yield who, context.new_page()
    context.close()


@pytest.fixture(scope="session")
def axe() -> Any:
    """The accessibility engine, which comes with the browser tests' own libraries."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


def _state(browser: Any, shop: Running, who: str) -> Any:
    if not who:
        return None
    page = log_in(browser, shop, who)
    kept = page.context.storage_state()
    page.context.close()
    return kept


def test_every_page(visitor: tuple[str, Any], shop: Running, axe: Any) -> None:
    who, page = visitor
    found, many = [], 0
    for address in tour.pages(page, shop.web, who):
        many += 1
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)
            found += _violations(axe, page, f"{address} {theme}")
        page.emulate_media(color_scheme="light")
        found += [f"{address} breaks the policy: {breach}" for breach in page.evaluate("broken")]
        page.evaluate(GROWN)  # a good year, or many more makers
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            if over := page.evaluate(OVER_THE_EDGE):
                found.append(f"{address} runs {over} px over at {width}")
        page.set_viewport_size({"width": 360, "height": 740})
    assert found == []
    assert many >= len(tour.STARTS[who])


def _violations(axe: Any, page: Any, where: str) -> list[str]:
    answer = axe.run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [
        f"{where}: {rule['id']} at {rule['nodes'][0]['html'][:160]} ({len(rule['nodes'])} places)"
        for rule in answer["violations"]
    ]
