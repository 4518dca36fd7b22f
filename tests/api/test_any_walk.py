"""Any walk through the API, one call leading to the next: as nobody, as a buyer, as a maker. No fault, no shape that differs."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.cache import cache
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test import override_settings
from hypothesis import HealthCheck, Phase
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bebeli.accounts import tokens
from bebeli.orders.actions.accept import accept
from bebeli.orders.models import Order, Purchase
from tests import world
from tests.api.test_any_input import raw_description
from tests.conftest import Provider

WALKS, STEPS = 25, 12
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_one_connection")]


def stage(provider: Provider) -> tuple[dict[str, Any], dict[str, str]]:
    """A shop where something lies at every address; returns what is where, and everybody's token."""
    stall, buyer = world.seller(), world.user()
    goods = world.variant(stall, stock=1000)
    world.address(buyer)
    settled = world.charged(buyer, (goods, 1))
    provider.settle(settled)
    accept(world.orders_of(settled)[0].pk, world.owner(stall))
    world.placed(buyer, (goods, 1))
    cart = world.cart_of(buyer, (goods, 2))
    known = {
        "sku": [goods.sku],
        "slug": [goods.product.slug, stall.slug],
        "line_id": [line.pk for line in cart.lines.all()],
        "purchases": list(Purchase.objects.values_list("code", flat=True)),
        "orders": list(Order.objects.values_list("code", flat=True)),
    }
    passes = {"guest": "", "buyer": tokens.issue(buyer)[0], "maker": tokens.issue(stall.members.get().user)[0]}
    return known, passes


def walker(known: dict[str, Any], token: str) -> type[Any]:
    """Return a state machine of all operations whose path parameters often name what is there."""
    described = schemathesis.openapi.from_dict(raw_description())
    described.app = get_wsgi_application()
    found = described.exclude(path_regex="logout")

    class Walk(found.as_state_machine()):  # type: ignore[misc]
        """One walk."""

        turn = 0

        def setup(self) -> None:
            """Begin where every walk begins."""
            self.start = transaction.savepoint()

        def teardown(self) -> None:
            """Leave the shop as it was."""
            transaction.savepoint_rollback(self.start)
            cache.clear()
            super().teardown()

        def before_call(self, case: Any) -> None:
            """Point two of three calls at something that exists."""
            self.turn += 1
            if self.turn % 3:
                kind = "purchases" if "purchases" in case.operation.path else "orders"
                for name in case.path_parameters or {}:
                    choices = known.get(kind if name == "code" else name)
                    if choices:
                        case.path_parameters[name] = choices[self.turn % len(choices)]

        def get_call_kwargs(self, _case: Any) -> dict[str, Any]:
            """Show the pass."""
            return {"headers": {"Authorization": f"Bearer {token}"} if token else {}}

        def validate_response(self, response: Any, case: Any, **_more: Any) -> None:
            """Hold the answer to its description."""
            case.validate_response(response, checks=CHECKS)

    return Walk


@pytest.mark.parametrize("who", ["guest", "buyer", "maker"])
@override_settings(RATE_LIMITS=False)
def test_no_walk_leads_to_a_fault(provider: Provider, who: str) -> None:
    load_all_checks()
    known, passes = stage(provider)
    walker(known, passes[who]).run(
        settings=hypothesis.settings(
            max_examples=WALKS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
    )
