"""Files dropped on the real window, or chosen for it, become its network or its data."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Node
from core.io import documents
from core.params import Kind
from gui.dropping import is_network
from gui.main_window import MainWindow
from tests.core._build import chain, dense, xor

COPY, LEFT, NONE = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def dragged(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def enter(window: MainWindow, data: QMimeData) -> QDragEnterEvent:
    event = QDragEnterEvent(QPoint(600, 300), COPY, data, LEFT, NONE)
    QApplication.sendEvent(window, event)
    return event


def drop(window: MainWindow, data: QMimeData) -> None:
    enter(window, data)
    QApplication.sendEvent(window, QDragMoveEvent(QPoint(610, 300), COPY, data, LEFT, NONE))
    QApplication.sendEvent(window, QDropEvent(QPointF(610, 300), COPY, data, LEFT, NONE))


def table(folder: Path, name: str = "flowers.csv") -> Path:
    rows = "\n".join(f"{i / 7:.2f},{(i * 3) % 11},{'ab'[i % 2]}" for i in range(60))
    (folder / name).write_text(f"length,width,kind\n{rows}\n".replace(",", "\t" if name.endswith("tsv") else ","))
    return folder / name


def lines(folder: Path) -> Path:
    (folder / "rows.jsonl").write_text("".join(f'{{"a": {i}, "b": {i % 3}, "kind": "k{i % 2}"}}\n' for i in range(40)))
    return folder / "rows.jsonl"


def pictures(folder: Path) -> Path:
    for name, shade in (("cats", 40), ("dogs", 200)):
        (folder / "pets" / name).mkdir(parents=True)
        for number in range(6):
            Image.new("L", (8, 8), shade + number).save(folder / "pets" / name / f"{number}.png")
    return folder / "pets"


def texts(folder: Path) -> Path:
    for name, word in (("good", "fine"), ("bad", "awful")):
        (folder / "reviews" / name).mkdir(parents=True)
        for number in range(6):
            (folder / "reviews" / name / f"{number}.txt").write_text(f"this is {word} number {number}")
    return folder / "reviews"


def arrays(folder: Path) -> Path:
    np.savez(folder / "arrays.npz", x=np.arange(60.0).reshape(20, 3), y=np.arange(20) % 2)
    return folder / "arrays.npz"


def source(window: MainWindow) -> Kind:
    found = window.context.document.data["source"]
    assert isinstance(found, Kind)
    return found


def settled(window: MainWindow) -> bool:
    return window.context.report.spec is not None and not window.context.desk.busy


@pytest.mark.parametrize(("make", "kind"), [
    (table, "table"), (lambda folder: table(folder, "flowers.tsv"), "table"), (lines, "table"),
    (pictures, "image_folder"), (texts, "text_folder"), (arrays, "arrays")],
    ids=["csv", "tsv", "jsonl", "pictures", "texts", "npz"])
def test_what_is_dropped_becomes_the_data_in_one_step(
        window: MainWindow, qtbot: QtBot, tmp_path: Path, make: object, kind: str) -> None:
    path = make(tmp_path)  # type: ignore[operator]
    steps = len(window.context.history.steps)
    drop(window, dragged(path))
    qtbot.waitUntil(lambda: settled(window), timeout=10_000)
    assert source(window).kind == kind
    assert source(window).params["path"] == str(path)
    assert len(window.context.history.steps) == steps + 1
    assert window.context.history.undo_label == f"Use {path.name}"
    assert window.docks.docks["data"].isVisible()
    window.context.history.undo()
    assert source(window).kind == "xor"


def test_while_a_table_is_dragged_the_window_says_what_would_happen(window: MainWindow, tmp_path: Path) -> None:
    overlay = window.dropping.overlay
    event = enter(window, dragged(table(tmp_path)))
    assert event.isAccepted()
    assert overlay.text.startswith("Use flowers.csv as data")
    assert overlay.geometry() == window.rect()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert overlay.isHidden()
    assert source(window).kind == "xor"


def test_a_network_is_opened_and_the_window_says_so_before(window: MainWindow, tmp_path: Path) -> None:
    documents.write(xor(), tmp_path / "net.json")
    enter(window, dragged(tmp_path / "net.json"))
    assert window.dropping.overlay.text == "Open net.json In place of the present network"
    drop(window, dragged(tmp_path / "net.json"))
    assert window.dropping.overlay.isHidden()
    assert window.files.path == tmp_path / "net.json"
    assert window.context.document == xor()


def test_what_cannot_be_used_is_refused_in_a_sentence_and_nothing_changes(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "song.mp3").write_bytes(b"ID3")
    before = window.context.document
    event = enter(window, dragged(tmp_path / "song.mp3"))
    assert event.dropAction() == Qt.DropAction.IgnoreAction
    assert window.dropping.overlay.text.startswith("song.mp3 cannot be used")
    drop(window, dragged(tmp_path / "song.mp3"))
    assert window.context.document is before
    assert "song.mp3" in window.context.notify.notices[-1].text
    assert window.context.notify.notices[-1].hint


def test_several_files_at_once_are_refused(window: MainWindow, tmp_path: Path) -> None:
    before = window.context.document
    drop(window, dragged(table(tmp_path), lines(tmp_path)))
    assert window.context.document is before
    assert window.context.notify.notices[-1].prose == (
        "Several files cannot be used at once. Drop one file, or the folder that holds them.")


def test_what_is_no_file_is_left_alone(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("words")
    assert not enter(window, data).isAccepted() or window.dropping.overlay.isHidden()
    drop(window, data)
    assert window.context.notify.notices == []


def test_a_json_file_that_holds_no_network_is_told_from_one_that_does(tmp_path: Path) -> None:
    documents.write(xor(), tmp_path / "net.json")
    (tmp_path / "broken.json").write_text("{")
    assert is_network(tmp_path / "net.json")
    assert is_network(tmp_path / "broken.json")
    assert is_network(tmp_path / "any.loom")
    assert not is_network(table(tmp_path))


def test_the_menu_asks_for_a_file_and_uses_it(
        window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, asked = table(tmp_path), []
    monkeypatch.setattr(QFileDialog, "getOpenFileName",
                        lambda *arguments: asked.append(arguments[3]) or (str(path), ""))
    window.actions_by_id["file.use_data"].trigger()
    qtbot.waitUntil(lambda: settled(window), timeout=10_000)
    assert source(window).params["path"] == str(path)
    assert "*.csv" in asked[0]
    assert window.context.settings.last_folder == str(tmp_path)


def test_the_menu_asks_for_a_folder_and_uses_it(
        window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pictures(tmp_path)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *arguments: str(path))
    window.actions_by_id["file.use_folder"].trigger()
    qtbot.waitUntil(lambda: settled(window), timeout=10_000)
    assert source(window).kind == "image_folder"


def test_where_there_is_no_network_a_first_one_is_offered_and_made_in_one_step(
        window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    drop(window, dragged(table(tmp_path)))
    qtbot.waitUntil(lambda: bool(window.context.notify.notices), timeout=10_000)
    notice = window.context.notify.notices[-1]
    assert notice.prose == "flowers.csv: 2 numbers, 2 classes, balanced. There is no network for it yet." or \
        notice.prose == "flowers.csv: 2 numbers, 2 classes. There is no network for it yet."
    assert notice.action is not None
    notice.action()
    assert window.context.report.ok
    assert window.context.history.undo_label == "Make a first network"
    assert window.focusWidget() is window.canvas
    window.context.history.undo()
    assert not window.context.document.nodes


def test_the_offer_comes_once_for_each_source(window: MainWindow) -> None:
    for kind in ("iris", "iris", "spiral"):
        window.context.edit("Choose", lambda doc, kind=kind: edits.set_data(doc, {"source": kind}))
    window.context.edit("Noise", lambda doc: edits.set_data(doc, {"source": {"kind": "spiral",
                                                                             "params": {"noise": 0.2}}}))
    assert [notice.text.partition(":")[0] for notice in window.context.notify.notices] == ["Iris", "Spiral"]


def test_an_offer_for_other_data_or_beside_a_network_is_withdrawn(window: MainWindow) -> None:
    def offers() -> list[str]:
        return [toast.notice.text.partition(":")[0] for toast in window.toasts.shown]

    for kind in ("iris", "spiral"):
        window.context.edit("Choose", lambda doc, kind=kind: edits.set_data(doc, {"source": kind}))
    assert offers() == ["Spiral"]
    window.context.edit("Add", lambda doc: edits.add_node(doc, Node("input", "input", {})))
    assert offers() == []


def test_no_network_is_offered_beside_one_that_is_there(window: MainWindow) -> None:
    window.context.history.restart(chain(dense(2)))
    window.context.edit("Choose", lambda doc: edits.set_data(doc, {"source": "iris"}))
    assert window.context.notify.notices == []
    assert not window.actions_by_id["network.first"].isEnabled()


def test_the_empty_canvas_has_a_button_that_makes_a_network(window: MainWindow) -> None:
    button = window.canvas.findChild(QPushButton, "first-network")
    assert isinstance(button, QPushButton)
    assert button.isVisible()
    window.context.edit("Choose", lambda doc: edits.set_data(doc, {"source": "drawn"}))
    assert not button.isEnabled()
    window.context.edit("Choose", lambda doc: edits.set_data(doc, {"source": "moons"}))
    assert button.isEnabled()
    button.click()
    assert window.context.report.ok
    assert not button.isVisible()


def test_a_document_that_was_moved_with_its_data_is_trained_with_them(
        window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    table(tmp_path)
    doc = edits.set_data(chain(dense(1), "sigmoid", loss="binary_crossentropy"), {
        "source": Kind("table", {"path": "/gone/flowers.csv"})})
    documents.write(doc, tmp_path / "net.json")
    assert window.files.open_path(tmp_path / "net.json")
    assert source(window).params["path"] == str(tmp_path / "flowers.csv")
    assert not window.files.dirty
    qtbot.waitUntil(lambda: window.context.trainer.state == "ready", timeout=10_000)
