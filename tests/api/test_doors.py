"""What every address of the API does alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import get_resolver

from bebeli import api_urls
from tests import world
from tests.api.conftest import Api, described, problem


def test_unknown_addresses_are_problems(guest: Api) -> None:
    problem(guest.get("nowhere/"), 404, "not_found")
    problem(guest.post("nowhere/at/all"), 404, "not_found")
    problem(guest.get("products"), 404, "not_found")


def test_unreadable_bodies_are_400(api: Any) -> None:
    caller = api(world.user())
    for body in (b"{", b"\xff\xfe", b'{"sku": NaN}', b"[" * 100_000, b'{"quantity": ' + b"9" * 5000 + b"}"):
        problem(caller.post("cart/lines/", body), 400, "parse_error")


def test_other_content_types_are_415(api: Any) -> None:
    caller = api(world.user())
    said = caller.post("cart/lines/", b"sku=1", **{"Content-Type": "application/x-www-form-urlencoded"})
    problem(said, 415, "unsupported_media_type")


def test_huge_bodies_are_413(api: Any) -> None:
    problem(api(world.user()).post("cart/lines/", b'"' + b"x" * 1_000_001 + b'"'), 413, "too_large")


@pytest.mark.parametrize(
    "body",
    [
        {"sku": "a\x00b", "quantity": 1},
        {"sku": "\ud800", "quantity": 1},
        {"sku": "A", "quantity": 10**30},
        {"sku": "A", "quantity": -1},
        {"sku": "A", "quantity": 1.5},
        {"sku": "A", "quantity": True},
        {"sku": [], "quantity": {}},
        {"sku": "A" * 41, "quantity": 1},
        [],
        {},
    ],
)
def test_wrong_values_are_422(api: Any, body: Any) -> None:
    assert problem(api(world.user()).post("cart/lines/", body), 422, "invalid")["errors"]


@pytest.mark.parametrize(
    "query",
    ["min_price=x", "max_price=9e99", "page_size=0", "page_size=101", "ordering=cheapest", "search=%00", "seller=%2F"],
)
def test_wrong_queries_are_422(guest: Api, query: str) -> None:
    problem(guest.get(f"products/?{query}"), 422, "invalid")


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%00",
        "WyJuIiwiYSIsMV0",
        "WyJuIiwxLCJcdTAwMDAiXQ",
        "W1tdLDEsMl0",
        "WyJuIiw5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OSwxXQ",
    ],
)
@pytest.mark.parametrize("ordering", ["popular", "newest", "price"])
def test_forged_cursors_give_a_page(guest: Api, cursor: str, ordering: str) -> None:
    world.variant()
    assert guest.get(f"products/?ordering={ordering}&cursor={cursor}").status_code in {200, 422}


def test_methods_that_are_not_there_are_405(guest: Api) -> None:
    said = guest.client.delete("/api/v1/products/")
    problem(said, 405, "method_not_allowed")
    assert "GET" in said.headers["Allow"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer x y", "Bearer \xff"])
def test_bad_tokens_are_401(guest: Api, header: str) -> None:
    said = guest.get("cart/", Authorization=header)
    problem(said, 401, "not_authenticated")
    assert said.headers["WWW-Authenticate"] == "Bearer"


def test_every_address_says_who_may_enter() -> None:
    for pattern in api_urls.urlpatterns:
        assert getattr(pattern.callback, "cls").access in {"public", "signed_in", "seller", "books", "finance"}, pattern  # noqa: B009  DRF's own


def test_guests_are_told_to_log_in_everywhere_else(guest: Api) -> None:
    behind = {"cart", "checkout", "purchases", "orders", "seller", "finance"}
    paths = [p for p in described()["paths"] if p.split("/")[3] in behind]
    assert len(paths) > 20
    for path in paths:
        for method in described()["paths"][path]:
            address = (
                path.replace("{line_id}", "1")
                .replace("{case_id}", "1")
                .replace("{code}", "x")
                .replace("{slug}", "x")
                .replace("{sku}", "x")
            )
            problem(guest.call(method.upper(), address, {}), 401, "not_authenticated")


def test_people_without_a_stall_find_no_sellers_desk(api: Any) -> None:
    caller = api(world.user())
    problem(caller.get("seller/orders/"), 404, "not_found")
    problem(caller.post("seller/products/", {}), 404, "not_found")


def test_people_without_an_office_find_no_finance(api: Any) -> None:
    caller = api(world.user())
    problem(caller.get("finance/waiting/"), 404, "not_found")
    problem(caller.post("finance/bank-file/"), 404, "not_found")


def test_description_and_its_page_are_public(guest: Api) -> None:
    schema = guest.get("schema/")
    assert schema.status_code == 200
    assert json.loads(schema.content)["openapi"].startswith("3.1")
    page = guest.client.get("/api/v1/docs/")
    assert page.status_code == 200
    assert b"<script>" not in page.content
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert guest.client.get("/api/v1/docs/?script=").headers["Content-Type"].startswith("application/javascript")


def test_the_description_is_whole() -> None:
    described_paths = {path.removeprefix("/api/v1/") for path in described()["paths"]}
    assert len(described_paths) == len(api_urls.urlpatterns) - 3
    for operations in described()["paths"].values():
        for operation in operations.values():
            assert operation["operationId"]
            assert operation["tags"]
            assert "429" in operation["responses"]
    assert get_resolver()
