"""How the verbs of a transfer take it: the whole scene of its payment, then the proof, fresh."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.orders import looking
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import PaymentAttempt, TransferProof
from bebeli.orders.models.payment import BY_HAND


@dataclass
class Case:
    """A locked payment with the proof that is looked at."""

    scene: Scene
    attempt: PaymentAttempt
    proof: TransferProof


def take_case(proof_id: int) -> Case:
    """Lock a proof's payment and read the proof under that lock; raises TransferProof.DoesNotExist."""
    wanted = TransferProof.objects.values_list("attempt__payment__purchase_id", "attempt_id").get(pk=proof_id)
    scene = lock_scene(wanted[0])
    proof = TransferProof.objects.select_related("looked_by").get(pk=proof_id)
    return Case(scene, scene.attempt(wanted[1]), proof)


def refuse_other_eyes(case: Case, user_id: int) -> None:
    """Refuse while somebody else is looking, and to whoever made the purchase."""
    looking.refuse_own_purchase(case.scene.purchase.buyer_id, user_id)
    looking.refuse_other_eyes(case.proof, user_id)


def refuse_answered(case: Case) -> None:
    """Refuse when it was answered already, or when the buyer sent another proof in its place."""
    if not case.proof.is_open:
        raise Refused(
            "proof_decided",
            _("Bukti ini sudah %(state)s. Muat ulang halamannya.") % {"state": case.proof.get_state_display()},
            state=case.proof.state,
        )


def waiting_proof(scene: Scene) -> TransferProof | None:
    """Return the proof of a payment that finance must still answer."""
    return TransferProof.objects.open().filter(attempt__in=scene.attempts).first()


def end_by_hand(scene: Scene, why: str) -> None:
    """No more transfers are awaited: what no open proof speaks of is closed, without a word to any provider."""
    proof = waiting_proof(scene)
    for attempt in scene.attempts:
        if attempt.method in BY_HAND and attempt.is_live and (proof is None or proof.attempt_id != attempt.pk):
            attempt.status = PaymentAttempt.Status.DEAD
            attempt.provider_status = why
            attempt.save()


def decide(case: Case, state: str, user_id: int) -> None:
    """Write the answer down; the caller has set what belongs to it."""
    case.proof.state = state
    case.proof.decided_by_id = user_id
    case.proof.decided_at = clock.now()
    case.proof.looked_by_id = None
    case.proof.looked_until = None
    case.proof.save()
