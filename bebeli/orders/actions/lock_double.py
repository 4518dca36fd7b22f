"""How the verbs of money that went out twice take its case: the whole scene of its payment, then the case, fresh."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.kit.errors import InvalidInput, Refused
from bebeli.orders import looking
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import DoubleRefund


@dataclass
class Twice:
    """A locked payment with the case that is looked at."""

    scene: Scene
    case: DoubleRefund


def take_twice(case_id: int) -> Twice:
    """Lock a case's payment and read the case under that lock; raises DoubleRefund.DoesNotExist."""
    scene = lock_scene(DoubleRefund.objects.values_list("attempt__payment__purchase_id", flat=True).get(pk=case_id))
    case = DoubleRefund.objects.select_related("looked_by", "opened_with", "ended_with").get(pk=case_id)
    case.attempt = scene.attempt(case.attempt_id)
    return Twice(scene, case)


def refuse_ended(case: DoubleRefund) -> None:
    """Refuse when it has ended already."""
    if not case.is_open:
        words = _("Kasus ini sudah selesai: %(state)s. Muat ulang halamannya.")
        raise Refused("case_decided", words % {"state": case.get_state_display()}, state=case.state)


def refuse_other_eyes(twice: Twice, user_id: int) -> None:
    """Refuse while somebody else is looking, and to whoever made the purchase."""
    looking.refuse_own_purchase(twice.scene.purchase.buyer_id, user_id)
    looking.refuse_other_eyes(twice.case, user_id)


def reason_of(text: str) -> str:
    """Return a reason in one line; raises InvalidInput at `alasan` when there is none."""
    reason = " ".join(text.split())[:240]
    if not reason:
        raise InvalidInput("reason_needed", _("Tulis alasannya. Ini tercatat bersama nama Anda."), field="alasan")
    return reason
