"""The worker's doors of the outbox."""

from celery import shared_task

from bebeli.kit import locks
from bebeli.notices.flows import digests, send


@shared_task(name="notices.send")
def send_about(ref: str) -> None:
    """Send what is due about one ref."""
    send.send_due(ref)


@shared_task(name="notices.sweep")
def sweep() -> None:
    """Send whatever is due, until nothing is left or enough was done for one round."""
    for _round in range(20):
        if send.send_due() < send.BATCH:
            return


@shared_task(name="notices.sweep_digests")
def sweep_digests() -> None:
    """Send the digests that are due, until nothing is left or enough was done for one round."""
    for _round in range(20):
        if digests.send_due() < locks.BATCH:
            return
