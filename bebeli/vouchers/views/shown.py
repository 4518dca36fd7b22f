"""What both desks of vouchers show and press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bebeli.kit.errors import Refused
from bebeli.kit.paging import page
from bebeli.kit.sheets import as_csv
from bebeli.kit.steps import retried
from bebeli.vouchers import wording
from bebeli.vouchers.actions.end_voucher import end_voucher
from bebeli.vouchers.actions.pause_voucher import pause_voucher, resume_voucher
from bebeli.vouchers.forms import VoucherForm
from bebeli.vouchers.models import Voucher

ROWS = 20
DESK = {
    "list": "vouchers:desk",
    "new": "vouchers:new",
    "one": "vouchers:voucher",
    "change": "vouchers:change",
    "file": "vouchers:file",
    "step": "vouchers:step",
}
MINE = {
    "list": "vouchers:mine",
    "new": "vouchers:my_new",
    "one": "vouchers:my_voucher",
    "change": "vouchers:my_change",
    "file": "vouchers:my_file",
    "step": "vouchers:my_step",
}
STEPS: dict[str, Callable[[int], Voucher]] = {"jeda": pause_voucher, "lanjut": resume_voucher, "akhiri": end_voucher}


def tried(form: VoucherForm, call: Callable[[], Voucher]) -> Voucher | None:
    """Call a verb, once more where a row is held elsewhere; a refusal is shown in the form."""
    try:
        return retried(call)
    except Refused as refusal:
        form.refuse(refusal)
        return None


def moved(request: HttpRequest, voucher: Voucher, verb: str) -> None:
    """Press a step and say what came of it."""
    done = {
        "jeda": _("Voucher dihentikan sementara. Pesanan yang sudah dibuat tetap berlaku."),
        "lanjut": _("Voucher berjalan lagi."),
        "akhiri": _("Voucher diakhiri. Pesanan yang sudah dibuat tetap berlaku."),
    }
    try:
        STEPS[verb](voucher.pk)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, done[verb])


def case_of(voucher: Voucher, cursor: str) -> dict[str, Any]:
    """Return what one voucher's page shows."""
    return {
        "voucher": voucher,
        "gist": wording.gist(voucher),
        "conditions": wording.conditions(voucher),
        "bars": wording.by_day(voucher),
        "page": page(voucher.uses.all(), ("-id",), cursor, ROWS),
    }


def uses_file(voucher: Voucher) -> HttpResponse:
    """Answer with all uses as CSV: purchases, not people."""
    head = (_("Pembelian"), _("Waktu"), _("Keadaan"), _("Potongan (Rp)"), _("Kembali (Rp)"), _("Biaya (Rp)"))
    rows = voucher.uses.order_by("pk").iterator(chunk_size=2000)
    lines = ((use.ref, use.used_at, str(use.get_state_display()), use.amount, use.returned, use.kept) for use in rows)
    return as_csv(f"voucher-{voucher.code.lower()}", head, lines)
