"""Makes the virtual environment of this checkout from nothing, by the standard library alone."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Generator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"base": ROOT / "requirements.lock", "e2e": ROOT / "requirements-e2e.lock"}
UV_LOCK = ROOT / "requirements-uv.lock"
LOCALES = ROOT / "locale"
OLDEST = (3, 11)
MACHINE_TRUSTS = Path("/etc/ssl/certs/ca-certificates.crt")
SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


class Failed(RuntimeError):  # noqa: N818 - read as a sentence
    """A step did not succeed; the message says what to do."""


class Steps:
    """Progress that can be watched: a spinner on a terminal, plain lines elsewhere."""

    def __init__(self) -> None:
        self._is_terminal = sys.stdout.isatty()

    @contextlib.contextmanager
    def step(self, words: str) -> Generator[None, None, None]:
        """Show the step while it lasts, then how many seconds it took."""
        begin, done = time.monotonic(), threading.Event()
        if not self._is_terminal:
            print(f"  … {words}", flush=True)
        spinner = threading.Thread(target=self._spin, args=(words, begin, done), daemon=True)
        if self._is_terminal:
            spinner.start()
        mark = "✗"
        try:
            yield
            mark = "✓"
        finally:
            done.set()
            if self._is_terminal:
                spinner.join()
                print("\r\x1b[K", end="")
            print(f"  {mark} {words} ({time.monotonic() - begin:.1f} dtk)", flush=True)

    def _spin(self, words: str, begin: float, done: threading.Event) -> None:
        for turn in range(1_000_000):
            mark = SPINNER[turn % len(SPINNER)]
            print(f"\r\x1b[K  {mark} {words} … {time.monotonic() - begin:.0f} dtk", end="", flush=True)
            if done.wait(0.1):
                return


def stamp(name: str) -> tuple[Path, str]:
    """Return where the stamp of a lock is kept and what it must say."""
    wanted = hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()
    return VENV / f".stamp-{name}", f"{wanted} {ROOT}"


def is_fresh(name: str) -> bool:
    """Tell whether the environment already holds what the lock says."""
    path, wanted = stamp(name)
    try:
        return path.read_text() == wanted and PYTHON.exists()
    except OSError:
        return False


def _speaks() -> bool:
    """Tell whether each compiled language is as new as its source."""
    with contextlib.suppress(OSError):
        return all(
            source.with_suffix(".mo").stat().st_mtime >= source.stat().st_mtime
            for source in LOCALES.glob("*/LC_MESSAGES/django.po")
        )
    return False


def main(arguments: Sequence[str]) -> int:
    """Bring the environment up to the locks; `--e2e` adds the browser tests' own."""
    names = ["base", "e2e"] if "--e2e" in arguments else ["base"]
    if all(map(is_fresh, names)) and _speaks():
        return 0
    try:
        with _alone():
            _bring_up(names)
            if not _speaks():
                _run([str(PYTHON), "-m", "demo.translations", "--compile"], "Periksa berkas di locale/.")
    except Failed as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    return 0


@contextlib.contextmanager
def _alone() -> Generator[None, None, None]:
    """Let only one bootstrap work in this checkout at a time."""
    path = ROOT / ".local" / "bootstrap.lock"
    path.parent.mkdir(exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("  … menunggu pemasangan lain di folder ini selesai", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _bring_up(names: list[str]) -> None:
    steps = Steps()
    if not is_fresh("base"):  # another bootstrap may have done it meanwhile
        _check_python()
        if not _works():
            with steps.step("Membuat lingkungan Python (.venv)"):
                _run([sys.executable, "-m", "venv", "--clear", str(VENV)], "Hapus folder .venv lalu ulangi.")
        if not (VENV / "bin" / "uv").exists():
            with steps.step("Mengambil uv"):
                _run([*_pip(), "install", "-q", "--require-hashes", "-r", str(UV_LOCK)], _online())
        with steps.step("Memasang pustaka terkunci (requirements.lock)"):
            (VENV / ".stamp-e2e").unlink(missing_ok=True)  # what the lock does not name is removed
            _uv("sync", "base")
        _know_the_checkout()
        _write_stamp("base")
    if "e2e" in names and not is_fresh("e2e"):
        with steps.step("Memasang pustaka uji peramban (requirements-e2e.lock)"):
            _uv("install", "e2e")
        _write_stamp("e2e")


def _check_python() -> None:
    if sys.version_info < OLDEST:
        message = f"Perlu Python 3.11 atau lebih baru; {sys.executable} adalah {sys.version.split()[0]}."
        raise Failed(message)
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        sudo = "" if os.geteuid() == 0 else "sudo "
        line = f"{sudo}apt-get install -y python3-venv"
        message = f"python3 di mesin ini belum lengkap. Jalankan:\n\n    {line}\n\nlalu ulangi."
        raise Failed(message)


def _works() -> bool:
    """Tell whether the environment's own python and pip still run (a moved or half-made one does not)."""
    try:
        return subprocess.run([*_pip(), "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _pip() -> list[str]:
    return [str(PYTHON), "-m", "pip", "--disable-pip-version-check"]


def _uv(verb: str, name: str) -> None:
    from_lock = ["-r", str(LOCKS[name])] if verb == "install" else [str(LOCKS[name])]
    uv = [str(VENV / "bin" / "uv"), "pip", verb, "--quiet", "--require-hashes", "--python", str(PYTHON)]
    trust = ["--system-certs"] if MACHINE_TRUSTS.exists() else []  # an office's proxy may have a certificate of its own
    _run([*uv, *trust, *from_lock], _online())


def _online() -> str:
    return "Periksa sambungan internet (PyPI harus dapat dihubungi) dan ruang disk, lalu ulangi."


def _run(command: list[str], advice: str) -> None:
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if answer.returncode:
        words = "\n".join((answer.stdout + answer.stderr).strip().splitlines()[-15:])
        message = f"Gagal: {shutil.which(command[0]) or command[0]} {' '.join(command[1:3])} …\n{words}\n\n{advice}"
        raise Failed(message)


def _know_the_checkout() -> None:
    """Put the checkout on the environment's path, so that every tool in it finds the packages from anywhere."""
    for packages in VENV.glob("lib/python3.*/site-packages"):
        (packages / "bebeli.pth").write_text(f"{ROOT}\n")


def _write_stamp(name: str) -> None:
    path, wanted = stamp(name)
    path.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
