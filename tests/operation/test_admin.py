"""The operators' site: who enters, what cannot be written, and lists that ask the same however long they are."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from bebeli.accounts.models import User
from bebeli.kit import clock
from bebeli.kit.admin_lists import EstimatePaginator, ReadOnly
from bebeli.orders.models import Entry, Order, Purchase, Rate, Suspicion
from tests import world

pytestmark = pytest.mark.django_db

SEALED = {
    "kit.filesrun", "kit.heartbeat", "notices.notice",
    "notices.digest", "notices.mailchoice", "orders.purchase", "orders.order", "orders.payment", "orders.paymentattempt",
    "orders.callback", "orders.refund", "orders.entry", "orders.account", "catalog.stockmovement", "orders.receivingaccount",
    "orders.transferproof", "orders.rate", "orders.taxletter", "orders.entryseal",
    "orders.booksrun", "orders.moneyreport", "orders.reportline", "orders.difference",
    "orders.remittance",
    "orders.bankaccount", "orders.payout", "orders.suspicion", "orders.complaint", "orders.complaintmessage",
    "orders.doublerefund",
    "orders.outsiderefund", "vouchers.voucher", "vouchers.voucheruse",
}  # fmt: skip


FEW_ROWS = {  # appointed or written by hand, or (the last two) the libraries' own lists, as long as the list of people
    "accounts.Agency", "accounts.Appointment", "accounts.CivilServant", "catalog.Synonym", "auth.Group",
    "account.EmailAddress", "mfa.Authenticator",
}  # fmt: skip


@pytest.fixture
def boss() -> User:
    return world.user("atasan@example.com", is_staff=True, is_superuser=True)


@pytest.fixture
def desk(client: Client, boss: User, settings: Settings) -> Client:
    settings.DEBUG = True
    client.force_login(boss)
    return client


def test_what_verbs_own_is_sealed_for_superusers_too(boss: User) -> None:
    request = RequestFactory().get("/admin/")
    request.user = boss
    sealed = {model._meta.label_lower for model, site in admin.site._registry.items() if isinstance(site, ReadOnly)}  # noqa: SLF001
    assert sealed == SEALED
    for model, site in admin.site._registry.items():  # noqa: SLF001
        if model._meta.label_lower in SEALED:  # noqa: SLF001
            assert site.has_view_permission(request)
            assert not site.has_add_permission(request)
            assert not site.has_change_permission(request)
            assert not site.has_delete_permission(request)


def test_a_posted_change_or_deletion_moves_nothing(desk: Client) -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    order = world.orders_of(purchase)[0]
    for path in ("change", "delete"):
        assert desk.post(f"/admin/orders/order/{order.pk}/{path}/", {"post": "yes", "status": "paid"}).status_code == 403
    listed = {"action": "delete_selected", "_selected_action": [order.pk], "post": "yes"}
    desk.post("/admin/orders/order/", listed)
    assert Order.objects.get(pk=order.pk).status == order.status


@pytest.mark.parametrize("path", ["orders/order", "orders/purchase", "orders/payment", "orders/paymentattempt", "notices/notice"])
def test_a_list_asks_the_same_for_one_row_and_for_many(desk: Client, path: str) -> None:
    buyer, goods = world.user(), world.variant(stock=60)
    world.placed(buyer, (goods, 1))
    desk.get(f"/admin/{path}/")
    with CaptureQueriesContext(connection) as one:
        assert desk.get(f"/admin/{path}/").status_code == 200
    for _row in range(4):
        world.placed(world.user(), (world.variant(), 1), (world.variant(), 1))
    with CaptureQueriesContext(connection) as many:
        assert desk.get(f"/admin/{path}/").status_code == 200
    assert len(one) == len(many)
    table = path.replace("/", "_")
    counts = [query["sql"] for query in many if "COUNT(*)" in query["sql"] and f'"{table}"' in query["sql"]]
    assert all("LIMIT 10000" in sql for sql in counts)


def test_no_list_counts_everything() -> None:
    bounded = (False, EstimatePaginator, admin.ShowFacets.NEVER)
    sites = {model._meta.label: site for model, site in admin.site._registry.items()}  # noqa: SLF001
    said = {name: (site.show_full_result_count, site.paginator, site.show_facets) for name, site in sites.items()}
    assert {name for name, found in said.items() if found != bounded} == FEW_ROWS


def test_facets_that_are_asked_for_are_not_counted(desk: Client) -> None:
    world.placed(world.user(), (world.variant(), 1))
    with CaptureQueriesContext(connection) as caught:
        assert desk.get("/admin/orders/order/?_facets=True").status_code == 200
    counts = [query["sql"] for query in caught if "COUNT(" in query["sql"] and '"orders_order"' in query["sql"]]
    assert all("LIMIT 10000" in sql for sql in counts)


def test_every_list_and_every_row_opens(desk: Client) -> None:
    purchase = world.placed(world.user(), (world.variant(), 1))
    Rate.objects.create(kind="vat", value=0, valid_from=clock.today())
    for model in admin.site._registry:  # noqa: SLF001
        name = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"  # noqa: SLF001
        assert desk.get(name).status_code == 200, name
        assert desk.get(f"{name}?q=tidak-ada").status_code == 200, name
        row = model._default_manager.first()  # noqa: SLF001
        if row is not None:
            assert desk.get(f"{name}{row.pk}/change/").status_code == 200, name
    assert Purchase.objects.filter(pk=purchase.pk).exists()


def test_search_finds_by_whole_code_in_any_case_and_by_account(desk: Client) -> None:
    buyer = world.user()
    purchase, other = world.placed(buyer, (world.variant(), 1)), world.placed(world.user(), (world.variant(), 1))
    for asked in (purchase.code, purchase.code.lower(), buyer.email.upper()):
        page = desk.get("/admin/orders/purchase/", {"q": asked}).content.decode()
        assert purchase.code in page
        assert other.code not in page


def test_a_proof_and_a_suspect_payment_are_found_by_their_attempt(desk: Client) -> None:
    first, second = (world.transferred(world.user(), (world.variant(), 1), colour=colour).attempt for colour in ("red", "blue"))
    page = desk.get("/admin/orders/transferproof/", {"q": first.code}).content.decode()
    assert (first.code in page, second.code in page) == (True, False)
    doubted = world.attempt_of(world.charged_nowhere())
    world.settle_now(doubted, amount=7_000)
    row = f"/admin/orders/suspicion/{Suspicion.objects.get(attempt=doubted).pk}/"
    for word, is_found in ((doubted.code, True), (first.code, False)):
        page = desk.get("/admin/orders/suspicion/", {"q": word}).content.decode()
        assert (row in page) == is_found


def test_a_rate_is_only_read_here(desk: Client) -> None:
    for day in (clock.today(), clock.today().replace(year=clock.today().year + 1, day=1)):
        rate = Rate.objects.create(kind="vat", value=11, valid_from=day)
        said: dict[str, Any] = {"kind": "vat", "value": 13, "valid_from": day.isoformat()}
        assert desk.post(f"/admin/orders/rate/{rate.pk}/change/", said).status_code == 403
        assert desk.post(f"/admin/orders/rate/{rate.pk}/delete/", {"post": "yes"}).status_code == 403
    assert set(Rate.objects.filter(kind="vat").values_list("value", flat=True)) == {11}


def test_staff_enters_with_a_second_factor_only_once_debug_is_off(client: Client, boss: User, settings: Settings) -> None:
    settings.DEBUG = False
    client.force_login(boss)
    assert client.get("/admin/", follow=False).status_code == 302
    assert client.get("/admin/login/").headers["Location"] == "/akun/kode/pasang/"
    Authenticator.objects.create(user=boss, type="totp", data={"secret": "x"})
    assert client.get("/admin/").status_code == 200


def test_others_are_led_to_the_login_or_refused(client: Client) -> None:
    assert client.get("/admin/login/?next=/admin/").headers["Location"] == "/masuk/?next=/admin/"
    client.force_login(world.user())
    assert client.get("/admin/login/").status_code == 403


def test_staff_without_superuser_cannot_make_staff(boss: User) -> None:
    site = admin.site._registry[User]  # noqa: SLF001
    request = RequestFactory().get("/admin/")
    request.user = boss
    assert "is_staff" not in site.get_readonly_fields(request)
    request.user = world.user(is_staff=True)
    assert {"is_staff", "is_active"} <= set(site.get_readonly_fields(request))


def test_the_count_of_a_whole_table_is_an_estimate() -> None:
    assert EstimatePaginator(Entry.objects.order_by("pk"), 10).count == 0
    assert EstimatePaginator(Entry.objects.filter(kind="x").order_by("pk"), 10).count == 0
    assert EstimatePaginator([1, 2], 10).count == 2
