"""How the verbs of a suspect payment take it: the whole scene of its payment, then the case, fresh."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from bebeli.catalog import stock
from bebeli.kit import clock
from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import looking
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import Payment, PaymentAttempt, Suspicion

A_LITTLE = timedelta(minutes=15)  # for the sweepers to end what is overdue


@dataclass
class Doubt:
    """A locked payment with the case that is looked at."""

    scene: Scene
    attempt: PaymentAttempt
    case: Suspicion


def take_doubt(case_id: int) -> Doubt:
    """Lock a case's payment and read the case under that lock; raises Suspicion.DoesNotExist."""
    wanted = Suspicion.objects.values_list("attempt__payment__purchase_id", "attempt_id").get(pk=case_id)
    scene = lock_scene(wanted[0])
    case = Suspicion.objects.select_related("looked_by").get(pk=case_id)
    case.attempt = scene.attempt(wanted[1])
    return Doubt(scene, case.attempt, case)


def refuse_answered(doubt: Doubt) -> None:
    """Refuse when it was decided already."""
    if not doubt.case.is_open:
        raise Refused(
            "case_decided",
            _("Kasus ini sudah %(state)s. Muat ulang halamannya.") % {"state": doubt.case.get_state_display()},
            state=doubt.case.state,
        )


def refuse_other_eyes(doubt: Doubt, user_id: int) -> None:
    """Refuse while somebody else is looking, and to whoever made the purchase."""
    looking.refuse_own_purchase(doubt.scene.purchase.buyer_id, user_id)
    looking.refuse_other_eyes(doubt.case, user_id)


def reason_of(text: str) -> str:
    """Return a reason in one line; raises InvalidInput at `alasan` when there is none."""
    reason = " ".join(text.split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Ini tercatat bersama nama Anda."), field="alasan")
    return reason


def reopen(scene: Scene) -> None:
    """The payment is no longer suspect: it waits for money again, and what is overdue is ended in its turn."""
    if scene.payment.status != Payment.Status.SUSPECT:
        return
    scene.payment.status = Payment.Status.PENDING
    scene.payment.hold_until = max(scene.payment.hold_until, clock.now() + A_LITTLE)
    scene.payment.save()
    for order in scene.orders:
        stock.hold_longer(order.code, scene.payment.hold_until)


def decide(doubt: Doubt, state: str, user_id: int, reason: str = "") -> None:
    """Write the decision down."""
    doubt.case.state = state
    doubt.case.decided_by_id = user_id
    doubt.case.decided_at = clock.now()
    doubt.case.reason = reason
    doubt.case.looked_by = None
    doubt.case.looked_until = None
    doubt.case.save()
