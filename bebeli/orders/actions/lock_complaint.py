"""How the verbs of a complaint take it, and what they share: a word said, a turn passed on, an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.kit.steps import assert_open
from bebeli.orders import tell, windows
from bebeli.orders.actions.lock_order import Taken, take
from bebeli.orders.complaints import LONGEST
from bebeli.orders.evidence import KeptPicture
from bebeli.orders.models import Complaint, ComplaintMessage, ComplaintPicture, Order

S = Complaint.State
MOST_PICTURES = 20
MOST_MESSAGES = 100


@dataclass(frozen=True)
class Speaker:
    """Who says or does something: the side, and the person where there is one."""

    side: str
    user_id: int | None = None


SYSTEM = Speaker(ComplaintMessage.Side.SYSTEM)


def buyer(user_id: int | None) -> Speaker:
    """The buyer, signed in or a guest."""
    return Speaker(ComplaintMessage.Side.BUYER, user_id)


def seller(user_id: int) -> Speaker:
    """A member of the stall."""
    return Speaker(ComplaintMessage.Side.SELLER, user_id)


def officer(user_id: int) -> Speaker:
    """An officer of the Dinas."""
    return Speaker(ComplaintMessage.Side.OFFICER, user_id)


@dataclass
class Case:
    """A locked order with the complaint about it."""

    taken: Taken
    complaint: Complaint


def take_case(complaint_id: int) -> Case:
    """Lock a complaint's order and read the complaint under that lock; raises Complaint.DoesNotExist."""
    taken = take(Complaint.objects.values_list("order_id", flat=True).get(pk=complaint_id))
    complaint = Complaint.objects.select_related("looked_by").get(pk=complaint_id)
    complaint.order = taken.order
    return Case(taken, complaint)


def refuse_state(complaint: Complaint) -> Refused:
    """Return the refusal for a step that does not exist from here."""
    return Refused(
        "complaint_moved",
        _("Keluhan ini sudah berubah: %(state)s. Muat ulang halamannya.") % {"state": complaint.get_state_display()},
        state=complaint.state,
    )


def must_be(complaint: Complaint, *states: str) -> None:
    """Refuse a step from any other state."""
    if complaint.state not in states:
        raise refuse_state(complaint)


def words_of(text: str, field: str = "text") -> str:
    """Return words in their plain form; raises InvalidInput for none."""
    words = plain(text)
    if not words:
        raise InvalidInput("words_needed", _("Tulis penjelasannya. Pihak lain akan membacanya."), field=field)
    return words


def plain(text: str) -> str:
    """Return text without what a database or a reader cannot use, lines kept."""
    lines = (" ".join(line.split()) for line in text.replace("\0", "").splitlines())
    return "\n".join(line for line in lines if line)[:LONGEST]


def say(
    complaint: Complaint,
    who: Speaker,
    act: str,
    text: str = "",
    *,
    amount: int | None = None,
    pictures: Iterable[KeptPicture] = (),
) -> ComplaintMessage:
    """Write down what one side said or did; nobody edits it afterwards."""
    assert_open()
    message = ComplaintMessage.objects.create(
        complaint=complaint, side=who.side, by_id=who.user_id, act=act, text=text, amount=amount, at=clock.now()
    )
    ComplaintPicture.objects.bulk_create(
        [ComplaintPicture(message=message, name=picture.name, size=picture.size) for picture in pictures]
    )
    return message


def pass_on(complaint: Complaint, state: str, until: datetime | None = None) -> None:
    """The next one's turn, until a moment; the usual one where none is given."""
    complaint.state = state
    complaint.answer_by = until or windows.complaint_answer_by(clock.now())
    complaint.save()


def to_officer(complaint: Complaint) -> None:
    """An officer decides: nobody's time runs any more."""
    complaint.state = S.OFFICER
    complaint.answer_by = None
    complaint.escalated_at = clock.now()
    complaint.save()


def end(complaint: Complaint, state: str, amount: int) -> None:
    """Write the end down."""
    complaint.state = state
    complaint.amount = amount
    complaint.answer_by = None
    complaint.looked_by = None
    complaint.looked_until = None
    complaint.closed_at = clock.now()
    complaint.save()


def end_reversed(orders: Iterable[Order]) -> None:
    """The bank gave the buyer the money back: nothing is left to complain about."""
    for complaint in Complaint.objects.open().filter(order__in=[order.pk for order in orders]).order_by("pk"):
        end(complaint, S.ENDED, 0)
        say(complaint, SYSTEM, "reversed")


def reopen_restored(orders: Iterable[Order]) -> None:
    """The money came again after all: an officer decides what its reversal had closed."""
    standing = [order for order in orders if order.status in {Order.Status.DISPUTED, Order.Status.COMPLETED}]
    known = {order.pk: order for order in standing}
    again = set(Complaint.objects.open().filter(order__in=known).values_list("order_id", flat=True))
    for complaint in Complaint.objects.filter(order__in=known.keys() - again, state=S.ENDED).order_by("pk"):
        complaint.order = known[complaint.order_id]
        complaint.amount = None
        complaint.closed_at = None
        to_officer(complaint)
        say(complaint, SYSTEM, "restored")
        tell.complaint_escalated(complaint)
