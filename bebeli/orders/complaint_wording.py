"""How notices about complaints are put in words, and the question whether one is still worth saying."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.kit.templatetags.bebeli import tanggal_jam
from bebeli.notices.kinds import Message, Payload
from bebeli.orders import way_in
from bebeli.orders.models import Complaint, ComplaintMessage
from bebeli.orders.wording import Words

LONGEST = 240  # of somebody's words in a notice; the page has all of them
Way = Callable[[Complaint], str]


def to_buyers_page(complaint: Complaint) -> str:
    """Return the buyer's way to the conversation; a guest's carries the key."""
    return way_in.to_complaint(complaint.order)


def to_sellers_page(complaint: Complaint) -> str:
    """Return the maker's way to it."""
    return reverse("orders:desk_complaint", args=[complaint.order.code])


def to_officers_page(complaint: Complaint) -> str:
    """Return the officer's way to it."""
    return reverse("orders:complaint_case", args=[complaint.pk])


def about_complaint(subject: str, body: str, way: Way, action: str) -> Words:
    """Return words about a complaint for one of its sides."""

    def say(payload: Payload) -> Message:
        complaint = Complaint.objects.select_related("order__seller", "order__purchase").get(pk=payload["complaint"])
        named = {
            "code": complaint.order.code,
            "seller": complaint.order.seller.name,
            "problem": complaint.get_problem_display(),
            "wish": complaint.get_wish_display(),
            "until": tanggal_jam(complaint.answer_by),
            "amount": rupiah(complaint.amount or 0),
            "offered": rupiah(complaint.offered_amount or 0),
            "reason": complaint.reason,
            "words": _said(payload),
            "state": complaint.get_state_display(),
        }
        facts = [(_("Pesanan"), complaint.order.code), (_("Keluhan"), named["problem"])]
        if complaint.answer_by is not None:
            facts.append((_("Jawab sebelum"), named["until"]))
        return Message(_(subject) % named, _(body) % named, way(complaint), tuple(facts), _(action))

    return say


def _said(payload: Payload) -> str:
    if "message" not in payload:
        return ""
    return Truncator(ComplaintMessage.objects.values_list("text", flat=True).get(pk=payload["message"])).chars(LONGEST)


def while_complaint(*states: str) -> Callable[[Payload], bool]:
    """Return a question: is the complaint still in one of these states."""
    return lambda payload: Complaint.objects.filter(pk=payload["complaint"], state__in=states).exists()


def while_complaint_is_open(payload: Payload) -> bool:
    """Tell whether the complaint has not ended."""
    return Complaint.objects.open().filter(pk=payload["complaint"]).exists()
