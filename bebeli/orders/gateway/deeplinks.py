"""Where a payment page may send a buyer: the wallet's app, or the provider's own pages. Nothing else, whatever a reply says."""

from __future__ import annotations

from urllib.parse import SplitResult, urlsplit

LONGEST = 500
APPS = frozenset({"gojek", "shopeeid"})  # schemes that only the wallet's app answers
HOSTS = ("midtrans.com", "veritrans.co.id", "gojek.com", "gojek.link", "gopay.co.id", "airpay.co.id", "shopee.co.id")


def checked(url: object, base_url: str) -> str | None:
    """Return the address when it leads to a wallet or the provider, else None.

    Allowed: a wallet's own scheme; https to a listed host or one below it; the configured provider's very origin (the
    demo's stand-in speaks http on loopback). Names and passwords, odd ports and control characters are never allowed.
    """
    if not isinstance(url, str) or not 0 < len(url) <= LONGEST:
        return None
    if not url.isascii() or not url.isprintable() or any(sign in url for sign in ' \\"<>'):
        return None
    try:
        parts, ours = urlsplit(url), urlsplit(base_url)
        is_allowed = _is_app(parts) or _is_provider(parts) or _is_origin(parts, ours)
    except ValueError:
        return None
    return url if is_allowed else None


def _is_app(parts: SplitResult) -> bool:
    return parts.scheme in APPS and bool(parts.netloc)


def _is_provider(parts: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    is_known = any(host == known or host.endswith(f".{known}") for known in HOSTS)
    return parts.scheme == "https" and is_known and parts.port in {None, 443} and "@" not in parts.netloc


def _is_origin(parts: SplitResult, ours: SplitResult) -> bool:
    return parts.scheme in {"http", "https"} and (parts.scheme, parts.netloc) == (ours.scheme, ours.netloc)
