"""Showing the second factor with a token."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from bebeli.accounts import tokens
from bebeli.accounts.fresh import HOURS_OF_READING, MINUTES_OF_MONEY, code_again
from bebeli.kit import logs
from bebeli.kit.api_doors import SignedInView, read
from bebeli.kit.api_schema import operation
from bebeli.kit.throttle import SecondFactorThrottle


class CodeSerializer(serializers.Serializer[Any]):
    """What the app shows now, or a spare code; each counts once."""

    code = serializers.CharField(max_length=40)


class ShownShape(serializers.Serializer[Any]):
    """For how long this token stands for the second factor."""

    valid_until = serializers.DateTimeField(help_text="money may be moved before")
    reads_until = serializers.DateTimeField(help_text="finance's cases may be read before")


class SecondFactorView(SignedInView):
    """The second factor of a token."""

    throttle_classes = (*SignedInView.throttle_classes, SecondFactorThrottle)

    @operation("show_second_factor", "auth", ShownShape, body=CodeSerializer, fails=(401, 409))
    def post(self, request: Request) -> Response:
        """Show a code of one's app; this token, and no other, may then read and act for finance for a while."""
        code = read(CodeSerializer, request.data)["code"]
        token = tokens.bearer(request)
        code_again(token.user, code)
        at = tokens.second_factor_shown(token)
        logs.security("second_factor_shown", user_id=token.user_id)
        return Response({"valid_until": at + MINUTES_OF_MONEY, "reads_until": at + HOURS_OF_READING})
