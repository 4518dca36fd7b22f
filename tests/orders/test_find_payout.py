"""A transfer by hand that was called failed and arrived all the same: found by one officer, booked by another, undone."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.notices.models import Notice
from bebeli.orders import books, payout_steps
from bebeli.orders.actions.fail_payout import fail_payout
from bebeli.orders.actions.find_payout import find_payout, lose_payout
from bebeli.orders.actions.owe_payout import owe_payout
from bebeli.orders.actions.settle_payout import settle_payout
from bebeli.orders.actions.take_payout import take_payout
from bebeli.orders.models import Entry, Payout
from bebeli.orders.waiting import listing
from bebeli.orders.waiting.kind import Reader
from tests import world
from tests.orders.test_owe_payout import owed, standing
from tests.orders.test_payout import by_hand, sent, truth
from tests.orders.test_payout_pages import desk_of

pytestmark = pytest.mark.django_db
WHY = "tidak ada di mutasi"


def failed(officer: int) -> Payout:
    """One that an officer transferred, as it seemed in vain."""
    payout = by_hand(officer)
    take_payout(payout.pk, officer)
    return fail_payout(payout.pk, officer, "rekening salah")


def found(officer: int) -> Payout:
    return find_payout(failed(officer).pk, officer, "FT-2026-5", world.PROOF)


def test_one_finds_it_and_another_books_it() -> None:
    first, second = world.finance(), world.finance()
    payout = failed(first.pk)
    with pytest.raises(InvalidInput):
        find_payout(payout.pk, first.pk, " 1 ", world.PROOF)
    for _each in range(2):
        done = find_payout(payout.pk, first.pk, "FT-2026-5", world.PROOF)
    assert (done.is_ours_to_owe, done.paid_after_by_id, standing(payout.seller)) == (True, first.pk, (200_000, 0, 0))
    told = set(Notice.objects.filter(kind="orders.payout_paid_after").values_list("user", flat=True))
    assert (second.pk in told, first.pk in told) == (True, False)
    with pytest.raises(Refused) as own:
        take_payout(payout.pk, first.pk)
    assert own.value.code == "own_payout"
    take_payout(payout.pk, second.pk)
    owe_payout(payout.pk, second.pk)
    assert standing(payout.seller) == (0, 0, 0)
    assert books.check() == []


def test_the_list_offers_it_to_others_only() -> None:
    first, second = world.finance().pk, world.finance().pk
    found(first)
    rows = {person: listing.page(Reader(person, may_act=True), "", "dobel").rows for person in (first, second)}
    assert [row.case.step.is_ours for row in rows[first]] == [False]
    assert [row.case.step.is_ours for row in rows[second]] == [True]
    assert listing.page(Reader(first, may_act=True), "", "dobel", only_free=True).rows == []
    assert len(listing.page(Reader(second, may_act=True), "", "dobel", only_free=True).rows) == 1


def test_a_wrong_word_is_taken_back_and_nothing_moved() -> None:
    officer, other = world.finance().pk, world.finance().pk
    payout = found(officer)
    with pytest.raises(InvalidInput):
        lose_payout(payout.pk, other, " ")
    assert lose_payout(payout.pk, other, WHY).paid_after_at is None
    with pytest.raises(Refused) as twice:
        lose_payout(payout.pk, other, WHY)
    assert twice.value.code == "not_found_by_hand"
    find_payout(payout.pk, other, "FT-2026-6", world.PROOF)
    assert lose_payout(payout.pk, other, WHY).may_be_found
    assert standing(payout.seller) == (200_000, 0, 0)
    assert not Entry.objects.filter(kind__startswith="payout_owed").exists()
    assert books.check() == []


def test_it_comes_back_after_it_was_booked() -> None:
    officer = world.finance().pk
    payout = owed(found(officer))
    assert standing(payout.seller) == (0, 0, 0)
    done = lose_payout(payout.pk, officer, "dikembalikan bank")
    assert (done.is_owed, done.may_be_found, standing(payout.seller)) == (False, True, (200_000, 0, 0))
    find_payout(payout.pk, officer, "FT-2026-9", world.PROOF)
    owed(payout)
    assert Entry.objects.filter(kind="payout_owed").count() == 2
    assert books.check() == []


def test_only_what_a_person_called_failed_is_found_by_a_person() -> None:
    officer = world.finance().pk
    wire, under_way = sent(), by_hand(officer)
    settle_payout(wire.pk, truth(wire, "failed"))
    for payout in (wire, under_way):
        with pytest.raises(Refused) as refusal:
            find_payout(payout.pk, officer, "FT-2026-5", world.PROOF)
        assert refusal.value.code == "payout_moved"
    settle_payout(wire.pk, truth(wire, "completed"))
    with pytest.raises(Refused) as theirs:  # the provider's word is the provider's to take back
        lose_payout(wire.pk, officer, WHY)
    assert theirs.value.code == "not_found_by_hand"
    payout = failed(officer)
    for maker in (payout.requested_by_id or 0, world.owner(payout.seller)):
        with pytest.raises(Refused) as own:
            find_payout(payout.pk, maker, "FT-2026-5", world.PROOF)
        assert own.value.code == "own_payout"


def test_the_row_holds_two_people() -> None:
    officer = world.finance().pk
    payout = found(officer)
    wrong: tuple[dict[str, Any], ...] = (
        {"owed_at": clock.now(), "owed_by": officer},
        {"reference": ""},
        {"paid_after_at": None},
    )
    for fields in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Payout.objects.filter(pk=payout.pk).update(**fields)


def test_at_the_desks() -> None:
    first, second = world.finance().pk, world.finance().pk
    payout = failed(first)
    case = f"/keuangan/payout/{payout.pk}"
    mine, theirs, stale = desk_of(first, "mfa"), desk_of(second, "mfa"), desk_of(first, "password")
    assert "Ternyata uangnya sudah masuk" in mine.get(f"{case}/").content.decode()
    assert "Ternyata uangnya sudah masuk" not in desk_of(world.auditor().pk).get(f"{case}/").content.decode()
    said = {"referensi": "FT-2026-5", "bukti": world.picture()}
    assert stale.post(f"{case}/ternyata/", said)["Location"].startswith("/akun/kode/lagi/")
    assert mine.post(f"{case}/ternyata/", {"referensi": "FT-2026-5"}).status_code == 422
    assert mine.post(f"{case}/ternyata/", {**said, "bukti": world.picture()}).status_code == 302
    first_proof = Payout.objects.get(pk=payout.pk).proof
    assert "Catat tidak masuk" in mine.get(f"{case}/").content.decode()
    mine.post(f"{case}/bukan/", {"alasan": WHY})
    mine.post(f"{case}/ternyata/", {"referensi": "FT-2026-7", "bukti": world.picture()})
    payout.refresh_from_db()
    assert (payout.reference, storages["private"].exists(first_proof), storages["private"].exists(payout.proof)) == (
        "FT-2026-7",
        False,
        True,
    )
    again = mine.post(f"{case}/ternyata/", {"referensi": "FT-2026-7", "bukti": world.picture()})
    assert (again.status_code, storages["private"].exists(payout.proof)) == (302, True)
    theirs.post(f"{case}/ambil/")
    assert "Bukukan Rp200.000 sudah masuk" in theirs.get(f"{case}/").content.decode()
    theirs.post(f"{case}/bukukan/")
    assert "Uangnya kembali dari bank" in theirs.get(f"{case}/").content.decode()
    assert standing(payout.seller) == (0, 0, 0)
    assert books.check() == []


def test_the_list_leaves_out_what_another_holds() -> None:
    first, second = world.finance().pk, world.finance().pk
    payout = by_hand(first)
    take_payout(payout.pk, first)
    for person, many in ((first, 1), (second, 0)):
        rows = listing.page(Reader(person, may_act=True), "", "pencairan", only_free=True).rows
        assert len(rows) == many
    with clock.moved(Payout.KEPT):
        assert len(listing.page(Reader(second, may_act=True), "", "pencairan", only_free=True).rows) == 1
    assert payout_steps.steps_of([Payout.objects.get(pk=payout.pk)], second) == ["taken"]
