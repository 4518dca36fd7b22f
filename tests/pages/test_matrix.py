"""Every address × method × actor: who gets in, who is led to the login, who finds nothing; a refusal changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bebeli.accounts import tokens
from bebeli.accounts.models import ApiToken, User
from bebeli.kit import clock
from tests.pages import actors
from tests.pages.actors import ACTORS, PICTURE, Things
from tests.pages.table import PAGES, Address
from tests.pages.table_api import API, BODIES

TABLE = {**PAGES, **API}
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ANY_METHOD = {"nowhere", "api:nowhere"}  # any other address: the same 404 whatever the method, tested below
WRITE = re.compile(
    r"\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(accounts_(?!apitoken)|sellers_|catalog_|orders_|notices_)", re.IGNORECASE
)
EVERY_METHOD = {"guest", "shopper_a", "owner_a"}  # the others try those methods that any address knows
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}

pytestmark = pytest.mark.django_db


def names(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    """Walk the resolver; admin has its own test."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield ":".join((*spaces, str(entry.name)))
        elif entry.namespace != "admin":
            yield from names(entry, (*spaces, str(entry.namespace)) if entry.namespace else spaces)


def address_of(name: str, entry: Address, things: Things) -> str:
    """Return the path of an address with maker A's and shopper A's things in it."""
    known = asdict(things)
    kwargs: dict[str, Any] = {}
    for word in entry.args.split():
        argument, _, thing = word.partition("=")
        kwargs[argument] = known[thing or argument]
    for word in entry.extra.split():
        argument, _, value = word.partition("=")
        kwargs[argument] = value.format(**known)
    return reverse(name, kwargs=kwargs)


class Writes:
    """Remembers every statement that writes to a watched room."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001  Django's shape
        """Pass a statement on."""
        if WRITE.match(sql):
            self.seen.append(sql[:80])
        return execute(sql, params, many, context)


class Knocker:
    """One actor, with a browser and a token."""

    def __init__(self, name: str, user: User | None) -> None:
        self.name = name
        self.client = Client(headers=SAME_ORIGIN)
        self.token = tokens.issue(user)[0] if user else ""
        ApiToken.objects.update(second_factor_at=clock.now())  # whoever is refused is refused for who they are
        if user:
            self.client.force_login(user)
        self.cookies = {key: morsel.value for key, morsel in self.client.cookies.items()}

    def knock(self, name: str, method: str, path: str) -> Any:
        """Send one request as a fresh browser would."""
        client = Client(headers=SAME_ORIGIN)
        if not name.startswith("api:"):
            client.cookies.load(self.cookies)
            return client.generic(method, path, b"", content_type="application/x-www-form-urlencoded")
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return client.generic(
            method, path, json.dumps(BODIES.get(name, {})).encode(), content_type="application/json", headers=headers
        )


def outcome(response: Any) -> str:
    """Put an answer into its class."""
    status = response.status_code
    if status == 401 or (status == 302 and response.headers["Location"].startswith("/masuk/?next=")):
        return "login"
    return {404: "nothing", 405: "method"}.get(status, "in" if status < 500 else "fault")


def expected(entry: Address, actor: str, method: str, *, is_api: bool) -> set[str]:
    """Return what may come of it: who is refused at the door need not learn which methods there are."""
    is_known = method in entry.methods.split()
    refused = {"login"} if actor == "guest" and entry.to_login else {"nothing"}
    if actor in entry.may:
        return {"in"} if is_known else {"method"}
    if is_known:
        return refused
    return refused | ({"method"} if not is_api or actor != "guest" or not entry.to_login else set())


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A picture that everybody may see."""
    if not default_storage.exists(PICTURE):
        default_storage.save(PICTURE, ContentFile(b"RIFF"))


def test_every_address_is_in_the_table() -> None:
    twins = {name for name in names(get_resolver()) if name.startswith("account_")}  # allauth's names of the same addresses
    known = set(TABLE) | twins | ANY_METHOD
    assert set(names(get_resolver())) == known
    ours = {reverse(name) for name in TABLE if not TABLE[name].args and not TABLE[name].extra}
    assert {reverse(name) for name in twins} <= ours


@pytest.mark.usefixtures("picture")
@pytest.mark.parametrize("actor", ACTORS)
def test_who_gets_in(actor: str) -> None:
    everybody = actors.people()
    things = actors.things(everybody)
    knocker = Knocker(actor, everybody.get(actor))
    wrong = []
    for name, entry in TABLE.items():
        path = address_of(name, entry, things)
        for method in METHODS if actor in EVERY_METHOD else {"GET", "POST", *entry.methods.split()}:
            found, writes = once(knocker, name, method, path)
            if found not in expected(entry, actor, method, is_api=name.startswith("api:")):
                wrong.append(f"{method} {name}: {found}")
            if found in {"login", "nothing", "method"} and writes:
                wrong.append(f"{method} {name}: {found}, and yet {writes}")
    assert not wrong, "\n".join(wrong)


def once(knocker: Knocker, name: str, method: str, path: str) -> tuple[str, list[str]]:
    """Knock and undo; return the class of the answer, and what was written."""
    writes = Writes()
    attempt = transaction.atomic()
    attempt._from_testcase = True  # type: ignore[attr-defined]  # noqa: SLF001  verbs are durable inside it, as inside a TestCase
    with attempt, connection.execute_wrapper(writes):
        response = knocker.knock(name, method, path)
        if response.streaming:
            b"".join(response)
        transaction.set_rollback(True)
    return outcome(response), writes.seen


@pytest.mark.parametrize("actor", ["guest", "shopper_a", "admin"])
@pytest.mark.parametrize("path", ["/tidak-ada/", "/en/tidak/ada/", "/api/v1/tidak-ada/", "/keranjang/tidak/ada/"])
def test_nothing_is_nowhere(actor: str, path: str) -> None:
    knocker = Knocker(actor, actors.people().get(actor))
    name = "api:nowhere" if path.startswith("/api/") else "nowhere"
    assert {knocker.knock(name, method, path).status_code for method in METHODS} == {404}


@pytest.mark.parametrize("actor", ACTORS)
def test_only_admins_with_a_second_factor_reach_the_admin_site(actor: str) -> None:
    user = actors.people().get(actor)
    client = Client()
    if user:
        client.force_login(user)
    places = ("/admin/", "/admin/accounts/user/")
    assert 200 not in {client.get(path).status_code for path in places}
    if user:
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert {client.get(path).status_code == 200 for path in places} == {actor == "admin"}
