"""A client that speaks JSON and holds every answer to the published description."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator
from functools import cache
from typing import Any

import pytest
from django.core import signals
from django.db import close_old_connections
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from bebeli.accounts import tokens
from bebeli.accounts.models import User
from tests.phones import Phones

PROBLEM = "application/problem+json"
BINARY = {"image/webp", "application/pdf"}


@cache
def described() -> dict[str, Any]:
    """Return the published description, with objects closed: a field nobody described is a fault."""
    made = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    schema: dict[str, Any] = json.loads(json.dumps(made, default=str))
    for name, component in schema["components"]["schemas"].items():
        if component.get("type") == "object" and name != "Problem":
            component["additionalProperties"] = False
    return schema


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """Return the description of what was called."""
    for template, operations in described()["paths"].items():
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if re.fullmatch(pattern, path) and method in operations and "{" not in path:
            if "{" in template and path in described()["paths"]:
                continue
            return dict(operations[method])
    return None


def hold(method: str, path: str, response: Any) -> None:
    """Fail when an answer is not what the description promises."""
    operation = operation_of(method, path.split("?", maxsplit=1)[0])
    if operation is None:
        return
    promised = operation["responses"].get(str(response.status_code))
    assert promised is not None, f"{response.status_code} is not described: {response.content!r}"
    if response.status_code == 204:
        return
    content = promised["content"]
    kind = response.headers["Content-Type"]
    assert kind in content, f"{kind} is not described"
    if kind in BINARY:
        return
    shape = {**content[kind]["schema"], "components": described()["components"]}
    Draft202012Validator(shape).validate(response.json())


class Api:
    """One caller."""

    def __init__(self, user: User | None) -> None:
        self.client = Client(raise_request_exception=True)
        self.user = user
        self.token = tokens.issue(user)[0] if user else ""

    @property
    def person(self) -> User:
        """Whose token it is."""
        assert self.user is not None
        return self.user

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON, and hold the answer to the description."""
        if self.token:
            headers.setdefault("Authorization", f"Bearer {self.token}")
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        address = path if path.startswith("/") else f"/api/v1/{path}"
        kind = headers.pop("Content-Type", "application/json")
        response = self.client.generic(method, address, data, content_type=kind, headers=headers)
        hold(method.lower(), address, response)
        return response

    def form(self, path: str, **fields: Any) -> Any:
        """POST a form with files."""
        address = f"/api/v1/{path}"
        response = self.client.post(address, fields, headers={"Authorization": f"Bearer {self.token}"})
        hold("post", address, response)
        return response

    def get(self, path: str, **headers: str) -> Any:
        """GET."""
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST."""
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any) -> Any:
        """PUT."""
        return self.call("PUT", path, body)

    def patch(self, path: str, body: Any) -> Any:
        """PATCH."""
        return self.call("PATCH", path, body)

    def delete(self, path: str) -> Any:
        """DELETE."""
        return self.call("DELETE", path)


@pytest.fixture(autouse=True)
def _assets_from_source(settings: Any) -> None:
    """Serve assets as written: no test run collects them first."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture
def api(db: None) -> Callable[[User | None], Api]:
    """Make a caller; None is a guest."""
    return Api


@pytest.fixture
def phones(monkeypatch: pytest.MonkeyPatch) -> Phones:
    """Apps that show codes."""
    return Phones(monkeypatch)


@pytest.fixture
def guest(db: None) -> Api:
    """Somebody without a token."""
    return Api(None)


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Assert that it is this problem, and return its body."""
    assert (response.status_code, response.headers["Content-Type"]) == (status, PROBLEM), response.content
    body: dict[str, Any] = response.json()
    assert (body["status"], body["code"], body["type"]) == (status, code, f"urn:bebeli:{code}")
    assert body["title"]
    return body


@pytest.fixture
def _one_connection() -> Generator[None, None, None]:
    """Keep the test's own connection open between requests."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    yield
    for end in ends:
        end.connect(close_old_connections)
