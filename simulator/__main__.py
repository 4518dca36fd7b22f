"""Start it: `python -m simulator --port 8001 --server-key … --merchant-id … --notify-url …`."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from types import FrameType

from simulator.bank import Bank
from simulator.post import Postman
from simulator.server import IrisKeys, Server


def main() -> int:
    """Serve until asked to end."""
    options = argparse.ArgumentParser(prog="simulator")
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--db", default=":memory:")
    options.add_argument("--server-key", required=True)
    options.add_argument("--merchant-id", required=True)
    options.add_argument("--notify-url", default="")
    options.add_argument("--speed", type=float, default=1.0, help="how many times faster notifications are retried")
    options.add_argument("--iris-notify-url", default="", help="where messages about payouts go")
    given = options.parse_args()
    if os.environ.get("DEBUG", "").lower() not in {"1", "true", "on", "yes"}:
        print("simulator menolak dipakai di luar DEBUG", file=sys.stderr)  # noqa: T201  a command line tool
        return 2
    bank = Bank(given.db, given.merchant_id, f"http://127.0.0.1:{given.port}")
    postman = Postman(bank, given.notify_url, given.server_key, given.speed)
    server = Server(given.port, bank, postman, given.server_key, IrisKeys(notify_url=given.iris_notify_url))

    def end(_number: int, _frame: FrameType | None) -> None:
        threading.Thread(target=server.shutdown).start()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    postman.start()
    server.serve_forever(poll_interval=0.1)
    postman.stop()
    bank.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
