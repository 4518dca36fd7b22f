"""Whether two names are one person's or one business's, as a bank writes them."""

from __future__ import annotations

import re
import unicodedata

FORMS = frozenset({"pt", "cv", "ud", "pd", "tbk", "koperasi", "toko", "h", "hj", "bpk", "ibu", "sdr", "sdri"})
LONG_ENOUGH = 16  # banks cut names off; a shorter beginning proves nothing


def folded(name: str) -> str:
    """Return a name without accents, case, punctuation, legal forms and titles."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
    words = re.findall(r"[a-z0-9]+", plain.casefold())
    return " ".join(word for word in words if word not in FORMS)


def agree(one: str, other: str) -> bool:
    """Tell whether two names fold to the same, or to a long beginning of the same."""
    short, long = sorted((folded(one), folded(other)), key=len)
    if not short:
        return False
    return short == long or (len(short) >= LONG_ENOUGH and long.startswith(short))


def is_sellers(holder: str, owner_name: str, business_name: str) -> bool:
    """Tell whether an account's holder is the seller's owner or the business itself."""
    return agree(holder, owner_name) or agree(holder, business_name)
