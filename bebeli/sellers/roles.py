"""Who acts for a seller, asked of rows."""

from __future__ import annotations

from bebeli.sellers.models import Membership


def acts_for_a_seller(user_id: int) -> bool:
    """Tell whether a person acts for any stall."""
    return Membership.objects.filter(user_id=user_id, user__is_active=True).exists()
