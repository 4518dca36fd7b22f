"""`make bench`: a home that is forgotten afterwards, and the bench in it. `--large` or BENCH_PRODUCTS grow to more products."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_INHERITED = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_URL", "REDIS_URL", "DEBUG", "DEMO", "BEBELI_RATE_LIMITS")


def main() -> int:
    """Run the bench on the checkout's own disk, as the demo does; a Ctrl-C reaches the child too, which then cleans up."""
    base = ROOT / ".local"
    base.mkdir(exist_ok=True)
    home = Path(tempfile.mkdtemp(prefix="bench-", dir=base))
    home.chmod(0o755)  # nobody, too, must reach the database below; the keys are 0600
    environment = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    command = [sys.executable, "-m", "bench.run", *sys.argv[1:]]
    try:
        bench = subprocess.Popen(command, cwd=ROOT, env={**environment, "BEBELI_HOME": str(home)})
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_signal: bench.terminate())
        return bench.wait()
    finally:
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
