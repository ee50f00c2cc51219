"""A backup is worth what its restoring is worth: each test restores."""

import tarfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from sunward.accounts.models import User
from sunward.core import clock
from sunward.core.refusals import Refusal
from sunward.web import backups
from tests.factories import make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


def test_what_was_backed_up_comes_back_and_what_came_later_is_gone(tmp_path, uploads):
    make_user("before", name="张三")
    default_storage.save("batch/1.xlsx", ContentFile(b"cells"))
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    make_user("after")
    default_storage.save("batch/2.xlsx", ContentFile(b"more"))
    note = backups.restore(tmp_path / "one.tar", replace=True)
    assert note.vendor == connection.vendor
    assert list(User.objects.values_list("username", "name")) == [("before", "张三")]
    assert sorted(path.name for path in uploads.rglob("*.xlsx")) == ["1.xlsx"]
    # The database still works as one: triggers, sequences and the search index came along.
    assert make_user("again").pk != User.objects.get(username="before").pk


def test_a_backup_is_readable_by_its_owner_alone_and_leaves_no_half_file(tmp_path):
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    assert (tmp_path / "one.tar").stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["one.tar"]


def test_a_database_without_sunward_is_not_backed_up_as_if_it_were_one(tmp_path, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda *args, **more: ["spatial_ref_sys"])
    with pytest.raises(Refusal, match=r"backup\.nothing_there"):
        backups.back_up(tmp_path / "one.tar", now=clock.now())
    assert not list(tmp_path.glob("one.tar*"))


def test_no_key_is_in_a_backup(tmp_path, settings):
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    content = (tmp_path / "one.tar").read_bytes()
    for key in (settings.SECRET_KEY, settings.SUNWARD_SEALING_KEYS, settings.SUNWARD_BLIND_INDEX_KEY):
        assert key.encode() not in content


def test_data_is_not_overwritten_unless_asked(tmp_path):
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    make_user("after")
    with pytest.raises(Refusal, match=r"backup\.not_empty"):
        backups.restore(tmp_path / "one.tar")
    assert User.objects.filter(username="after").exists()


def test_a_damaged_file_changes_nothing(tmp_path):
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    make_user("after")
    whole = (tmp_path / "one.tar").read_bytes()
    (tmp_path / "half.tar").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Refusal, match=r"backup\.unreadable"):
        backups.restore(tmp_path / "half.tar", replace=True)
    (tmp_path / "none.tar").write_bytes(b"not a backup")
    with pytest.raises(Refusal, match=r"backup\.unreadable"):
        backups.restore(tmp_path / "none.tar", replace=True)
    assert User.objects.filter(username="after").exists()


@pytest.mark.parametrize("name", ["../outside", "{folder}/outside"])
def test_nothing_of_a_backup_lands_outside_its_folder(tmp_path, monkeypatch, name):
    # As on an early Python 3.11, which does not look where a member lands.
    monkeypatch.delattr(tarfile, "data_filter", raising=False)
    with tarfile.open(tmp_path / "bad.tar", "w") as archive:
        backups._add_text(archive, name.format(folder=tmp_path), "x")
    with pytest.raises(Refusal, match=r"backup\.unreadable"):
        backups.restore(tmp_path / "bad.tar", replace=True)
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_another_database_is_refused(tmp_path):
    backups.back_up(tmp_path / "one.tar", now=clock.now())
    other = "postgresql" if connection.vendor == "sqlite" else "sqlite"
    with tarfile.open(tmp_path / "one.tar") as archive:
        backups._extract(archive, tmp_path / "open")
    note = tmp_path / "open" / "backup.json"
    note.write_text(note.read_text().replace(connection.vendor, other))
    with tarfile.open(tmp_path / "other.tar", "w") as archive:
        for path in (tmp_path / "open").iterdir():
            archive.add(path, arcname=path.name)
    with pytest.raises(Refusal, match=r"backup\.other_database"):
        backups.restore(tmp_path / "other.tar", replace=True)


def test_a_full_disk_leaves_no_half_backup(tmp_path, monkeypatch):
    def no_space(self, *arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tarfile.TarFile, "add", no_space)
    with pytest.raises(Refusal, match=r"backup\.not_written"):
        backups.back_up(tmp_path / "one.tar", now=clock.now())
    assert not list(tmp_path.glob("one.tar*"))
