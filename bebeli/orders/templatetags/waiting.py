"""How much waits, beside the tabs of finance's pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import RequestContext

from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kinds import KINDS

register = template.Library()
ALL = "all"


@register.simple_tag(takes_context=True)
def waiting_counts(context: RequestContext) -> dict[str, int]:
    """Return how many cases wait by tab, by kind and in all; asked once while a page is made."""
    request: Any = context["request"]
    if not hasattr(request, "waiting_counts"):
        by_kind = listing.counts()
        found: dict[str, int] = {ALL: sum(by_kind.values()), **by_kind}
        for kind in KINDS:
            tab = f"tab_{kind.tab}"
            found[tab] = found.get(tab, 0) + by_kind[kind.code]
        request.waiting_counts = found
    counted: dict[str, int] = request.waiting_counts
    return counted


@register.filter
def at_most(number: int) -> str:
    """Write `12`, or `99+` for more than can be counted at a glance."""
    return str(number) if number < listing.COUNTED else f"{listing.COUNTED - 1}+"
