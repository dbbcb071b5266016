"""Pictures of one's own at the window: chosen, seen, trained with, and gone again."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.datasets import forget
from core.train.events import EpochDone, Event
from gui.main_window import MainWindow
from tests.core._build import chain, dense
from tests.core.datasets._idx_files import write_mnist
from tests.core.datasets._picture_files import write_pictures


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    forget()


def choose(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: str, folder: Path) -> None:
    """Take a source in the gallery and name its folder in the system's dialog."""
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    window.docks.show("data")
    window.panels["data"].chooser.choose(kind)
    qtbot.waitUntil(lambda: window.context.report.spec is not None and not window.context.desk.busy, timeout=20_000)


def train_an_epoch(window: MainWindow, qtbot: QtBot) -> None:
    told: list[Event] = []
    trainer = window.context.trainer
    trainer.told.connect(told.append)
    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=20_000)
    window.actions_by_id["train.epoch"].trigger()
    qtbot.waitUntil(lambda: any(isinstance(event, EpochDone) for event in told), timeout=20_000)
    qtbot.waitUntil(lambda: not trainer.running, timeout=20_000)


def test_a_folder_of_pictures_gives_the_input_its_shape_and_is_learned(window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.restart(chain("flatten", dense(3), "softmax", loss="sparse_categorical_crossentropy"))
    choose(window, qtbot, monkeypatch, "image_folder", write_pictures(tmp_path / "pets"))
    context = window.context
    assert context.report.shapes["input"] == (6, 8, 3)
    assert context.report.spec.classes == ("blue", "green", "red")
    assert context.report.ok
    train_an_epoch(window, qtbot)
    window.canvas.setFocus()
    context.history.undo()
    assert context.document.data["source"].kind == "xor"


def test_a_folder_of_idx_files_is_taken_like_mnist(window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.restart(chain(dense(10), "softmax", loss="sparse_categorical_crossentropy"))
    choose(window, qtbot, monkeypatch, "idx", write_mnist(tmp_path / "kmnist"))
    assert window.context.report.spec.picture == (28, 28)
    assert window.context.report.ok
    train_an_epoch(window, qtbot)


def test_a_class_that_is_gone_is_told_of_when_the_data_are_looked_at_again(window: MainWindow, qtbot: QtBot,
                                                                           tmp_path: Path,
                                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.restart(chain("flatten", dense(3), "softmax", loss="sparse_categorical_crossentropy"))
    choose(window, qtbot, monkeypatch, "image_folder", write_pictures(tmp_path / "pets"))
    for name in ("blue", "green"):
        shutil.rmtree(tmp_path / "pets" / name)
    window.context.refresh()
    qtbot.waitUntil(lambda: any(p.code == "data.folder" for p in window.context.report.problems), timeout=20_000)
    (problem,) = (p for p in window.context.report.problems if p.code == "data.folder")
    assert 'holds pictures of one class only, "red"' in problem.message
    assert window.context.document.data["source"].params["path"] == str(tmp_path / "pets")


def test_a_broken_picture_is_left_out_by_the_button_of_the_notice(window: MainWindow, qtbot: QtBot, tmp_path: Path,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    window.context.history.restart(chain("flatten", dense(3), "softmax", loss="sparse_categorical_crossentropy"))
    root = write_pictures(tmp_path / "pets")
    (root / "red" / "9.png").write_bytes(b"nothing of that kind")
    choose(window, qtbot, monkeypatch, "image_folder", root)
    qtbot.waitUntil(lambda: any(n.action_text for n in window.context.notify.notices), timeout=20_000)
    notice = next(n for n in window.context.notify.notices if n.action_text)
    assert (notice.level, notice.action_text) == ("error", "Skip broken pictures")
    assert notice.action is not None
    notice.action()
    assert window.context.document.data["source"].params["skip_broken"]
    train_an_epoch(window, qtbot)
