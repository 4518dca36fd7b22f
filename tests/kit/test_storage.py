"""A full disk is told in a sentence, leaves nothing behind, and stops nothing else; nor does a file that no row speaks of."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, storages
from django.db import InterfaceError, OperationalError
from django.test import Client

from bebeli.kit.storage import NoRoom, RoomyFileSystemStorage, kept_if_told
from bebeli.orders.models import TransferProof
from tests import world


def fails(patch: pytest.MonkeyPatch, number: int) -> None:
    """Files are opened, take a part, and then no more."""

    def half(self: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.read(10))
        raise OSError(number, "as the system says")

    patch.setattr(FileSystemStorage, "_save", half)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EROFS])
def test_what_did_not_fit_is_said_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    fails(monkeypatch, number)
    with pytest.raises(NoRoom):
        RoomyFileSystemStorage(location=tmp_path).save("a/b.webp", ContentFile(b"x" * 100))
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_another_fault_of_the_disk_stays_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fails(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match="as the system says"):
        RoomyFileSystemStorage(location=tmp_path).save("a.webp", ContentFile(b"x"))


def test_with_room_it_is_django_s_own(tmp_path: Path) -> None:
    storage = RoomyFileSystemStorage(location=tmp_path)
    with storage.open(storage.save("a.webp", ContentFile(b"x"))) as kept:
        assert kept.read() == b"x"


@pytest.mark.django_db
def test_a_buyer_with_a_proof_hears_it_and_goes_on(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    world.receiving()
    buyer = world.user()
    purchase = world.charged(buyer, (world.variant(), 1), method="manual_transfer")
    client.force_login(buyer)
    with monkeypatch.context() as patch:
        fails(patch, errno.ENOSPC)
        sent = {"bukti": world.picture(), "pengirim": "Siti"}
        answer = client.post(f"/pembelian/{purchase.code}/bukti/", sent, follow=True)
    assert answer.status_code == 200
    assert "Tempat menyimpan berkas sedang penuh" in answer.content.decode()
    assert not TransferProof.objects.exists()
    client.post(f"/pembelian/{purchase.code}/bukti/", {"bukti": world.picture(), "pengirim": "Siti"})
    assert TransferProof.objects.count() == 1


def kept() -> list[str]:
    """Two files that wait for their rows."""
    return [storages["private"].save(f"uji/{letter}.webp", ContentFile(b"x")) for letter in "ab"]


def there(names: list[str]) -> list[bool]:
    return [storages["private"].exists(name) for name in names]


def test_a_file_stays_when_a_row_speaks_of_it() -> None:
    names = kept()
    with kept_if_told(*names) as told:
        told.add(names[1])
    assert there(names) == [False, True]


@pytest.mark.parametrize(
    ("error", "stay"),
    [(ValueError, [False] * 2), (NoRoom, [False] * 2), (OperationalError, [True] * 2), (InterfaceError, [True] * 2)],
)
def test_a_file_goes_with_what_failed_unless_nobody_knows_whether_it_did(error: type[Exception], stay: list[bool]) -> None:
    names = kept()
    with pytest.raises(error), kept_if_told(*names):
        raise error
    assert there(names) == stay
