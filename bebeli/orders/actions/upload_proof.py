"""The buyer sends a proof of the transfer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.kit import clock
from bebeli.kit.errors import Refused
from bebeli.kit.sealed import seal
from bebeli.kit.steps import verb
from bebeli.orders import tell
from bebeli.orders.actions.settle import Scene, lock_scene
from bebeli.orders.models import PaymentAttempt, TransferProof
from bebeli.orders.models.payment import BY_HAND
from bebeli.orders.proofs import KeptProof

MOST_PROOFS = 5
S = TransferProof.State


@verb
def upload_proof(purchase_id: int, kept: KeptProof, sender: str) -> TransferProof:
    """Lay a stored file before finance; from then on time does not run out until it is answered.

    For a purchase that ended a transfer may be shown for a month: what finance finds goes back
    unless the goods can still be had.

    The same file twice is a quiet success, another one takes the place of one nobody looks at yet.
    Raises Refused: payment_closed, too_many_proofs, proof_being_checked.
    """
    scene = lock_scene(purchase_id)
    attempt = _awaiting(scene)
    proofs = list(TransferProof.objects.filter(attempt=attempt).order_by("pk"))
    open_one = next((proof for proof in proofs if proof.is_open), None)
    if open_one is not None and open_one.sha256 == kept.sha256:
        return open_one
    is_awaited = scene.purchase.is_awaiting_payment
    if open_one is None and is_awaited and scene.payment.provider_until <= clock.now():
        raise Refused("payment_closed", _("Waktu mengunggah bukti sudah habis. Silakan pesan lagi."))
    if len(proofs) >= MOST_PROOFS:
        raise Refused("too_many_proofs", _("Sudah terlalu banyak bukti yang diunggah. Tunggu kabar dari kami."))
    if open_one is not None:
        if open_one.is_taken:
            raise Refused("proof_being_checked", _("Bukti yang tadi sedang diperiksa. Tunggu sebentar."))
        TransferProof.objects.filter(pk=open_one.pk).update(state=S.REPLACED)
    if not attempt.is_live:
        attempt.status = PaymentAttempt.Status.PENDING  # its money may have come after all
        attempt.save()
    proof = TransferProof.objects.create(
        attempt=attempt,
        name=kept.name,
        size=kept.size,
        sha256=kept.sha256,
        sender=seal(" ".join(sender.split())[:120]),
        uploaded_at=clock.now(),
    )
    tell.proof_received(proof, scene.purchase)
    return proof


def _awaiting(scene: Scene) -> PaymentAttempt:
    unpaid = {PaymentAttempt.Status.CREATED, PaymentAttempt.Status.PENDING, PaymentAttempt.Status.DEAD}
    ours = [attempt for attempt in scene.attempts if attempt.method in BY_HAND and attempt.status in unpaid]
    live = [attempt for attempt in ours if attempt.is_live]
    if live and scene.purchase.is_awaiting_payment and scene.payment.is_open:
        return live[-1]
    if ours and scene.purchase.may_be_late:
        return ours[-1]
    raise Refused("payment_closed", _("Pembelian ini tidak menunggu bukti transfer."))
