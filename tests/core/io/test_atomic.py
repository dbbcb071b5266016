"""Saving: whatever happens on the way, the file is the old one or the new one, and nothing else is left."""
import errno
import os
import stat

import pytest

from core.errors import FormatError
from core.io import atomic, documents
from tests.core._build import chain, dense, xor

OLD, NEW = b"old content", b"new content " * 1000
posix = pytest.mark.skipif(os.name != "posix", reason="permissions and links of POSIX")


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "network.json"
    path.write_bytes(OLD)
    return path


def intact(file, content=OLD):
    return file.read_bytes() == content and [p.name for p in file.parent.iterdir()] == [file.name]


def refused(path, data=NEW):
    with pytest.raises(FormatError) as caught:
        atomic.write_bytes(path, data)
    problem = caught.value.problem
    assert problem.code == "file.write"
    assert problem.message.endswith(".")
    assert problem.hint.endswith(".")
    return problem


def test_the_new_content_replaces_the_old(file):
    atomic.write_bytes(file, NEW)
    assert intact(file, NEW)


def test_a_file_that_was_not_there_is_made(tmp_path):
    atomic.write_bytes(tmp_path / "fresh.json", NEW)
    assert (tmp_path / "fresh.json").read_bytes() == NEW


def test_the_temporary_file_lies_in_the_same_folder_and_is_flushed_before_it_takes_the_place(file, monkeypatch):
    steps = []
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("flush"))
    replace = os.replace

    def watched(source, target):
        steps.append((os.path.dirname(source), os.path.getsize(source)))
        replace(source, target)

    monkeypatch.setattr(os, "replace", watched)
    atomic.write_bytes(file, NEW)
    assert steps == ["flush", (str(file.parent), len(NEW))]


class Broken:
    """A file that fails at one step."""

    def __init__(self, file, step, error):
        self._file, self._step, self._error = file, step, error

    def __enter__(self):
        return self

    def __exit__(self, *reason):
        self._file.close()
        if self._step == "close" and reason[0] is None:
            raise self._error

    def write(self, data):
        self._file.write(data[: len(data) // 2])
        if self._step == "write":
            raise self._error

    def flush(self):
        self._file.flush()
        if self._step == "flush":
            raise self._error

    def fileno(self):
        return self._file.fileno()


def break_at(monkeypatch, step, error):
    def fail(*args, **options):
        raise error

    if step in ("write", "flush", "close"):
        fdopen = os.fdopen
        monkeypatch.setattr(os, "fdopen", lambda handle, mode: Broken(fdopen(handle, mode), step, error))
    elif step == "create":
        monkeypatch.setattr(atomic.tempfile, "mkstemp", fail)
    else:
        monkeypatch.setattr(os, step, fail)


STEPS = ["create", "write", "flush", "fsync", "close", "chmod", "replace"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("number", "reason", "hint"), [
    (errno.ENOSPC, "the disk is full", "Free some space"), (errno.EACCES, "you may not write there", "another folder"),
    (errno.EROFS, "that disk is read-only", "another folder"), (errno.EDQUOT, "quota is used up", "Free some space"),
    (errno.EIO, os.strerror(errno.EIO), "another place"),
])
def test_an_error_at_any_step_leaves_the_old_file_and_says_why(file, monkeypatch, step, number, reason, hint):
    break_at(monkeypatch, step, OSError(number, os.strerror(number)))
    problem = refused(file)
    monkeypatch.undo()
    assert intact(file)
    assert problem.message == (f"network.json was not saved: {problem.message.split(': ')[1]}")
    assert reason in problem.message
    assert problem.message.endswith("The file that was there is unchanged.")
    assert hint in problem.hint


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(), MemoryError()])
def test_an_interruption_at_any_step_leaves_the_old_file_and_goes_on_its_way(file, monkeypatch, step, error):
    break_at(monkeypatch, step, error)
    with pytest.raises(type(error)):
        atomic.write_bytes(file, NEW)
    monkeypatch.undo()
    assert intact(file)


@pytest.mark.parametrize("step", STEPS)
def test_an_error_leaves_nothing_behind_where_nothing_was(tmp_path, monkeypatch, step):
    break_at(monkeypatch, step, OSError(errno.ENOSPC, "no space"))
    problem = refused(tmp_path / "fresh.json")
    monkeypatch.undo()
    assert not list(tmp_path.iterdir())
    assert "unchanged" not in problem.message


def test_a_folder_that_does_not_exist_is_said(tmp_path):
    assert "the folder does not exist" in refused(tmp_path / "nowhere" / "network.json").message
    (tmp_path / "file").write_bytes(OLD)
    assert "the folder does not exist" in refused(tmp_path / "file" / "network.json").message


def test_a_folder_of_the_same_name_is_said(tmp_path):
    assert "there is a folder of that name" in refused(tmp_path).message


def test_names_that_no_system_takes_are_refused(tmp_path):
    assert "the name is too long" in refused(tmp_path / ("x" * 5000)).message
    assert refused(tmp_path / "a\0b").message


def test_a_long_name_that_the_system_takes_is_taken(tmp_path):
    path = tmp_path / ("n" * 250)
    atomic.write_bytes(path, NEW)
    assert path.read_bytes() == NEW


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_permissions_are_kept(file, mode):
    file.chmod(mode)
    atomic.write_bytes(file, NEW)
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
def test_a_new_file_gets_the_permissions_that_any_new_file_gets(tmp_path):
    (tmp_path / "plain").write_bytes(b"")
    atomic.write_bytes(tmp_path / "fresh", NEW)
    assert (tmp_path / "fresh").stat().st_mode == (tmp_path / "plain").stat().st_mode


@posix
def test_through_a_link_the_file_that_it_names_is_replaced(file):
    link = file.with_name("link.json")
    link.symlink_to(file)
    atomic.write_bytes(link, NEW)
    assert link.is_symlink()
    assert file.read_bytes() == NEW


@posix
def test_a_link_to_nothing_makes_the_file_that_it_names(tmp_path):
    link = tmp_path / "link.json"
    link.symlink_to(tmp_path / "target.json")
    atomic.write_bytes(link, NEW)
    assert (tmp_path / "target.json").read_bytes() == NEW
    assert link.is_symlink()


@posix
def test_links_in_a_circle_are_refused(tmp_path):
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.symlink_to(two)
    two.symlink_to(one)
    refused(one)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["one.json", "two.json"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_read_only_is_said(file):
    file.parent.chmod(0o500)
    try:
        assert "you may not write there" in refused(file).message
        assert file.read_bytes() == OLD
    finally:
        file.parent.chmod(0o700)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full device here")
def test_a_disk_that_is_really_full_leaves_the_old_file(file, monkeypatch):
    fdopen = os.fdopen

    def full(handle, mode):
        os.close(handle)
        return fdopen(os.open("/dev/full", os.O_WRONLY), mode)

    monkeypatch.setattr(os, "fdopen", full)
    problem = refused(file)
    monkeypatch.undo()
    assert "the disk is full" in problem.message
    assert intact(file)


def test_a_document_that_cannot_be_saved_leaves_the_one_that_was(tmp_path, monkeypatch):
    path = tmp_path / "network.json"
    documents.write(xor(), path)
    break_at(monkeypatch, "fsync", OSError(errno.ENOSPC, "no space"))
    with pytest.raises(FormatError, match="the disk is full"):
        documents.write(chain(dense(9)), path)
    monkeypatch.undo()
    assert documents.read(path) == xor()
