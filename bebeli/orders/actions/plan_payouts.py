"""A seller's balance is paid out by itself on one weekday, or not."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Busy, InvalidInput, Refused
from bebeli.kit.locks import Locks
from bebeli.kit.steps import verb
from bebeli.orders.actions.request_payout import make
from bebeli.orders.models import Payout, PayoutPlan

WEEKDAYS = (_("Senin"), _("Selasa"), _("Rabu"), _("Kamis"), _("Jumat"), _("Sabtu"), _("Minggu"))


@verb
def plan_payouts(seller_id: int, user_id: int, weekday: int | None) -> PayoutPlan:
    """Choose the weekday, Monday is 0; None is never. Raises InvalidInput at `hari`."""
    if weekday is not None and not 0 <= weekday < len(WEEKDAYS):
        raise InvalidInput("bad_weekday", _("Pilih harinya."), field="hari")
    plan, _is_new = PayoutPlan.objects.update_or_create(
        seller_id=seller_id, defaults={"weekday": weekday, "set_by_id": user_id, "set_at": clock.now()}
    )
    return plan


@verb
def carry_out_plan(plan_id: int) -> Payout | None:
    """Request what a plan asks for, once on its day; a refusal is no fault: the next week comes."""
    today = clock.today()
    due = PayoutPlan.objects.filter(pk=plan_id, weekday=today.weekday()).exclude(asked_on=today)
    if not due.update(asked_on=today):  # the update is the lock: whoever comes second finds it done
        return None
    try:
        return make(Locks(), PayoutPlan.objects.get(pk=plan_id).seller_id, None, None, "")
    except Busy:
        raise
    except Refused:
        return None
