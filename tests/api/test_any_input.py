"""Whatever is sent, right or wrong: no fault of ours, and no answer that is not described."""

from __future__ import annotations

import json
from typing import Any

import hypothesis
import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase
from schemathesis.core.result import Ok
from schemathesis.generation.modes import GenerationMode

from bebeli.accounts import tokens
from bebeli.accounts.models import ApiToken
from bebeli.kit import clock
from tests import payees, waiters, world

EXAMPLES = 12
pytestmark = pytest.mark.django_db


def raw_description() -> dict[str, Any]:
    """Return the description as it is published."""
    made = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return dict(json.loads(json.dumps(made, default=str)))


def send_anything(operation: Any, known: dict[str, Any], token: str, promised: dict[str, Any]) -> None:
    """Call one operation with bodies and queries that fit its description and with ones that do not."""
    right = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    wrong = operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @hypothesis.given(case=right | wrong)
    @hypothesis.settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def send(case: Any) -> None:
        case.path_parameters.update({name: known[name] for name in case.path_parameters if name in known})
        status = case.call(headers={"Authorization": f"Bearer {token}"}).status_code
        assert str(status) in promised, f"{operation.method} {operation.path} {status}: {case.body!r} {case.query!r}"

    send()


@pytest.mark.usefixtures("_one_connection")
def test_no_input_is_a_fault() -> None:
    raw = raw_description()
    described = schemathesis.openapi.from_dict(raw)
    described.app = get_wsgi_application()
    stall = world.seller()
    goods = world.variant(stall, stock=1000)
    world.receiving()
    purchase = world.charged(stall.members.get().user, (goods, 1), method="manual_transfer")
    token = tokens.issue(stall.members.get().user)[0]
    known = {"slug": goods.product.slug, "sku": goods.sku, "code": f"{purchase.code}-1"}
    operations = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 35
    for operation in operations:
        if "logout" not in operation.path and "finance" not in operation.path:
            promised = raw["paths"][operation.path][operation.method.lower()]["responses"]
            code = {"code": purchase.code} if operation.path.startswith("/api/v1/purchases/") else {}
            send_anything(operation, {**known, **code}, token, promised)


@pytest.mark.usefixtures("_one_connection")
def test_no_input_of_an_officer_is_a_fault() -> None:
    raw = raw_description()
    described = schemathesis.openapi.from_dict(raw).include(path_regex="/finance/")
    described.app = get_wsgi_application()
    officer = world.finance()
    token = tokens.issue(officer)[0]
    ApiToken.objects.update(second_factor_at=clock.now())
    cases = {
        "refunds": waiters.to_pay().pk,
        "payouts": payees.approved(payees.payout(bank="111")).pk,
        "transfers": waiters.proof().pk,
    }
    operations = [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) > 25
    for operation in operations:
        promised = raw["paths"][operation.path][operation.method.lower()]["responses"]
        send_anything(operation, {"case_id": cases.get(operation.path.split("/")[4], 1)}, token, promised)
