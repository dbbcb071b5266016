"""Work is never lost: saving, opening, closing, and what happens when the disk says no."""
from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from core.graph import edits
from core.graph.document import Node
from core.io import documents
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.notify import Notifier


def add(window: MainWindow, kind: str = "dense") -> None:
    """One edit, as the canvas does it."""
    name = edits.fresh_id(window.context.document, kind)
    window.context.edit(f"add {kind}", lambda d: edits.add_node(d, Node(name, kind)))


def answer(monkeypatch: pytest.MonkeyPatch, path: Path | str) -> None:
    """What the user picks in the file dialogs; empty means Cancel."""
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: (str(path), ""))


def asked(monkeypatch: pytest.MonkeyPatch, reply: str) -> list[str]:
    """Answer the question about unsaved work; the list tells what was asked about."""
    names: list[str] = []

    def ask(self: Notifier, name: str) -> str:
        names.append(name)
        return reply

    monkeypatch.setattr(Notifier, "ask_save", ask)
    return names


def said(context: AppContext) -> str:
    return context.notify.notices[-1].prose


def test_the_title_names_the_file_and_marks_unsaved_work(window: MainWindow, tmp_path: Path,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.windowTitle() == "Untitled[*] — Layerloom"
    assert not window.isWindowModified()
    add(window)
    assert window.isWindowModified()
    answer(monkeypatch, tmp_path / "net.json")
    assert window.files.save()
    assert window.windowTitle() == "net[*] — Layerloom"
    assert not window.isWindowModified()
    window.context.history.undo()
    assert window.isWindowModified()
    window.context.history.redo()
    assert not window.isWindowModified()


def test_what_was_saved_comes_back(window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(window, "input")
    add(window, "dense")
    document = window.context.document
    answer(monkeypatch, tmp_path / "net.json")
    assert window.files.save_as()
    assert window.files.new()
    assert not window.context.document.nodes
    assert window.files.open()
    assert window.context.document == document
    assert window.files.path == tmp_path / "net.json"
    assert not window.files.dirty
    assert not window.context.history.can_undo


def test_a_name_without_suffix_gets_one_and_asks_before_it_replaces(
        window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, tmp_path / "net")
    assert window.files.save_as()
    assert (tmp_path / "net.json").exists()
    monkeypatch.setattr(Notifier, "ask_replace", lambda *_: False)
    assert not window.files.save_as()


def test_saving_can_be_cancelled(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    add(window)
    answer(monkeypatch, "")
    assert not window.files.save()
    assert window.files.dirty


@pytest.mark.parametrize(("place", "number", "word"), [
    ("fsync", errno.ENOSPC, "full"), ("replace", errno.EACCES, "may not write"), ("fsync", errno.EIO, "error")])
def test_a_disk_that_says_no_keeps_the_old_file_and_the_work(
        window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
        place: str, number: int, word: str) -> None:
    path = tmp_path / "net.json"
    answer(monkeypatch, path)
    window.files.save()
    old = path.read_bytes()
    add(window)
    document = window.context.document

    def fail(*arguments: object) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(os, place, fail)
        assert not window.files.save()
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["net.json"]
    assert window.context.document is document
    assert window.isWindowModified()
    assert word in said(window.context)
    assert window.context.notify.notices[-1].level == "error"
    assert window.files.save()
    assert not window.isWindowModified()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_said_and_nothing_is_lost(window: MainWindow, tmp_path: Path) -> None:
    folder = tmp_path / "fixed"
    folder.mkdir()
    path = folder / "net.json"
    documents.write(window.context.document, path)
    window.files.open_path(path)
    add(window)
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert not window.files.save()
    finally:
        folder.chmod(stat.S_IRWXU)
    assert window.files.dirty
    assert "may not write" in said(window.context)


def test_a_file_that_cannot_be_read_leaves_everything_as_it_was(window: MainWindow, tmp_path: Path) -> None:
    for content in [
        b"", b"{", b"\x89PNG\r\n", b"[" * 10_000, b'{"format": "layerloom", "version": 99}',
        b'{"format": "layerloom", "version": 1, "nodes": 7}',
    ]:
        window.context.notify.notices.clear()
        document, title = window.context.document, window.windowTitle()
        path = tmp_path / "bad.json"
        path.write_bytes(content)
        assert not window.files.open_path(path)
        assert window.context.document is document
        assert window.windowTitle() == title
        assert "bad.json" in said(window.context)
        assert "\n" not in said(window.context)


def test_unsaved_work_is_asked_about_before_it_is_left(window: MainWindow, tmp_path: Path,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    add(window)
    document = window.context.document
    names = asked(monkeypatch, "cancel")
    assert not window.files.new()
    assert not window.files.open_example("xor-mlp")
    assert not window.close()
    assert names == ["Untitled"] * 3
    assert window.context.document is document
    assert window.isVisible()
    asked(monkeypatch, "discard")
    assert window.files.new()
    assert not window.context.document.nodes


def test_saving_at_the_question_saves_first_and_a_failed_save_cancels(
        window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    add(window)
    asked(monkeypatch, "save")
    answer(monkeypatch, "")
    assert not window.close()
    answer(monkeypatch, tmp_path / "kept.json")
    assert window.close()
    assert documents.read(tmp_path / "kept.json").nodes.keys() == {"dense"}


def test_saved_work_is_not_asked_about(window: MainWindow) -> None:
    assert window.close()


def test_recent_files_open_again_and_those_that_are_gone_are_forgotten(
        window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        answer(monkeypatch, tmp_path / f"{name}.json")
        window.files.save_as()
    assert [Path(n).stem for n in window.context.settings.recent_files] == ["b", "a"]
    assert window.context.settings.last_folder == str(tmp_path)
    (tmp_path / "a.json").unlink()
    assert not window.files.open_path(tmp_path / "a.json")
    assert [Path(n).stem for n in window.context.settings.recent_files] == ["b"]
    window.files.clear_recent()
    assert window.context.settings.recent_files == []


def test_a_file_with_problems_opens_and_says_how_many(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    add(window, "input")
    documents.write(window.context.document, path)
    window.context.history.mark_saved()
    assert window.files.open_path(path)
    assert "problem" in said(window.context)
    notice = window.context.notify.notices[-1]
    assert notice.action is not None


def test_an_example_has_no_file_yet(window: MainWindow) -> None:
    assert window.files.open_example("xor-mlp")
    assert window.files.path is None
    assert window.windowTitle() == "xor-mlp[*] — Layerloom"
    assert not window.files.dirty
    assert not window.files.open_example("nonsense")
    assert "nonsense" in said(window.context)


def test_a_json_file_dropped_on_the_window_opens(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "net.json"
    documents.write(edits.add_node(edits.empty(), Node("dense", "dense")), path)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(QPoint(10, 10).toPointF(), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                      Qt.KeyboardModifier.NoModifier)
    window.dropEvent(drop)
    assert drop.isAccepted()
    assert window.files.path == path


def test_weights_are_exported_and_a_full_disk_is_said(window: MainWindow, tmp_path: Path, qtbot: object,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    window.files.open_example("xor-mlp")
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=20_000)  # type: ignore[attr-defined]
    answer(monkeypatch, tmp_path / "weights.npz")
    assert window.files.export_weights("npz")
    assert (tmp_path / "weights.npz").stat().st_size > 100

    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        assert not window.files.export_weights("npz")
    assert "full" in said(window.context)
