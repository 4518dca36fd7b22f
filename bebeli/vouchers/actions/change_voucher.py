"""Change what a voucher says: all of it while nobody used it, afterwards only its name, its listing and a later end."""

from __future__ import annotations

from dataclasses import asdict, replace

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.vouchers import terms as saying
from bebeli.vouchers.keeping import keep
from bebeli.vouchers.models import Voucher
from bebeli.vouchers.terms import SAYABLE, Terms


@verb
def change_voucher(voucher_id: int, terms: Terms) -> Voucher:
    """Write new terms; who pays stays. Raises InvalidInput at the field, Refused voucher_in_use, voucher_ended."""
    voucher = Locks().row(Voucher, voucher_id)
    if voucher.state == Voucher.State.ENDED:
        raise Refused("voucher_ended", _("Voucher ini sudah diakhiri. Buat yang baru."))
    before = saying.of(voucher)
    after = saying.checked(replace(terms, payer=voucher.payer))
    if timezone.localdate(after.starts_at) == timezone.localdate(before.starts_at):
        after = replace(after, starts_at=before.starts_at)  # a form knows days only
    if voucher.uses.exists():
        _refuse_other_money(before, after)
    for name, value in asdict(after).items():
        setattr(voucher, name, value)
    return keep(voucher)


def _refuse_other_money(before: Terms, after: Terms) -> None:
    said = {name: getattr(after, name) for name in SAYABLE}
    if replace(before, **said) != after or after.ends_at < before.ends_at:
        raise Refused(
            "voucher_in_use",
            _("Voucher ini sudah dipakai, jadi syarat uangnya tidak bisa diubah. Akhiri lalu buat yang baru."),
        )
