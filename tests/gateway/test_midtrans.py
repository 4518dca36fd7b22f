"""The adapter against the provider's own bodies."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from bebeli.orders.gateway import midtrans
from bebeli.orders.gateway.midtrans import Midtrans
from bebeli.orders.gateway.signature import is_signed, sign
from bebeli.orders.gateway.types import ChargeLine, ChargeRequest, Duplicate, GatewayDown, GatewayRefused, NotFound

BCA = {"status_code": "201", "status_message": "Success, Bank Transfer transaction is created", "transaction_id": "be03df7d-2f97-4c8c-a53c-8959f1b67295", "order_id": "1571823229", "merchant_id": "G812785002", "gross_amount": "44000.00", "currency": "IDR", "payment_type": "bank_transfer", "transaction_time": "2019-10-23 16:33:49", "transaction_status": "pending", "va_numbers": [{"bank": "bca", "va_number": "812785002530231"}], "fraud_status": "accept"}  # fmt: skip
PERMATA = {"status_code": "201", "transaction_id": "a3b75ca9", "order_id": "C17550", "merchant_id": "G772349112", "gross_amount": "145000.00", "currency": "IDR", "payment_type": "bank_transfer", "transaction_status": "pending", "fraud_status": "accept", "permata_va_number": "8778000002332015", "expiry_time": "2024-07-05 10:53:53"}  # fmt: skip
MANDIRI = {"status_code": "201", "transaction_id": "abb2d93f", "order_id": "1571823332", "merchant_id": "G812785002", "gross_amount": "44000.00", "currency": "IDR", "payment_type": "echannel", "transaction_status": "pending", "bill_key": "778347787706", "biller_code": "70012"}  # fmt: skip
QRIS = {"status_code": "201", "transaction_id": "0d8178e1", "order_id": "order03", "merchant_id": "M099098", "gross_amount": "275000.00", "currency": "IDR", "payment_type": "qris", "transaction_status": "pending", "fraud_status": "accept", "acquirer": "gopay", "qr_string": "000201", "actions": [{"name": "generate-qr-code", "method": "GET", "url": "https://api.midtrans.com/v2/qris/0d8178e1/qr-code"}]}  # fmt: skip
GOPAY = {"status_code": "201", "status_message": "GO-PAY transaction is created", "transaction_id": "231c79c5-e39e-4993-86da-cadcaee56c1d", "order_id": "order-101h-1570513296", "gross_amount": "44000.00", "currency": "IDR", "payment_type": "gopay", "transaction_time": "2019-10-08 12:41:36", "transaction_status": "pending", "fraud_status": "accept", "actions": [{"name": "generate-qr-code", "method": "GET", "url": "https://api.sandbox.veritrans.co.id/v2/gopay/231c79c5-e39e-4993-86da-cadcaee56c1d/qr-code"}, {"name": "deeplink-redirect", "method": "GET", "url": "https://simulator.sandbox.midtrans.com/gopay/ui/checkout?referenceid=Y0xwjoQ9uy"}, {"name": "get-status", "method": "GET", "url": "https://api.sandbox.veritrans.co.id/v2/231c79c5-e39e-4993-86da-cadcaee56c1d/status"}, {"name": "cancel", "method": "POST", "url": "https://api.sandbox.veritrans.co.id/v2/231c79c5-e39e-4993-86da-cadcaee56c1d/cancel"}]}  # fmt: skip
SHOPEEPAY = {"status_code": "201", "status_message": "ShopeePay transaction is created", "transaction_id": "bb379c3a", "order_id": "test-order-shopeepay-001", "merchant_id": "M004123", "gross_amount": "44000.00", "currency": "IDR", "payment_type": "shopeepay", "transaction_time": "2020-09-29 11:16:23", "transaction_status": "pending", "fraud_status": "accept", "actions": [{"name": "deeplink-redirect", "method": "GET", "url": "https://wsa.wallet.airpay.co.id/universal-link/wallet/pay?deep_and_deferred=1&token=abc"}]}  # fmt: skip
BNI_SETTLED = {"va_numbers": [{"va_number": "3333000000111111", "bank": "bni"}], "transaction_time": "2021-06-23 11:41:33", "transaction_status": "settlement", "transaction_id": "9aed5972", "status_code": "200", "settlement_time": "2021-06-23 11:42:03", "payment_type": "bank_transfer", "payment_amounts": [{"paid_at": "2021-06-23 11:42:02", "amount": "150000.00"}], "order_id": "bni-va-01", "merchant_id": "G141532850", "gross_amount": "150000.00", "fraud_status": "accept", "currency": "IDR"}  # fmt: skip
EXPIRED = {"status_code": "407", "status_message": "Success, transaction has expired", "transaction_id": "447e846a", "order_id": "vtmbill05", "payment_type": "echannel", "transaction_status": "expire", "gross_amount": "10000.00"}  # fmt: skip

Answer = Callable[[httpx.Request], httpx.Response]
REQUEST = ChargeRequest("BB-1-p1", 44_000, "bca_va", (ChargeLine("a", "Barang", 44_000, 1),), "Sari", "s@example.com", "+62", 60)


def adapter(answer: Answer) -> Midtrans:
    made = Midtrans("http://provider", "SB-Mid-server-TESTKEY", "G812785002")
    made.close()
    made._client = httpx.Client(  # noqa: SLF001  the wire is replaced, nothing else
        base_url="http://provider",
        auth=httpx.BasicAuth("SB-Mid-server-TESTKEY", ""),
        transport=httpx.MockTransport(answer),
    )
    return made


def says(body: dict[str, Any], status: int = 200) -> Answer:
    return lambda _request: httpx.Response(status, json=body)


def test_signature_vectors() -> None:
    assert sign("1111", "200", "100000.00", "askvnoibnosifnboseofinbofinfgbiufglnbfg").startswith("edc076b21793ebe3e179")
    ours = sign("BKL-2026-000001-1", "200", "275000.00", "SB-Mid-server-TESTKEY")
    assert ours.startswith("5e8c13c0b97adc36e46d4a5907517aca")
    assert ours.endswith("612f29bf8")
    body = {"order_id": "BKL-2026-000001-1", "status_code": "200", "gross_amount": "275000.00", "signature_key": ours}
    assert is_signed(body, "SB-Mid-server-TESTKEY")
    assert not is_signed({**body, "gross_amount": "275000"}, "SB-Mid-server-TESTKEY")
    assert not is_signed({**body, "signature_key": None}, "SB-Mid-server-TESTKEY")
    assert not is_signed({}, "SB-Mid-server-TESTKEY")


def test_basic_auth_vector_and_body() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=BCA)

    charge = adapter(answer).charge(REQUEST)
    assert seen[0].headers["Authorization"] == "Basic U0ItTWlkLXNlcnZlci1URVNUS0VZOg=="
    body = json.loads(seen[0].content)
    assert body["payment_type"] == "bank_transfer"
    assert body["bank_transfer"] == {"bank": "bca"}
    assert body["transaction_details"] == {"order_id": "BB-1-p1", "gross_amount": 44_000}
    assert charge.va_number == "812785002530231"
    assert (charge.amount, charge.status, charge.merchant_id) == (44_000, "pending", "G812785002")


@pytest.mark.parametrize(
    ("body", "number", "biller", "qr"),
    [
        (PERMATA, "8778000002332015", None, None),
        (MANDIRI, None, "70012", None),
        (QRIS, None, None, "000201"),
    ],
)
def test_golden_charges(body: dict[str, Any], number: str | None, biller: str | None, qr: str | None) -> None:
    charge = adapter(says(body, 201)).charge(REQUEST)
    assert (charge.va_number, charge.biller_code, charge.qr_string) == (number, biller, qr)


def test_a_golden_gopay() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=GOPAY)

    back = "https://bebeli.example.com/pembelian/BB-1/"
    charge = adapter(answer).charge(ChargeRequest(**{**REQUEST.__dict__, "method": "gopay", "return_url": back}))
    body = json.loads(seen[0].content)
    assert (body["payment_type"], body["gopay"]) == ("gopay", {"enable_callback": True, "callback_url": back})
    assert charge.deeplink_url == "https://simulator.sandbox.midtrans.com/gopay/ui/checkout?referenceid=Y0xwjoQ9uy"
    assert charge.qr_image_url == GOPAY["actions"][0]["url"]  # type: ignore[index]
    assert charge.is_payable


def test_a_golden_shopeepay() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(201, json=SHOPEEPAY)

    back = "https://bebeli.example.com/pembelian/BB-1/"
    charge = adapter(answer).charge(ChargeRequest(**{**REQUEST.__dict__, "method": "shopeepay", "return_url": back}))
    body = json.loads(seen[0].content)
    assert (body["payment_type"], body["shopeepay"]) == ("shopeepay", {"callback_url": back})
    assert charge.deeplink_url == SHOPEEPAY["actions"][0]["url"]  # type: ignore[index]
    assert (charge.qr_image_url, charge.qr_string) == (None, None)


def test_a_status_does_not_say_how_to_pay() -> None:
    body = {name: value for name, value in SHOPEEPAY.items() if name != "actions"}
    assert not adapter(says(body)).charge_of("x").is_payable


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("gojek://gopay/merchanttransfer?tref=1", True),
        ("shopeeid://main?apprl=x", True),
        ("https://simulator.sandbox.midtrans.com/gopay/ui/checkout?referenceid=x", True),
        ("https://wsa.wallet.airpay.co.id/universal-link/wallet/pay?token=x", True),
        ("https://MIDTRANS.com:443/x", True),
        ("http://provider/gopay/ui/checkout?referenceid=x", True),  # the configured origin itself
        ("http://provider:81/x", False),
        ("https://provider/x", False),
        ("http://midtrans.com/x", False),
        ("https://midtrans.com.example.com/x", False),
        ("https://evilmidtrans.com/x", False),
        ("https://midtrans.com@example.com/x", False),
        ("https://user@midtrans.com/x", False),
        ("https://midtrans.com:8443/x", False),
        ("https://midtrans.com:nine/x", False),
        ("https://[midtrans.com/x", False),
        ("https://example.com\\@midtrans.com/x", False),
        ("javascript:alert(1)//midtrans.com", False),
        ("gojek:alert", False),
        ("data:text/html,x", False),
        ("//midtrans.com/x", False),
        ("/gopay/ui/checkout", False),
        ("https://midtrans.com/\nx", False),
        ("https://midtrans.com/" + "x" * 500, False),
        ("", False),
        (None, False),
        (7, False),
    ],
)
def test_a_deeplink_leads_only_to_a_wallet_or_the_provider(url: object, allowed: bool) -> None:  # noqa: FBT001
    body = {**SHOPEEPAY, "actions": [{"name": "deeplink-redirect", "url": url}]}
    assert adapter(says(body, 201)).charge(REQUEST).deeplink_url == (url if allowed else None)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (httpx.Response(404), NotFound),
        (httpx.Response(200, text="<html>"), NotFound),
        (httpx.Response(503), GatewayDown),
    ],
)
def test_a_picture_that_is_none(reply: httpx.Response, error: type[Exception]) -> None:
    with pytest.raises(error):
        adapter(lambda _request: reply).qr_png("gopay", "231c79c5")


def test_the_picture_comes_from_the_configured_host_only() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(str(request.url))
        return httpx.Response(200, content=b"\x89PNG\r\n")

    assert adapter(answer).qr_png("gopay", "231c79c5") == b"\x89PNG\r\n"
    assert seen == ["http://provider/v2/gopay/231c79c5/qr-code"]
    with pytest.raises(NotFound):
        adapter(answer).qr_png("shopeepay", "231c79c5")


def test_a_settlement() -> None:
    truth = adapter(says(BNI_SETTLED)).status("bni-va-01")
    assert (truth.rank, truth.is_success, truth.amount) == (50, True, 150_000)
    assert truth.paid_at is not None
    assert truth.paid_at.isoformat() == "2021-06-23T11:42:03+07:00"


@pytest.mark.parametrize(
    ("change", "success", "rank"),
    [
        ({"fraud_status": "challenge"}, False, 30),
        ({"fraud_status": None}, True, 50),
        ({"transaction_status": "CAPTURE"}, True, 40),
        ({"transaction_status": "something-new"}, False, 0),
        ({"status_code": "201", "transaction_status": "pending"}, False, 10),
        ({"transaction_status": "partial_refund"}, False, 60),
    ],
)
def test_what_counts_as_success(change: dict[str, Any], success: bool, rank: int) -> None:  # noqa: FBT001
    truth = adapter(says({**BNI_SETTLED, **change})).status("x")
    assert (truth.is_success, truth.rank) == (success, rank)


def test_expired_is_told_by_407() -> None:
    assert adapter(says(EXPIRED)).expire("vtmbill05") == "expire"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (says({"status_code": "404", "status_message": "no"}), NotFound),
        (says({"status_code": "406", "status_message": "again"}), Duplicate),
        (says({"status_code": "412", "status_message": "no"}), GatewayRefused),
        (says({"status_code": "401", "status_message": "key"}, 401), GatewayRefused),
        (says({"status_code": "500"}), GatewayDown),
        (says({}, 502), GatewayDown),
        (says({"status_code": "429"}, 429), GatewayDown),
        (lambda _request: httpx.Response(200, text="<html>"), GatewayDown),
        (lambda _request: httpx.Response(200, json=[1]), GatewayDown),
        (says({**BNI_SETTLED, "gross_amount": "150000.50"}), GatewayDown),
        (says({**BNI_SETTLED, "gross_amount": None}), GatewayDown),
    ],
)
def test_what_goes_wrong(answer: Answer, error: type[Exception]) -> None:
    with pytest.raises(error):
        adapter(answer).status("x")


def test_a_dead_line_is_down() -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        message = "cut"
        raise httpx.ReadError(message)

    with pytest.raises(GatewayDown):
        adapter(answer).status("x")


@pytest.mark.parametrize("method", ["bca_va", "bni_va", "bri_va", "permata_va", "mandiri_bill", "qris", "gopay", "shopeepay"])
def test_every_method_has_a_body(method: str) -> None:
    body = midtrans.charge_body(ChargeRequest(**{**REQUEST.__dict__, "method": method}))
    assert body["payment_type"] in {"bank_transfer", "echannel", "qris", "gopay", "shopeepay"}


def test_lines_must_add_up() -> None:
    with pytest.raises(ValueError, match="add up"):
        midtrans.charge_body(ChargeRequest(**{**REQUEST.__dict__, "amount": 1}))


def test_only_a_confirmed_refund_is_confirmed() -> None:
    rows = [{"refund_key": "a", "refund_amount": "5000.00"}, {"refund_key": "b", "refund_amount": "5000.00", "bank_confirmed_at": "2015-02-27 02:30:20"}]  # fmt: skip
    truth = adapter(says({**BNI_SETTLED, "refunds": rows})).status("x")
    assert [refund.confirmed_at is not None for refund in truth.refunds] == [False, True]
