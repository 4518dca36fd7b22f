"""Where the shelf's pictures lie, and which rows speak of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bebeli.catalog.models import Picture
from bebeli.catalog.pictures import KINDS
from bebeli.kit.files import Folder


def folders() -> Iterator[Folder]:
    """The derivatives of pictures, by the first two digits of their digest."""
    for number in range(256):
        yield Folder("default", f"p/{number:02x}", _named(f"{number:02x}"))


def _named(begin: str) -> Callable[[], set[str]]:
    def named() -> set[str]:
        rows = Picture.objects.filter(digest__startswith=begin).values_list("digest", "widths").order_by()
        return {f"{digest}-{width}.{kind}" for digest, widths in rows.iterator() for width in widths for kind in KINDS}

    return named
