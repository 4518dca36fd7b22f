"""Payouts through the provider: the real adapter, the real stand-in, and everything that can go wrong between them."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bebeli.kit import clock
from bebeli.orders import books, ledger, tasks
from bebeli.orders.actions.name_bank_account import name_bank_account
from bebeli.orders.actions.plan_payouts import plan_payouts
from bebeli.orders.flows import bank_account, payout
from bebeli.orders.gateway.iris import Iris
from bebeli.orders.gateway.signature import sign_body
from bebeli.orders.gateway.types import GatewayDown
from bebeli.orders.models import Callback, Payout
from tests import payees, world
from tests.conftest import Provider

pytestmark = pytest.mark.django_db
KEY = "IRIS-merchant-TESTKEY"
SOON, LATER = timedelta(minutes=11), timedelta(hours=25)


@pytest.fixture
def ready() -> Payout:
    return payees.approved(payees.payout())


def knobs(provider: Provider, made: Payout, **wanted: Any) -> None:
    provider.server.payouts.set_faults(made.key, wanted)


def at_provider(provider: Provider) -> list[dict[str, Any]]:
    return list(provider.server.payouts.rows.values())


def notify(body: dict[str, Any], key: str = KEY) -> int:
    raw = json.dumps(body).encode()
    headers = {"Iris-Signature": sign_body(raw, key)}
    return Client().post("/pay/iris/notify", raw, content_type="application/json", headers=headers).status_code


def message(made: Payout, status: str = "completed") -> dict[str, Any]:
    return {"reference_no": made.reference_no, "amount": f"{made.amount}.00", "status": status, "updated_at": "x"}


def test_sent_approved_and_settled_by_a_message(provider: Provider, ready: Payout) -> None:
    assert payout.send(ready.pk) == "sent"
    assert payout.send(ready.pk) == "sent"
    ready.refresh_from_db()
    row = at_provider(provider)[0]
    assert (row["status"], row["notes"], row["amount"], row["bank"]) == ("approved", ready.key, 200_000, "bca")
    assert (ready.reference_no, len(at_provider(provider))) == (row["reference_no"], 1)
    provider.server.payouts.move(ready.reference_no, "completed")
    assert [notify(message(ready)), notify(message(ready))] == [200, 200]
    kept = Callback.objects.get(provider="iris")
    assert (kept.seen, kept.is_signed, kept.order_id, kept.claimed_status) == (2, True, ready.reference_no, "completed")
    assert payout.understand(kept.pk) == "processed"
    assert payout.understand(kept.pk) == "taken"
    ready.refresh_from_db()
    assert ready.state == "completed"
    assert books.check() == []


def test_a_message_is_only_a_hint(provider: Provider, ready: Payout) -> None:
    """The provider's bank has not done it: a signed message that says so moves nothing, and after ten minutes is ignored."""
    payout.send(ready.pk)
    ready.refresh_from_db()
    notify(message(ready))
    kept = Callback.objects.get(provider="iris")
    assert payout.understand(kept.pk) == "failed"
    with clock.moved(timedelta(minutes=30)):
        assert payout.sweep_callbacks() == 1
    kept.refresh_from_db()
    ready.refresh_from_db()
    assert (kept.state, ready.state) == ("ignored", "sent")


def test_a_wrong_signature_has_no_effect(provider: Provider, ready: Payout) -> None:
    payout.send(ready.pk)
    ready.refresh_from_db()
    provider.server.payouts.move(ready.reference_no, "completed")
    assert notify(message(ready), "another key") == 403
    kept = Callback.objects.get(provider="iris")
    assert (kept.state, payout.understand(kept.pk), payout.sweep_callbacks()) == ("rejected", "taken", 0)
    assert Client().post("/pay/iris/notify", b"x" * 70_000, content_type="application/json").status_code == 413
    assert Client().post("/pay/iris/notify", b"no", content_type="application/json").status_code == 400
    assert Client().get("/pay/iris/notify").status_code == 405
    ready.refresh_from_db()
    assert ready.state == "sent"


def test_a_message_about_nothing_of_ours() -> None:
    assert notify({"reference_no": "fremd", "amount": "1.00", "status": "completed"}) == 200
    assert payout.understand(Callback.objects.get().pk) == "orphan"


def test_a_lost_reply_is_unknown_never_sent_again_and_found_by_its_note(provider: Provider, ready: Payout) -> None:
    knobs(provider, ready, lose_reply=True)
    assert payout.send(ready.pk) == "unknown"
    assert payout.sweep() == 0  # not before ten minutes
    assert len(at_provider(provider)) == 1
    with clock.moved(SOON):
        assert payout.sweep() == 1
    ready.refresh_from_db()
    row = at_provider(provider)[0]
    assert (ready.state, ready.reference_no, row["status"], len(at_provider(provider))) == (
        "sent",
        row["reference_no"],
        "approved",
        1,
    )
    provider.server.payouts.move(ready.reference_no, "completed")
    with clock.moved(timedelta(hours=1)):
        assert payout.sweep() == 1
    ready.refresh_from_db()
    assert ready.state == "completed"
    assert books.check() == []


