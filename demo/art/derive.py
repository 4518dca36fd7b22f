"""Makes the committed derivatives of the drawn pictures: AVIF and WebP in sizes, named by the hash of what they show."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from PIL import Image

HERE = Path(__file__).resolve().parent
STORY = HERE.parent / "story"
OUT = STORY / "pictures"
WIDTHS = (240, 480, 960)
QUALITY = {"avif": {240: 52, 480: 50, 960: 46}, "webp": {240: 72, 480: 66, 960: 60}}


def opened(path: Path) -> Image.Image:
    """Return a drawn picture."""
    return Image.open(path).convert("RGB")


def mark(picture: Image.Image) -> Image.Image:
    """Return a stall's picture: the middle of its first product's."""
    edge = picture.width // 8
    return picture.crop((edge, edge, picture.width - edge, picture.height - edge)).resize((480, 480), Image.Resampling.LANCZOS)


def derive(picture: Image.Image) -> dict[str, Any]:
    """Write one picture's derivatives and return how it is known."""
    digest = hashlib.sha256(f"{picture.size}".encode() + picture.tobytes()).hexdigest()[:32]
    (OUT / digest[:2]).mkdir(parents=True, exist_ok=True)
    widths = [width for width in WIDTHS if width <= picture.width]
    for width in widths:
        small = picture.resize((width, width), Image.Resampling.LANCZOS)
        small.save(OUT / digest[:2] / f"{digest}-{width}.avif", "AVIF", quality=QUALITY["avif"][width], speed=6)
        small.save(OUT / digest[:2] / f"{digest}-{width}.webp", "WEBP", quality=QUALITY["webp"][width], method=6)
    return {"digest": digest, "width": picture.width, "height": picture.height, "widths": widths}


def main() -> None:
    """Derive everything anew."""
    shutil.rmtree(OUT, ignore_errors=True)
    drawn = {path.stem.replace("_", ":", 1): path for path in sorted((HERE / "build").glob("*.png"))}
    known = {name: derive(opened(path)) for name, path in drawn.items()}
    for name, path in drawn.items():
        seller = name.partition("-")[0]
        if seller.startswith("S") and f"mark:{seller}" not in known:
            known[f"mark:{seller}"] = derive(mark(opened(path)))
    (STORY / "pictures.json").write_text(json.dumps(known, indent=0, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
