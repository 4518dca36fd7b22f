"""Hang a picture on a product, or take it off."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from bebeli.catalog.models import Picture, Product
from bebeli.catalog.pictures import Kept
from bebeli.kit.errors import Refused
from bebeli.kit.steps import verb

MOST_PICTURES = 8


@verb
def add_picture(product_id: int, kept: Kept) -> Picture:
    """Add a stored picture; the first becomes the cover. The same picture twice is a quiet success."""
    product = Product.objects.get(pk=product_id)
    known = Picture.objects.filter(product=product)
    if (same := known.filter(digest=kept.digest).first()) is not None:
        return same
    if known.count() >= MOST_PICTURES:
        raise Refused("too_many_pictures", _("Satu produk paling banyak 8 foto. Hapus satu dulu."))
    picture = Picture.objects.create(
        product=product,
        digest=kept.digest,
        width=kept.width,
        height=kept.height,
        widths=list(kept.widths),
        alt_id=product.name_id,
        position=known.count(),
    )
    cover(product)
    return picture


@verb
def remove_picture(product_id: int, picture_id: int) -> None:
    """Take a picture off; a missing one is a quiet success."""
    product = Product.objects.get(pk=product_id)
    Picture.objects.filter(product=product, pk=picture_id).delete()
    cover(product)


def cover(product: Product) -> None:
    """Show the first picture in lists."""
    first = Picture.objects.filter(product=product).first()
    product.cover = first.digest if first else ""
    product.save(update_fields=["cover"])
