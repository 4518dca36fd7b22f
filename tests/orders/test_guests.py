"""A guest: the link in the mails, what it opens, and how a purchase comes home to an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from bebeli.accounts.models import User
from bebeli.kit import codes
from bebeli.kit.sealed import unseal
from bebeli.notices.flows import send
from bebeli.orders import books, way_in
from bebeli.orders.actions.accept import accept
from bebeli.orders.actions.adopt_purchases import adopt_purchases, keep_purchase
from bebeli.orders.actions.confirm_transfer import confirm_transfer
from bebeli.orders.actions.place import place
from bebeli.orders.actions.return_transfer import return_transfer
from bebeli.orders.actions.settle import settle
from bebeli.orders.actions.ship import ship
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import Order, Purchase, Refund
from tests import world
from tests.accounts.people import PASSWORD, mailed_code
from tests.conftest import Provider

pytestmark = pytest.mark.django_db

EMAIL = "tamu@example.com"


def bought(method: str = "bca_va", email: str = EMAIL) -> tuple[Purchase, str]:
    """A guest's purchase and the token of its link."""
    world.receiving()
    token = codes.random_token()
    cart, _cookie = world.visitor_cart(world.variant(stock=9))
    wish, quoted = world.wish_for(cart, User(email=email), method=method, guest_token=token)
    return place(wish, quoted), token


def letter_links(purchase: Purchase) -> list[str]:
    for ref in (purchase.code, *(order.code for order in world.orders_of(purchase))):
        send.send_due(ref)
    found = [re.search(rf"{re.escape(settings.BASE_URL)}(/\S+)", str(letter.body)) for letter in mail.outbox]
    return [link[1] for link in found if link is not None]


def test_only_a_digest_and_a_sealed_token_are_kept() -> None:
    purchase, token = bought()
    assert token not in purchase.guest_token
    assert (unseal(purchase.guest_token), purchase.guest_digest) == (token, codes.digest(token))


def test_every_mail_carries_a_link_that_opens(provider: Provider) -> None:
    purchase, token = bought()
    provider_paid = world.attempt_of(purchase)
    assert letter_links(purchase) == [f"/pembelian/{purchase.code}/{token}/"]
    assert mail.outbox[0].to == [EMAIL]
    settle(provider_paid.pk, world.truth(provider_paid), settings.MIDTRANS_MERCHANT_ID)
    order = world.orders_of(purchase)[0]
    maker = world.owner(order.seller)
    accept(order.pk, maker)
    mail.outbox.clear()
    links = letter_links(purchase)
    assert f"/pembelian/{purchase.code}/{token}/?pesanan={order.code}" in links
    for link in links:
        if link.startswith("/penjual/"):
            continue
        client = Client()
        answer = client.get(link)
        assert answer.status_code == 302
        assert token not in answer.headers["Location"]
        assert client.get(answer.headers["Location"]).status_code == 200


def test_the_link_leads_only_to_its_own_orders() -> None:
    purchase, token = bought()
    other, _token = bought()
    for wanted in (f"{other.code}-1", "https://example.com/", "//example.com", "\0", "x" * 400):
        answer = Client().get(f"/pembelian/{purchase.code}/{token}/", {"pesanan": wanted})
        assert answer.headers["Location"] == f"/pembelian/{purchase.code}/"


def test_a_token_that_cannot_be_unsealed_does_not_stop_the_mail() -> None:
    purchase, _token = bought()
    purchase.guest_token = "gAAAA-rubbish"
    assert way_in.to_purchase(purchase) == f"/pembelian/{purchase.code}/"


def test_a_guest_cancels_receives_and_names_an_account() -> None:
    received, token = bought()
    client = Client()
    client.get(f"/pembelian/{received.code}/{token}/")
    attempt = world.attempt_of(received)
    settle(attempt.pk, world.truth(attempt), settings.MIDTRANS_MERCHANT_ID)
    order = world.orders_of(received)[0]
    assert order.code in client.get(f"/pembelian/{received.code}/").content.decode()
    accept(order.pk, world.owner(order.seller))
    ship(order.pk, world.owner(order.seller), "sendiri", "")
    client.post(f"/pesanan/{order.code}/terima/")
    assert Order.objects.get(pk=order.pk).status == "completed"

    fallen, token = bought()
    client.get(f"/pembelian/{fallen.code}/{token}/")
    attempt = world.attempt_of(fallen)
    settle(attempt.pk, world.truth(attempt), settings.MIDTRANS_MERCHANT_ID)
    order = world.orders_of(fallen)[0]
    client.post(f"/pesanan/{order.code}/batal/", {"alasan": "Salah pilih"})
    assert Order.objects.get(pk=order.pk).status == "cancelled"
    account = {"bank": "014", "nomor": "1234567890", "nama": "Tamu"}
    client.post(f"/pesanan/{order.code}/rekening/", account)
    assert unseal(Refund.objects.get(order=order).account_number) == "1234567890"
    assert books.check() == []


