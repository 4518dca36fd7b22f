"""The worker's doors of the ground."""

from celery import shared_task

from bebeli.kit import files
from bebeli.kit.models import FilesRun


@shared_task(name="kit.compare_files")
def compare_files() -> None:
    """Files against rows, written down."""
    FilesRun.objects.note(files.compare())
