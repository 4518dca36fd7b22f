"""Files against rows, both ways."""

from __future__ import annotations

import os
import time
from contextlib import nullcontext
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client

from bebeli.catalog import pictures
from bebeli.catalog.actions.add_picture import add_picture
from bebeli.kit import files
from bebeli.kit.models import FilesRun
from bebeli.kit.tasks import compare_files
from bebeli.orders.files import COLUMNS
from bebeli.orders.models import TransferProof
from tests import world

pytestmark = pytest.mark.django_db

BACKEND = "bebeli.kit.storage.RoomyFileSystemStorage"


@pytest.fixture(autouse=True)
def place(settings: Any, tmp_path: Path) -> Path:
    """Storages of the test's own."""
    own = {name: {"BACKEND": BACKEND, "OPTIONS": {"location": str(tmp_path / name)}} for name in ("default", "private")}
    settings.STORAGES = {**settings.STORAGES, **own}
    return tmp_path


def stray(place: Path, name: str, days: float) -> Path:
    """A file of which no row speaks."""
    path = place / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    then = time.time() - days * 86_400
    os.utime(path, (then, then))
    return path


def proof() -> TransferProof:
    return world.transferred(world.user(), (world.variant(), 1))


def test_what_a_row_speaks_of_and_lies_there_is_whole() -> None:
    proof()
    made = world.variant().product
    add_picture(made.pk, pictures.keep(world.picture()))
    found = files.compare()
    assert found.is_whole
    assert found.files == 1 + len(pictures.KINDS) * len(made.pictures.get().widths)


def test_a_stray_is_found_once_nobody_can_be_at_it_any_more(place: Path) -> None:
    for name in ("private/bukti/a.webp", "private/keluhan/b.webp", "private/exports/c.pdf", "default/p/ab/ab12-240.webp"):
        stray(place, name, 1.1)
        stray(place, name.replace(".", "-young."), 0.9)
    assert files.compare().unnamed == [
        "default:p/ab/ab12-240.webp",
        "private:bukti/a.webp",
        "private:keluhan/b.webp",
        "private:exports/c.pdf",
    ]


def test_a_lost_file_is_named(place: Path) -> None:
    kept = proof()
    storages["private"].delete(kept.name)
    found = files.compare()
    assert (found.missing, found.unnamed) == ([f"private:{kept.name}"], [])


def test_a_row_that_went_while_we_looked_is_not_missed() -> None:
    asked = iter([{"gone.pdf"}, set()])
    found = files.Found()
    files._compare(files.Folder("private", "exports", lambda: next(asked)), found)  # noqa: SLF001  between two looks
    assert found.is_whole


def test_the_command_says_it_and_takes_strays_away_when_told(place: Path) -> None:
    left, kept = stray(place, "private/bukti/a.webp", 2), proof()
    for options, is_there in (((), True), (("--remove",), False)):
        out = StringIO()
        with pytest.raises(SystemExit) if is_there else nullcontext():
            call_command("check_files", *options, stdout=out)
        assert out.getvalue() == "private:bukti/a.webp: no row speaks of it\n"
        assert left.exists() is is_there
    assert storages["private"].exists(kept.name)
    call_command("check_files")


def test_finance_and_auditor_see_the_last_comparison(place: Path, client: Client) -> None:
    stray(place, "private/bukti/a.webp", 2)
    kept = proof()
    storages["private"].delete(kept.name)
    compare_files()
    compare_files()
    assert FilesRun.objects.count() == 1
    client.force_login(world.auditor())
    page = client.get("/keuangan/buku/").content.decode()
    assert "1 berkas hilang" in page
    assert "1 berkas tanpa catatan" in page
    assert kept.name in page


def test_every_column_that_names_a_private_file_is_looked_at() -> None:
    told = {(model, column) for columns in COLUMNS.values() for model, column in columns}
    kept = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.fields  # noqa: SLF001  Django's documented name
        if "private storage" in str(field.help_text)
    }
    assert kept
    assert kept <= told
