"""Every address declares who may enter, and the list of those checked by origin stays short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from bebeli.kit import access
from bebeli.kit.access import public
from bebeli.kit.origin import BY_ORIGIN

WHO = {
    "public",
    "signed_in",
    "seller",
    "finance",
    "books",
    "vouchers",
    "reads_vouchers",
    "officer",
    "complaints",
    "auditor",
    "civil_servant",
    "company",
}
ADMIN = "admin/"  # Django's own site asks for staff at each of its addresses, behind our own entrance


def declared(view: Callable[..., Any]) -> str:
    """Return who may enter a view, '' where it does not say."""
    made_from = getattr(view, "cls", getattr(view, "view_class", None))
    return str(getattr(view, "access", None) or getattr(made_from, "access", None) or "")


def views(entries: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Walk the resolver; admin excepted."""
    for entry in entries:
        where = f"{before}{entry.pattern}"
        if where == ADMIN:
            continue
        if isinstance(entry, URLResolver):
            yield from views(entry.url_patterns, where)
        else:
            yield where, entry.callback


def undeclared(entries: list[URLPattern | URLResolver]) -> list[str]:
    """Name addresses that do not say who may enter."""
    return [where for where, view in views(entries) if declared(view) not in WHO]


def test_every_address_declares_who_may_enter() -> None:
    assert undeclared(get_resolver().url_patterns) == []


def test_every_role_that_a_view_asks_for_is_known() -> None:
    asked = {declared(view) for _where, view in views(get_resolver().url_patterns)} - {"public", "signed_in"}
    assert asked <= set(access._roles)  # noqa: SLF001  the table apps fill


def test_only_a_cart_and_a_language_are_chosen_by_origin() -> None:
    assert frozenset({"orders:cart_add", "accounts:language"}) == BY_ORIGIN


def test_the_rules_of_addresses_can_fail() -> None:
    def silent(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert undeclared([path("bad/", silent)]) == ["bad/"]

    def silent_too(_request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert undeclared([path("good/", public(silent_too))]) == []
