"""The payout adapter against the provider's own bodies, and against the stand-in over HTTP."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import httpx
import pytest

from bebeli.orders.gateway.iris import Iris
from bebeli.orders.gateway.payouts import PayoutOrder
from bebeli.orders.gateway.signature import is_body_signed, sign_body
from bebeli.orders.gateway.types import GatewayDown, GatewayRefused, NotFound
from tests.conftest import Provider

Answer = Callable[[httpx.Request], httpx.Response]
ORDER = PayoutOrder("BKL-PO-7", 100_000, "bni", "1172993826", "Jon Snow")
QUEUED = {"payouts": [{"status": "queued", "reference_no": "1d4f8423393005"}]}
NOTIFIED = b'{"reference_no":"83hgf882","amount":"200000.00","status":"completed","updated_at":"2026-11-23T10:00:00Z"}'
DETAILS = {"amount": "200000.00", "beneficiary_name": "Jon Snow", "beneficiary_account": "1172993826", "bank": "bni", "reference_no": "83hgf882", "notes": "BKL-PO-7", "status": "processed"}  # fmt: skip


def adapter(answer: Answer) -> Iris:
    made = Iris("http://provider/iris", "creator", "approver")
    made.close()
    made._client = httpx.Client(base_url="http://provider/iris", transport=httpx.MockTransport(answer))  # noqa: SLF001  the wire is replaced
    return made


def says(body: Any, status: int = 200) -> Answer:
    return lambda _request: httpx.Response(status, json=body)


def test_the_signature_covers_the_whole_body() -> None:
    right = sign_body(NOTIFIED, "IRIS-merchant-TESTKEY")
    assert (right[:8], right[-6:]) == ("ac223c79", "93c1ea")
    assert is_body_signed(NOTIFIED, right, "IRIS-merchant-TESTKEY")
    assert not is_body_signed(NOTIFIED.replace(b"completed", b"failed"), right, "IRIS-merchant-TESTKEY")
    assert not is_body_signed(NOTIFIED, "", "IRIS-merchant-TESTKEY")
    assert not is_body_signed(NOTIFIED, "\udcff", "IRIS-merchant-TESTKEY")
    assert not is_body_signed(NOTIFIED, sign_body(NOTIFIED, ""), "")


def test_what_is_sent_and_by_which_key() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=QUEUED)

    made = adapter(answer)
    assert made.create(ORDER) == "1d4f8423393005"
    made.approve("1d4f8423393005")
    assert json.loads(seen[0].content) == {
        "payouts": [
            {
                "beneficiary_name": "Jon Snow",
                "beneficiary_account": "1172993826",
                "beneficiary_bank": "bni",
                "amount": "100000.00",
                "notes": "BKL-PO-7",
            }
        ]
    }
    assert seen[0].headers["X-Idempotency-Key"] == "BKL-PO-7"
    assert [str(request.url.path) for request in seen] == ["/iris/api/v1/payouts", "/iris/api/v1/payouts/approve"]
    assert seen[0].headers["Authorization"] != seen[1].headers["Authorization"]


def test_a_truth() -> None:
    truth = adapter(says({**DETAILS, "status": "Failed", "error_code": "012", "error_message": "closed"})).details("83hgf882")
    assert (truth.status, truth.is_failed, truth.is_completed, truth.why) == ("failed", True, False, "012 closed")
    assert (truth.amount, truth.notes, truth.account) == (200_000, "BKL-PO-7", "1172993826")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says({"error_message": "no", "errors": {"0": ["bad"]}}, 400), GatewayRefused),
        (says({"error_message": "key"}, 401), GatewayRefused),
        (says({}, 500), GatewayDown),
        (says({}, 429), GatewayDown),
        (says({"payouts": []}, 201), GatewayDown),
        (says([], 201), GatewayDown),
        (says({"payouts": [{"status": "queued"}]}, 201), GatewayDown),
        (lambda _request: httpx.Response(201, text="<html>"), GatewayDown),
    ],
)
def test_what_creating_may_come_to(answer: Answer, error: type[Exception]) -> None:
    """Only a clear no is a no: everything else leaves open whether the provider has it."""
    with pytest.raises(error):
        adapter(answer).create(ORDER)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says({"error_message": "no"}, 404), NotFound),
        (says({"error_message": "key"}, 401), GatewayDown),
        (says({**DETAILS, "amount": "1.50"}), GatewayDown),
        (says([DETAILS]), GatewayDown),
    ],
)
def test_what_asking_may_come_to(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        adapter(answer).details("83hgf882")


def test_a_dead_line_is_down() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        message = "cut"
        raise httpx.ReadError(message)

    with pytest.raises(GatewayDown):
        adapter(answer).create(ORDER)


def test_a_number_nobody_has() -> None:
    with pytest.raises(NotFound):
        adapter(says({"error_message": "no", "errors": {"account": ["Bank account not exists"]}}, 400)).holder("bni", "1")


def test_the_whole_way_through_the_stand_in(provider: Provider) -> None:
    iris = Iris(f"{provider.url}/iris", "IRIS-creator-TESTKEY", "IRIS-approver-TESTKEY")
    number = iris.create(ORDER)
    assert iris.create(ORDER) == number  # its idempotency key
    assert iris.details(number).is_queued
    iris.approve(number)
    with pytest.raises(GatewayRefused):
        iris.approve(number)
    provider.server.payouts.move(number, "completed")
    assert iris.details(number).is_completed
    assert iris.numbers_since(date(2026, 1, 1), date(2026, 1, 2)) == [number]
    assert iris.holder("bni", "1172993826") == "PEMILIK UJI"
    with pytest.raises(NotFound):
        iris.holder("bni", "0000123456")
    iris.close()
    swapped = Iris(f"{provider.url}/iris", "IRIS-approver-TESTKEY", "IRIS-creator-TESTKEY")
    with pytest.raises(GatewayRefused):
        swapped.create(ORDER)
    swapped.close()
