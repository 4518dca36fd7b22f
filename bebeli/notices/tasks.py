"""The worker's doors of the outbox."""

from celery import shared_task

from bebeli.kit import locks
from bebeli.kit.ring import ring
from bebeli.notices.flows import digests, send


@shared_task(name="notices.send")
def send_about(ref: str) -> None:
    """Send what is due about one ref."""
    send.send_due(ref)


@shared_task(name="notices.sweep")
def sweep() -> None:
    """Send one batch of what is due, and ring for the next: between two batches the worker does what matters more."""
    if send.send_due() == send.BATCH:
        ring("notices.sweep")


@shared_task(name="notices.sweep_digests")
def sweep_digests() -> None:
    """Send one batch of the digests that are due, and ring for the next."""
    if digests.send_due() == locks.BATCH:
        ring("notices.sweep_digests")
