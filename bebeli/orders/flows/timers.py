"""What happens by itself when time passes."""

from __future__ import annotations

from django.db.models import Q

from bebeli.kit import clock
from bebeli.kit.sweeping import each
from bebeli.orders.actions.cancel_order import cancel_unanswered
from bebeli.orders.actions.escalate_complaint import escalate_by_time
from bebeli.orders.actions.receive import complete_by_time
from bebeli.orders.models import Complaint, Order


def cancel_unanswered_due(limit: int = 100) -> int:
    """Cancel paid orders, and accepted ones whose buyer asked for it, whose maker did not answer in time."""
    waits = Q(status=Order.Status.PAID) | Q(status=Order.Status.PROCESSING, cancel_asked_at__isnull=False)
    due = Order.objects.filter(waits, answer_by__lte=clock.now()).order_by("answer_by")
    return each(due.values_list("pk", flat=True)[:limit], cancel_unanswered)


def complete_due(limit: int = 100) -> int:
    """Complete orders whose buyer let the window pass."""
    due = Order.objects.filter(status__in=[Order.Status.SHIPPED, Order.Status.DELIVERED], complete_by__lte=clock.now()).order_by(
        "complete_by"
    )
    return each(due.values_list("pk", flat=True)[:limit], complete_by_time)


def escalate_due(limit: int = 100) -> int:
    """Complaints whose turn was let pass go to an officer."""
    due = Complaint.objects.overdue().order_by("answer_by")
    return each(due.values_list("pk", flat=True)[:limit], escalate_by_time)
