"""The worker's doors of the catalog."""

from celery import shared_task

from bebeli.catalog.actions.count_words import count_words


@shared_task(name="catalog.count_words")
def count() -> None:
    """The vocabulary of search."""
    count_words()
