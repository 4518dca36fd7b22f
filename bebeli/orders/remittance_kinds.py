"""The notice about money of others that a second officer must approve: in words, and while it is worth saying."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from bebeli.kit.money import rupiah
from bebeli.notices.kinds import Message, Payload
from bebeli.orders.models import Remittance


def to_approve(payload: Payload) -> Message:
    """What waits for a second person."""
    found = Remittance.objects.get(pk=payload["remittance"])
    subject = _("Setoran %(amount)s perlu persetujuan kedua") % {"amount": rupiah(found.amount)}
    body = _("Petugas lain mengusulkannya: %(kind)s. Cocokkan dengan buku, lalu setujui atau batalkan.") % {
        "kind": found.get_kind_display()
    }
    facts = ((_("Jenis"), found.get_kind_display()), (_("Jumlah"), rupiah(found.amount)))
    return Message(subject, body, reverse("orders:remittances"), facts, _("Periksa"))


def while_it_waits(payload: Payload) -> bool:
    """Tell whether a second person must still decide."""
    return Remittance.objects.filter(pk=payload["remittance"], state=Remittance.State.PROPOSED).exists()


OF_TWO = (("orders.remittance_to_approve", to_approve, while_it_waits),)
