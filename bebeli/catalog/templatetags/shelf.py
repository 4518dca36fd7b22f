"""How the shelf's pictures are written."""

from __future__ import annotations

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bebeli.catalog.pictures import path_of

register = template.Library()


def srcset(digest: str, widths: tuple[int, ...], kind: str) -> str:
    """Return the candidates of one format."""
    return ", ".join(f"{settings.MEDIA_URL}{path_of(digest, width, kind)} {width}w" for width in widths)


@register.simple_tag
def picture(digest: str, alt: str = "", sizes: str = "240px", css: str = "", load: str = "lazy") -> SafeString:
    """Write a square picture in AVIF and WebP; nothing shows as a quiet ground. `load` is lazy or eager."""
    if not digest:
        if alt:  # the name of the link around it
            return format_html('<span class="block aspect-square bg-base-200 {}" role="img" aria-label="{}"></span>', css, alt)
        return format_html('<span class="block aspect-square bg-base-200 {}"></span>', css)
    widths = (240, 480, 960)
    urgent = format_html(' fetchpriority="high"') if load == "eager" else ""
    return format_html(
        '<picture><source type="image/avif" srcset="{}" sizes="{}">'
        '<img class="{}" src="{}" srcset="{}" sizes="{}" alt="{}" width="480" height="480" loading="{}" decoding="async"{}>'
        "</picture>",
        srcset(digest, widths, "avif"),
        sizes,
        css,
        f"{settings.MEDIA_URL}{path_of(digest, 480, 'webp')}",
        srcset(digest, widths, "webp"),
        sizes,
        alt,
        load,
        urgent,
    )


@register.simple_tag
def mark(digest: str, alt: str = "", css: str = "") -> SafeString:
    """Write a stall's small round picture."""
    if not digest:
        return format_html('<span class="block aspect-square rounded-full bg-base-200 {}"></span>', css)
    source = f"{settings.MEDIA_URL}{path_of(digest, 240, 'webp')}"
    return format_html(
        '<img class="rounded-full {}" src="{}" alt="{}" width="96" height="96" loading="lazy" decoding="async">',
        css,
        source,
        alt,
    )
