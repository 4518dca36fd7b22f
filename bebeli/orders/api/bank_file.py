"""What an officer of finance took to transfer at the bank, as on the file for the bank's own page."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts.api.office import FinanceView
from bebeli.kit.api_doors import caller, read
from bebeli.kit.api_lists import PageQuery, paged
from bebeli.kit.api_schema import list_of, operation
from bebeli.kit.steps import retried
from bebeli.orders import bank_file
from bebeli.orders.actions.batch_payouts import batch_payouts
from bebeli.orders.api.finance import READING, TAG
from bebeli.orders.models import Payout


class LineShape(serializers.Serializer[Any]):
    """One transfer that is to be made."""

    payout = serializers.IntegerField(help_text="id")
    bank_file = serializers.CharField()
    note = serializers.CharField(help_text="to copy into the transfer")
    bank_code = serializers.CharField()
    bank = serializers.CharField()
    number = serializers.CharField()
    name = serializers.CharField()
    amount = serializers.IntegerField(help_text="rupiah")


class MadeShape(serializers.Serializer[Any]):
    """A new file."""

    bank_file = serializers.CharField()
    payouts = serializers.ListField(child=serializers.IntegerField(), help_text="ids")


def _line(payout: Payout) -> dict[str, Any]:
    return {"payout": payout.pk, "bank_file": payout.batch, **bank_file.line(payout)._asdict()}


class BankFileView(FinanceView):
    """Payouts in the caller's hands."""

    moves_money = ("POST",)

    @operation("list_bank_file", TAG, list_of(LineShape), query=PageQuery, fails=READING)
    def get(self, request: Request) -> Response:
        """List what the caller took of the bank's files and has not recorded yet, so that no two transfer the same."""
        mine = Payout.objects.in_files().filter(taken_by=caller(request)).select_related("account")
        return paged(request, mine, ("id",), read(PageQuery, request.query_params), _line)

    @operation("make_bank_file", TAG, MadeShape, status=201, fails=(*READING, 409))
    def post(self, request: Request) -> Response:
        """Put all approved payouts that are transferred by hand into one file, in the caller's hands; each once in all."""
        name = retried(lambda: batch_payouts(caller(request)))
        ids = list(Payout.objects.filter(batch=name).order_by("pk").values_list("pk", flat=True))
        return Response({"bank_file": name, "payouts": ids}, status=status.HTTP_201_CREATED)
