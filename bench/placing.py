"""One client of the `place` verb: `prepare` fills carts and quotes them, `place` places them all. No HTTP.

Started as a process of its own with the shop's environment; it is told what to do line by line and answers each line.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import django

from demo.children import ChildFailed
from demo.layout import ROOT

LINES = 3


class Clients:
    """Some such processes, seen from outside."""

    def __init__(self, many: int, environment: Mapping[str, str]) -> None:
        command = [sys.executable, "-m", "bench.placing"]
        self._processes = [
            subprocess.Popen(
                [*command, str(number)],
                cwd=ROOT,
                env={**os.environ, **environment},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(many)
        ]

    def rate(self, each: int) -> float:
        """Prepare carts everywhere, then place them everywhere at once; return purchases a second."""
        self._tell(f"prepare {each}")
        begin = time.perf_counter()
        self._tell("place")
        return each * len(self._processes) / (time.perf_counter() - begin)

    def _tell(self, words: str) -> None:
        with ThreadPoolExecutor(len(self._processes)) as pool:
            list(pool.map(lambda process: _say(process, words), self._processes))

    def stop(self) -> None:
        """End them."""
        for process in self._processes:
            process.communicate()


def _say(process: subprocess.Popen[str], words: str) -> None:
    if process.stdin is None or process.stdout is None:
        raise ChildFailed(words)
    process.stdin.write(f"{words}\n")
    process.stdin.flush()
    if process.stdout.readline() != "done\n":
        message = f"a client of `place` failed at {words!r}"
        raise ChildFailed(message)


def main() -> None:
    """Do what each line says."""
    django.setup()
    carts = import_module("bench.carts").Carts(random.Random(int(sys.argv[1])), LINES)  # noqa: S311  which goods, not a secret
    for line in sys.stdin:
        verb, *many = line.split()
        if verb == "prepare":
            carts.prepare(int(many[0]))
        else:
            carts.place()
        print("done", flush=True)


if __name__ == "__main__":
    main()
