"""The passwords of one private set of services, made once and kept for their owner's eyes only."""

from __future__ import annotations

import base64
import json
import os
import secrets
from dataclasses import asdict, dataclass, field
from pathlib import Path


def _password() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Keys:
    """Every secret the services and the shop need."""

    superuser: str = field(default_factory=_password)
    owner: str = field(default_factory=_password)
    app: str = field(default_factory=_password)
    valkey: str = field(default_factory=_password)
    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    field_key: str = field(default_factory=lambda: base64.b64encode(secrets.token_bytes(32)).decode())
    midtrans_server_key: str = field(default_factory=lambda: f"SB-Mid-server-{secrets.token_urlsafe(18)}")

    @classmethod
    def kept_in(cls, path: Path) -> Keys:
        """Return the keys kept in the file; the first call makes them."""
        if path.exists():
            return cls(**json.loads(path.read_text()))
        keys = cls()
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, json.dumps(asdict(keys), indent=2))
        return keys


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    half = path.with_name(f".{path.name}.half")
    half.unlink(missing_ok=True)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    half.replace(path)