@pytest.mark.parametrize("answer", ["500", "429"])
def test_no_answer_is_unknown_and_after_a_day_a_persons(provider: Provider, ready: Payout, answer: str) -> None:
    knobs(provider, ready, answer=answer)
    assert payout.send(ready.pk) == "unknown"
    for hours in (1, 5, 25):
        with clock.moved(timedelta(hours=hours)):
            assert payout.sweep() == 1
    ready.refresh_from_db()
    assert (ready.state, at_provider(provider)) == ("unknown", [])
    assert not ready.needs_a_person
    with clock.moved(LATER):
        assert ready.needs_a_person
    assert ledger.pending_of(ready.seller_id) == 200_000


def test_a_timeout_is_unknown(provider: Provider, ready: Payout, monkeypatch: pytest.MonkeyPatch) -> None:
    hasty = Iris(f"{provider.url}/iris", "IRIS-creator-TESTKEY", "IRIS-approver-TESTKEY", timeout=0.2)
    monkeypatch.setattr(payout, "payer", lambda: hasty)
    knobs(provider, ready, answer="timeout")
    assert payout.send(ready.pk) == "unknown"
    ready.refresh_from_db()
    assert ready.error == "ReadTimeout"
    hasty.close()


def test_a_worker_killed_after_its_first_word_does_not_say_it_twice(
    provider: Provider, ready: Payout, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Iris.create

    def killed(adapter: Iris, order: Any) -> str:
        real(adapter, order)
        raise KeyboardInterrupt

    monkeypatch.setattr(Iris, "create", killed)
    with pytest.raises(KeyboardInterrupt):
        payout.send(ready.pk)
    monkeypatch.setattr(Iris, "create", real)
    with clock.moved(SOON):
        payout.sweep()
    ready.refresh_from_db()
    assert (ready.state, len(at_provider(provider)), bool(ready.reference_no)) == ("sent", 1, True)


def test_a_clear_no_comes_back_at_once(provider: Provider, ready: Payout) -> None:
    knobs(provider, ready, answer="400")
    assert payout.send(ready.pk) == "failed"
    assert ledger.payable_of(ready.seller_id) == 200_000
    assert books.check() == []


def test_a_lost_second_key_is_said_again(provider: Provider, ready: Payout, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_adapter: Iris, _number: str) -> None:
        message = "HTTP 500"
        raise GatewayDown(message)

    with monkeypatch.context() as patch:
        patch.setattr(Iris, "approve", down)
        assert payout.send(ready.pk) == "sent"
    assert at_provider(provider)[0]["status"] == "queued"
    with clock.moved(SOON):
        payout.sweep()
    assert at_provider(provider)[0]["status"] == "approved"


def test_a_bounce_comes_back(provider: Provider, ready: Payout) -> None:
    payout.send(ready.pk)
    ready.refresh_from_db()
    for status in ("completed", "failed"):
        provider.server.payouts.move(ready.reference_no, status, "returned")
        notify(message(ready, status))
        assert payout.sweep_callbacks() == 1
    ready.refresh_from_db()
    assert (ready.state, ready.reason) == ("bounced", "012 returned")
    assert ledger.payable_of(ready.seller_id) == 200_000
    assert books.check() == []


def test_the_sweepers_carry_on_what_the_bell_missed(provider: Provider) -> None:
    stall = payees.earned(world.seller())
    plan_payouts(stall.pk, world.owner(stall), clock.today().weekday())
    account = name_bank_account(stall.pk, world.owner(stall), "014", "1234567890", "Pemilik Uji")
    tasks.sweep_payouts()
    account.refresh_from_db()
    assert account.is_verified
    type(account).objects.update(hold_until=clock.now())
    tasks.carry_out_plans()
    payees.approved(Payout.objects.get())
    tasks.sweep_payouts()
    assert [row["status"] for row in at_provider(provider)] == ["approved"]
    assert Payout.objects.get().state == "sent"


def test_whose_an_account_is(provider: Provider, settings: Any) -> None:
    stall = world.seller()

    def named(bank: str, number: str) -> str:
        return bank_account.check(name_bank_account(stall.pk, world.owner(stall), bank, number, "Pemilik Uji").pk)

    provider.server.payouts.name_holder("bca", "5555555", "ORANG LAIN")
    assert named("014", "1234567") == "verified"
    assert named("014", "5555555") == "unverified"
    assert named("014", "0000555") == "refused"
    assert named("111", "1234567") == "verified"  # the provider does not serve it: what was written is compared
    settings.IRIS_BASE_URL = "http://127.0.0.1:9/iris"
    assert named("014", "7654321") == "unverified"
    with clock.moved(SOON):
        assert bank_account.sweep() == 1
    settings.IRIS_BASE_URL = f"{provider.url}/iris"
    settings.PAYOUT_CHANNEL = "bank_file"
    with clock.moved(LATER):
        assert bank_account.sweep() == 1
    assert stall.bank_accounts.latest("pk").is_verified
