"""Whom Postgres may run as: it refuses root, so root hides in a user namespace or becomes nobody."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from demo.children import MYSELF, Identity

NOBODY = Identity("nobody", uid=65534)
USERNS = Identity("userns", prefix=("unshare", "-U", "--map-user=1000", "--map-group=1000"))
FALLBACK = Path("/var/tmp")  # noqa: S108 - checked for its owner below; survives a reboot, unlike /tmp


def choose(home: Path, binaries: Path) -> Identity:
    """Return the first identity that can run the binaries and write to the home."""
    if os.geteuid() != 0:
        return MYSELF
    home.mkdir(parents=True, exist_ok=True)
    if shutil.which("unshare") and _can_use(USERNS, home, binaries):
        return USERNS
    return NOBODY  # e.g. under Docker's default seccomp profile


def room_for(identity: Identity, home: Path) -> Path:
    """Return a directory that belongs to the identity: the home, or one outside where nobody may not enter the home."""
    home.mkdir(parents=True, exist_ok=True)
    if identity.uid is None:
        return home
    os.chown(home, identity.uid, identity.uid)
    if identity.run(["test", "-w", home]).returncode == 0:
        return home
    room = outside(home)
    room.mkdir(mode=0o700, exist_ok=True)
    if room.is_symlink() or room.stat().st_uid not in {0, identity.uid}:
        message = f"{room} belongs to somebody else; remove it and start again"
        raise PermissionError(message)
    os.chown(room, identity.uid, identity.uid)
    return room


def outside(home: Path) -> Path:
    """Return where the data of this home live when nobody may not enter it."""
    return FALLBACK / f"bebeli-{hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:12]}"


def binaries_for(identity: Identity, binaries: Path, room: Path) -> Path:
    """Return binaries the identity can run; copied where nobody may not enter the environment."""
    if identity.uid is None or identity.run([binaries / "postgres", "-V"]).returncode == 0:
        return binaries
    package = binaries.parents[1]
    for source in (
        package,
        package.with_name(f"{package.name}.libs"),
    ):  # side by side: the libraries are found by rpath
        if source.exists() and not (room / source.name).exists():
            shutil.copytree(source, room / source.name, symlinks=True)
    return room / package.name / binaries.relative_to(package)


def _can_use(identity: Identity, home: Path, binaries: Path) -> bool:
    return identity.run([binaries / "postgres", "-V"]).returncode == 0 and identity.run(["test", "-w", home]).returncode == 0
