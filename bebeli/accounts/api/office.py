"""The doors of an office: people appointed to it, who have shown the second factor with their token."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from bebeli.accounts import tokens
from bebeli.accounts.fresh import HOURS_OF_READING, MINUTES_OF_MONEY, SecondFactorNeeded, second_factor_of_token_within
from bebeli.kit.access import refuse_stranger
from bebeli.kit.api_doors import SignedInView, caller


class HoldsTheRole(BasePermission):
    """For people without the role these addresses do not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Pass those who hold it."""
        refuse_stranger(view.access, caller(request))
        return True


class ShowedTheSecondFactor(BasePermission):
    """Within the day to read, within minutes to move money."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Pass those whose token stands for it still."""
        within = MINUTES_OF_MONEY if request.method in view.moves_money else HOURS_OF_READING
        if not second_factor_of_token_within(tokens.bearer(request), within):
            raise SecondFactorNeeded
        return True


class BooksView(SignedInView):
    """Finance, and the auditor, who only reads."""

    access = "books"
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated, HoldsTheRole, ShowedTheSecondFactor)
    moves_money: ClassVar[tuple[str, ...]] = ()  # the methods that do


class FinanceView(BooksView):
    """Finance, which acts."""

    access = "finance"
