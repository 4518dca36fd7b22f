"""A buyer's proofs of a transfer."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.kit.api import listing
from bebeli.kit.api_doors import BoundedFormParser, SignedInView, caller, read
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.errors import InvalidInput
from bebeli.kit.steps import retried
from bebeli.kit.throttle import AccountThrottle, NetworkThrottle, UploadThrottle
from bebeli.orders.flows.transfer import send_proof
from bebeli.orders.models import Purchase, TransferProof

TAG = "checkout"


class ProofSerializer(serializers.Serializer[Any]):
    """A picture (JPG, PNG, WebP) or a PDF of at most 8 MB."""

    proof = serializers.FileField()
    sender = serializers.CharField(max_length=120, required=False, allow_blank=True, help_text="the name at the buyer's bank")


class ProofShape(serializers.Serializer[Any]):
    """What finance answers to; `reason` when it was refused."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=TransferProof.State.choices)
    size = serializers.IntegerField(help_text="bytes as kept")
    uploaded_at = serializers.DateTimeField()
    reason = serializers.CharField()


def _shape(row: TransferProof) -> dict[str, Any]:
    return {
        "id": row.pk,
        "state": row.state,
        "size": row.size,
        "uploaded_at": row.uploaded_at,
        "reason": row.reason,
    }


class ProofsView(SignedInView):
    """The proofs of one purchase."""

    parser_classes = (BoundedFormParser,)
    throttle_classes = (AccountThrottle, NetworkThrottle, UploadThrottle)

    @operation("list_proofs", TAG, list_of(ProofShape), fails=(401, 404))
    def get(self, request: Request, code: str) -> Response:
        """List what was sent for one's own purchase, oldest first."""
        rows = TransferProof.objects.filter(attempt__payment__purchase=_own(request, code)).order_by("pk")
        return listing([_shape(row) for row in rows])

    @operation("send_proof", TAG, ProofShape, status=201, body=ProofSerializer, fails=(401, 404, 409))
    def post(self, request: Request, code: str) -> Response:
        """Lay a proof of the transfer before finance; the same file twice is one proof."""
        purchase = _own(request, code)
        said = read(ProofSerializer, request.data)
        try:
            proof = retried(lambda: send_proof(purchase.pk, said["proof"], said.get("sender", "")))
        except InvalidInput as error:
            raise InvalidInput(error.code, error.message, field="proof") from error
        return Response(_shape(proof), status=status.HTTP_201_CREATED)


def _own(request: Request, code: str) -> Purchase:
    return get_object_or_404(Purchase.objects.of_buyer(caller(request)), code=code)