def test_a_guest_says_where_money_that_paid_for_nothing_goes() -> None:
    purchase, token = bought("manual_transfer")
    client = Client()
    client.get(f"/pembelian/{purchase.code}/{token}/")
    proof, officer = send_proof(purchase.pk, world.picture(), ""), world.finance()
    confirm_transfer(proof.pk, officer.pk, 5_000)
    return_transfer(proof.pk, officer.pk)
    refund = Refund.objects.get()
    where = f"/pembelian/{purchase.code}/rekening/{refund.pk}/"
    assert where in client.get(f"/pembelian/{purchase.code}/").content.decode()
    wrong = client.post(where, {"bank": "014", "nomor": "12", "nama": "Tamu"})
    assert wrong.status_code == 422
    assert 'id="nomor_error"' in wrong.content.decode()
    assert client.post(where, {"bank": "014", "nomor": "1234567890", "nama": "Tamu"}).status_code == 302
    refund.refresh_from_db()
    assert unseal(refund.account_name) == "Tamu"
    assert Client().post(where, {"bank": "014", "nomor": "1234567890", "nama": "X"}).status_code == 404


def register_from(client: Client, purchase: Purchase) -> Any:
    """Fill the form that stands on the purchase's page."""
    shown = client.get(f"/pembelian/{purchase.code}/").content.decode()
    form = shown[shown.index('aria-labelledby="simpan"') :]
    hidden = dict(re.findall(r'type="hidden" name="(next|name|email)" value="([^"]*)"', form))
    assert hidden == {"next": f"/pembelian/{purchase.code}/", "name": purchase.recipient, "email": EMAIL}
    return client.post("/daftar/", {**hidden, "password1": PASSWORD, "terms": "on"})


def test_a_guest_makes_an_account_and_the_purchase_comes_along() -> None:
    purchase, token = bought()
    older, _token = bought()
    strangers, _token = bought(email="lain@example.com")
    client = Client()
    client.get(f"/pembelian/{purchase.code}/{token}/")
    assert register_from(client, purchase).headers["Location"] == "/daftar/kode/"
    assert not Purchase.objects.exclude(buyer=None).exists()  # the address is not proved yet
    answer = client.post("/daftar/kode/", {"code": mailed_code()})
    assert answer.headers["Location"] == f"/pembelian/{purchase.code}/"
    assert client.get(f"/pembelian/{purchase.code}/").status_code == 200
    mine = User.objects.get(email=EMAIL)
    assert set(Purchase.objects.filter(buyer=mine)) == {purchase, older}
    strangers.refresh_from_db()
    assert strangers.buyer_id is None
    assert f"{purchase.code}-1" in client.get("/pesanan/").content.decode()
    outside = Client().get(f"/pembelian/{purchase.code}/{token}/")
    assert outside.headers["Location"].startswith("/masuk/?next=")
    assert books.check() == []


def test_an_address_that_has_an_account_looks_the_same_and_the_link_attaches() -> None:
    known = world.user(EMAIL)
    purchase, token = bought()
    other, _token = bought()
    client = Client()
    client.get(f"/pembelian/{purchase.code}/{token}/")
    assert register_from(client, purchase).headers["Location"] == "/daftar/kode/"
    assert User.objects.filter(email=EMAIL).count() == 1
    fresh = Client()
    fresh.get(f"/pembelian/{purchase.code}/{token}/")
    fresh.post("/masuk/", {"login": EMAIL, "password": world.PASSWORD})
    purchase.refresh_from_db()
    other.refresh_from_db()
    assert purchase.buyer_id == known.pk
    assert other.buyer_id is None  # anybody may have typed this address: its link decides


def test_a_login_takes_nothing_of_another_address() -> None:
    purchase, token = bought()
    client = Client()
    client.get(f"/pembelian/{purchase.code}/{token}/")
    someone = world.user("lain@example.com")
    client.post("/masuk/", {"login": someone.email, "password": world.PASSWORD})
    purchase.refresh_from_db()
    assert purchase.buyer_id is None
    assert client.get(f"/pembelian/{purchase.code}/").status_code == 200
    client.post(f"/pembelian/{purchase.code}/simpan/")  # but they may take it, because they hold its link
    purchase.refresh_from_db()
    assert purchase.buyer_id == someone.pk
    assert keep_purchase(purchase.pk, world.user().pk).buyer_id == someone.pk


def test_without_the_link_nothing_is_kept() -> None:
    purchase, _token = bought()
    client = Client()
    client.force_login(world.user())
    assert client.post(f"/pembelian/{purchase.code}/simpan/").status_code == 404
    assert Client().post(f"/pembelian/{purchase.code}/simpan/").status_code == 302
    purchase.refresh_from_db()
    assert purchase.buyer_id is None


def test_adopting_twice_is_quiet() -> None:
    purchase, _token = bought()
    user = world.user(EMAIL)
    assert adopt_purchases(user.pk, [purchase.code]) == [purchase.code]
    assert adopt_purchases(user.pk, [purchase.code]) == []
    later = world.user("nanti@example.com")
    Purchase.objects.filter(pk=purchase.pk).update(buyer=None, email=later.email, placed_at=later.date_joined + timedelta(days=1))
    assert adopt_purchases(later.pk, []) == []
