"""Every notice of a complaint reads well in both languages, leads to its reader's page, and falls silent once it is past."""

from __future__ import annotations

import pytest
from django.utils import translation

from bebeli.notices import kinds
from bebeli.notices.kinds import Message
from bebeli.orders import complaint_kinds
from bebeli.orders.actions.withdraw_complaint import withdraw_complaint
from bebeli.orders.models import Complaint
from tests import grievances

pytestmark = pytest.mark.django_db

TABLES = {
    "buyer": (complaint_kinds.OF_BUYER, "/pesanan/{code}/keluhan/"),
    "seller": (complaint_kinds.OF_SELLER, "/penjual/pesanan/{code}/keluhan/"),
    "officer": (complaint_kinds.OF_OFFICER, "/dinas/keluhan/{pk}/"),
}
ROWS = [(name, path) for rows, path in TABLES.values() for name, _words, _still in rows]


def told(name: str, complaint: Complaint) -> Message:
    payload = {"complaint": complaint.pk, "message": complaint.messages.latest("pk").pk}
    return kinds.find(name).words(payload)


@pytest.mark.parametrize(("name", "path"), ROWS)
def test_a_notice_reads_well_and_leads_there(name: str, path: str) -> None:
    complaint = grievances.offered(20_000)
    said = told(name, complaint)
    for text in (said.subject, said.body):
        assert text
        assert "%(" not in text
        assert "None" not in text
    assert said.path == path.format(code=complaint.order.code, pk=complaint.pk)
    assert ("Pesanan", complaint.order.code) in said.facts
    with translation.override("en"):
        assert told(name, complaint).subject != said.subject


@pytest.mark.parametrize("name", [name for name, _path in ROWS if name != "orders.complaint_withdrawn"])
def test_what_is_past_is_not_said(name: str) -> None:
    complaint = grievances.escalated()
    withdraw_complaint(complaint.pk, grievances.buyer(complaint))
    assert not kinds.find(name).still_true({"complaint": complaint.pk})


def test_the_words_of_the_other_side_are_shortened() -> None:
    complaint = grievances.refused()
    long = grievances.asked(text="panjang " * 120)
    assert "Kami kirim utuh." in told("orders.complaint_refused", complaint).body
    assert len(told("orders.complaint_said_to_seller", long).body) < 300
