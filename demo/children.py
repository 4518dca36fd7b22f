"""Child processes that never outlive their parent, not even one that was killed."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
NOBODY = 65534
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent dies; used between fork and exec."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def user_namespaces_work() -> bool:
    """Tell whether root may appear as an ordinary user inside a namespace of its own."""
    exe = shutil.which("unshare")
    return bool(exe) and subprocess.run([exe, *NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


NAMESPACE = ("-U", "--map-user=1000", "--map-group=1000")


def start(
    command: Sequence[str | Path], *, log: Path | None = None, env: dict[str, str] | None = None, **kwargs: Any
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, its output appended to a log."""
    out: IO[bytes] | int = log.open("ab") if log else subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=env,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509  one prctl, safe between fork and exec
            **kwargs,
        )
    finally:
        if not isinstance(out, int):
            out.close()


def stop(process: subprocess.Popen[bytes], sign: int = signal.SIGTERM, seconds: float = 15) -> None:
    """End a child and everything in its session: first asked, then killed."""
    if process.poll() is None:
        process.send_signal(sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _kill_group(process.pid)
            process.wait(5)
    _kill_group(process.pid)


def _kill_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def is_running(pid: int, marker: str) -> bool:
    """Tell whether the process lives and its command line carries the marker, so that it is really ours."""
    try:
        return marker in Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return False
