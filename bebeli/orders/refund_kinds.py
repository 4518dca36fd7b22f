"""The notices about much money that two people decide: in words, and when each is no longer worth saying."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.accounts.roles import reads_the_books
from bebeli.kit.money import rupiah
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.models import Complaint, Refund, RefundWord


def to_approve(payload: Payload) -> Message:
    """How much waits for a second person, and why it goes back."""
    refund = Refund.objects.get(pk=payload["refund"])
    named = {"key": refund.key, "amount": rupiah(refund.amount), "reason": _(refund.reason)}
    subject = _("Pengembalian %(amount)s perlu persetujuan kedua") % named
    if refund.decided_by_id is None:
        body = _("Uang ini tidak membayar apa pun dan kembali menurut aturan. Alasannya: %(reason)s") % named
    else:
        body = _("Petugas lain memutuskan uang ini kembali kepada pembeli. Alasannya: %(reason)s") % named
    return Message(subject, body, reverse("orders:refund", args=[refund.pk]), _facts(refund), _("Periksa"))


def turned_down(payload: Payload) -> Message:
    """Why the second person said no, and where to answer."""
    refund = Refund.objects.get(pk=payload["refund"])
    named = {"amount": rupiah(refund.amount), "why": RefundWord.objects.get(pk=payload["word"]).text}
    subject = _("Pengembalian %(amount)s ditolak petugas kedua") % named
    body = _("Alasannya: %(why)s. Uangnya tetap harus kembali kepada pembeli. Jawab supaya diperiksa lagi.") % named
    return Message(subject, body, answered_at(refund), _facts(refund), _("Jawab"))


def _facts(refund: Refund) -> tuple[tuple[str, str], ...]:
    return ((_("Pengembalian"), refund.key), (_("Jumlah"), rupiah(refund.amount)))


def answered_at(refund: Refund) -> str:
    """Return where the one who decided answers: finance at its desk, an officer of the Dinas at the complaint."""
    complaint = Complaint.objects.filter(refund_id=refund.first_id).first()
    if complaint is None or reads_the_books(refund.decided_by_id or 0):
        return reverse("orders:refund", args=[refund.pk])
    return reverse("orders:complaint_case", args=[complaint.pk])


def while_it_waits(payload: Payload) -> bool:
    """Tell whether a second person must still decide."""
    waiting = Refund.objects.filter(pk=payload["refund"], state=Refund.State.REQUESTED)
    return waiting.filter(turned_down_by=None).exists()


def while_turned_down(payload: Payload) -> bool:
    """Tell whether the no still waits for its answer."""
    waiting = Refund.objects.filter(pk=payload["refund"], state=Refund.State.REQUESTED)
    return waiting.exclude(turned_down_by=None).exists()


OF_TWO = (
    ("orders.refund_to_approve", to_approve, while_it_waits),
    ("orders.refund_turned_down", turned_down, while_turned_down),
)
