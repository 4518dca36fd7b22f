"""A backup is worth what its restore is worth."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
from django.db import connection

from demo import drill
from demo.services import Services
from demo.services.postgres import Postgres


def address() -> str:
    told = connection.settings_dict
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"


@pytest.mark.django_db
def test_everything_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DATABASE_URL")
    assert drill.drill(address(), tmp_path) == 0
    said = capsys.readouterr().out
    assert "Sama persis" in said
    assert "0 baris" not in said.splitlines()[-2].split(",")[0].split("  ")


@pytest.mark.django_db
def test_a_lost_row_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DATABASE_URL")
    restore = drill._restore  # noqa: SLF001  the loss happens right behind it

    def lossy(binaries: Path, dump: Path, services: Services) -> None:
        restore(binaries, dump, services)
        assert isinstance(services.postgres, Postgres)
        with psycopg.connect(services.postgres.url("postgres")) as copy:
            copy.execute("DELETE FROM places_tariff WHERE id = (SELECT min(id) FROM places_tariff)")

    monkeypatch.setattr(drill, "_restore", lossy)
    assert drill.drill(address(), tmp_path) == 1
    assert "BERBEDA: places_tariff" in capsys.readouterr().out


def test_without_a_database_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("DATABASE_URL")
    monkeypatch.setattr(drill, "HOME", tmp_path)
    assert drill.main() == 1
    assert "make demo" in capsys.readouterr().err
