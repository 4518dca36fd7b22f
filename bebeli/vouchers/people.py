"""Who used a voucher: an account, or a guest by e-mail or phone."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from bebeli.kit import codes


@dataclass(frozen=True)
class Person:
    """`phone` counts for guests only: an account may send a gift to anybody's phone. '' is not known yet."""

    user_id: int | None
    email: str = ""
    phone: str = ""

    @property
    def email_digest(self) -> str:
        """How the e-mail is remembered."""
        return codes.digest(self.email.lower()) if self.email else ""

    @property
    def phone_digest(self) -> str:
        """How a guest's phone is remembered."""
        return codes.digest(self.phone) if self.phone and self.user_id is None else ""

    @property
    def uses(self) -> Q:
        """The condition of this person's uses."""
        return uses_of(self.user_id, self.email_digest, self.phone_digest)


def uses_of(user_id: int | None, email_digest: str, phone_digest: str) -> Q:
    """Return the condition of uses by an account, an e-mail or a guest's phone; '' and None are nobody's."""
    found = Q(pk=None)
    if user_id is not None:
        found |= Q(user=user_id)
    if email_digest:
        found |= Q(email_digest=email_digest)
    if phone_digest:
        found |= Q(phone_digest=phone_digest)
    return found
