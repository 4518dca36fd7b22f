"""The environment made from nothing: whom it trusts, and what it says when a step fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from demo import bootstrap


@pytest.mark.parametrize("known", [True, False])
def test_the_machines_own_certificates_count_where_it_has_some(
    *, known: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands: list[list[str]] = []
    bundle = tmp_path / "ca-certificates.crt"
    if known:
        bundle.touch()
    monkeypatch.setattr(bootstrap, "MACHINE_TRUSTS", bundle)
    monkeypatch.setattr(bootstrap, "VENV", tmp_path)
    monkeypatch.setattr(bootstrap, "is_fresh", lambda _name: False)
    monkeypatch.setattr(bootstrap, "_works", lambda: True)
    monkeypatch.setattr(bootstrap, "_speaks", lambda: True)
    monkeypatch.setattr(bootstrap, "_run", lambda command, _advice: commands.append(command))
    assert bootstrap.main([]) == 0
    assert ["sync" in command for command in commands] == [False, True]
    assert ("--system-certs" in commands[1]) is known


def test_a_failing_step_says_what_to_do(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(bootstrap, "is_fresh", lambda _name: False)
    monkeypatch.setattr(bootstrap, "_works", lambda: False)
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert bootstrap.main([]) == 1
    assert "Hapus folder .venv lalu ulangi." in capsys.readouterr().err
