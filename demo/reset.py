"""`make reset`: forget the demo's data; refused while it runs."""

from __future__ import annotations

import shutil
import sys

from demo.children import ChildFailed, end_orphans
from demo.layout import HOME
from demo.run import alone
from demo.services.identity import outside

KEPT = {"demo.lock", "bootstrap.lock"}


def main() -> int:
    """Remove everything below .local but the locks."""
    try:
        with alone():
            end_orphans(HOME)
            for path in HOME.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name not in KEPT:
                    path.unlink()
            shutil.rmtree(outside(HOME / "postgres"), ignore_errors=True)
    except ChildFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    print("Data demo sudah dilupakan. `make demo` memulai dari awal.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
