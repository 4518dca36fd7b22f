"""The seller's door of the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request

from bebeli.kit.api_doors import SignedInView, caller
from bebeli.sellers.roles import acts_for_a_seller


class ActsForASeller(BasePermission):
    """For people without a stall these addresses do not exist."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Pass those who act for a seller."""
        del view
        if not acts_for_a_seller(caller(request)):
            raise Http404
        return True


class SellerView(SignedInView):
    """People who act for a seller."""

    access = "seller"
    permission_classes: Sequence[type[BasePermission]] = (IsAuthenticated, ActsForASeller)
