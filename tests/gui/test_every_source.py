"""Every source of samples at the real window: chosen, offered a network, trained, explored, tried out, undone."""
from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from core.datasets import DATASETS, forget
from core.graph import edits
from core.graph.task import sample_text, task_text
from core.params import Kind
from core.params import Path as PathParam
from gui.data.sources import wanted_path
from gui.first_offer import TEXT
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.explore import ExplorePanel
from gui.panels.try_it import TryPanel
from tests.core.datasets._files import FILES, write_kept
from tests.gui.pad.conftest import stroke
from tests.gui.test_dropping import dragged, drop

EPOCHS = 2
LONG = 20_000
# Classes of more samples than these are not counted for a line of the panel.
MANY = 20_000
# As short as these make the series, and as few as these leave of the samples.
SMALLER = {"adding": {"samples": 100, "length": 6}, "brackets": {"samples": 100, "length": 6}}
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture(scope="session")
def kept_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with small ones of those that are looked for there."""
    return write_kept(tmp_path_factory.mktemp("kept"))


@pytest.fixture(autouse=True)
def own_files(kept_files: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sources find their files there, and remember nothing from one test to the next."""
    monkeypatch.setenv("LAYERLOOM_DATA", str(kept_files))
    forget()
    yield
    forget()


class User:
    """Somebody who looks at the window, and what that person does."""

    def __init__(self, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
        self.window, self.context = window, window.context
        self._qtbot, self._monkeypatch = qtbot, monkeypatch
        data, explore, trying = (window.panels[name] for name in ("data", "explore", "try"))
        assert isinstance(data, DataPanel)
        assert isinstance(explore, ExplorePanel)
        assert isinstance(trying, TryPanel)
        self.data, self.explore, self.trying = data, explore, trying

    def wait(self, condition: Callable[[], object]) -> None:
        self._qtbot.waitUntil(lambda: bool(condition()), timeout=LONG)

    def show(self, panel: str) -> None:
        self.window.docks.show(panel)
        QApplication.processEvents()

    def choose(self, kind: str, given: dict[str, Any]) -> None:
        """Take a source in the gallery, with its file or folder in the system's dialog."""
        wanted = wanted_path(DATASETS[kind])
        if wanted is not None:
            asks = "getExistingDirectory" if wanted.what == "folder" else "getOpenFileName"
            path = str(given[wanted.name])
            self._monkeypatch.setattr(QFileDialog, asks, lambda *_: path if wanted.what == "folder" else (path, ""))
        self.show("data")
        QTest.mouseClick(self.data.card, LEFT)
        gallery = self.data.chooser.gallery
        assert gallery is not None
        QTest.keyClicks(gallery.field, DATASETS[kind].info.title.partition(" ")[0])
        row = [info.kind for info in gallery.model.rows].index(kind)
        place = gallery.list.visualRect(gallery.model.index(row, 0)).center()
        QTest.mouseClick(gallery.list.viewport(), LEFT, pos=place)

    def paint(self) -> None:
        """Two strokes of two classes."""
        QApplication.processEvents()
        for label, height in enumerate((-2, 2)):
            self.data.pad.bar.swatches[label].click()
            stroke(self.data.pad.surface, (-3, height), (3, height))

    def known(self) -> bool:
        return self.context.report.spec is not None and not self.context.desk.busy

    def take_offer(self) -> None:
        """Press the button of the notice that offers a network."""
        (offer,) = [button for toast in self.window.toasts.shown for button in toast.findChildren(QPushButton)
                    if button.text() == TEXT]
        QTest.mouseClick(offer, LEFT)

    def type_number(self, name: str, value: int) -> None:
        line = self.data.source.editor(name).field.line
        line.selectAll()
        QTest.keyClicks(line, str(value))
        QTest.keyClick(line, Qt.Key.Key_Return)

    def train(self) -> None:
        """Some epochs, one after the other."""
        trainer = self.context.trainer
        for epoch in range(1, EPOCHS + 1):
            self.wait(lambda: trainer.state in ("ready", "paused", "finished"))
            self.window.actions_by_id["train.epoch"].trigger()
            self.wait(lambda epoch=epoch: trainer.epoch >= epoch and not trainer.running)

    def read_facts(self) -> None:
        """The Data panel says how many samples there are, what the task is, and how even the classes are."""
        spec = self.context.report.spec
        assert spec is not None
        self.show("data")
        assert self.data.card.facts == f"{spec.samples:,} samples"
        told = self.data.task.facts
        assert told.texts()["Task"].startswith(task_text(spec))
        assert told.texts()["One sample"] == sample_text(spec)
        if spec.classification and spec.samples < MANY:
            self.wait(lambda: "balanced" in told.texts()["Task"] or "% of them" in told.texts()["Task"])

    def look_everywhere(self) -> list[str]:
        """Open every view of the data that is offered, and wait until it has rows to show."""
        self.show("explore")
        self.wait(lambda: self.explore.store.frame is not None and not self.explore.store.reading)
        for place, word in enumerate(self.explore.segments.words):
            QTest.mouseClick(self.explore.segments, LEFT, pos=self.explore.segments.tabRect(place).center())
            assert self.explore.view is not None
            assert self.explore.view.title == word
            self.wait(self.has_rows)
        return self.explore.segments.words

    def has_rows(self) -> bool:
        found = self.explore.exports()
        return found is not None and len(found.table()[1]) > 0

    def predicted(self) -> bool:
        return self.trying.bars.isVisible() and len(self.trying.bars.bars) > 0

    def try_out(self) -> None:
        """Let the network judge the first two samples."""
        self.show("try")
        self.wait(lambda: self.trying.origin.text().startswith("Sample 1 of") and self.predicted())
        QTest.mouseClick(self.trying.next, LEFT)
        self.wait(lambda: self.trying.origin.text().startswith("Sample 2 of") and self.predicted())

    def undo_everything(self) -> None:
        undo = self.window.actions_by_id["edit.undo"]
        while undo.isEnabled():
            undo.trigger()


@pytest.fixture
def user(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> User:
    return User(window, qtbot, monkeypatch)


@pytest.mark.parametrize("kind", DATASETS)
def test_a_source_goes_all_the_way_from_the_gallery_to_a_prediction_and_back(user: User, tmp_path: Path,
                                                                            kind: str) -> None:
    given = FILES[kind](tmp_path) if kind in FILES else {}
    if kind == user.context.document.data["source"].kind:
        user.choose("and", {})
    user.choose(kind, given)
    if user.data.pad.drawn:
        user.paint()
    user.wait(user.known)
    assert user.context.document.data["source"].kind == kind
    for name, value in SMALLER.get(kind, {}).items():
        user.type_number(name, value)
    user.take_offer()
    assert user.context.report.ok, user.context.report.problems
    user.train()
    user.read_facts()
    assert len(user.look_everywhere()) >= 2
    user.try_out()
    user.undo_everything()
    assert user.context.document == edits.empty()
    told = [notice.prose for notice in user.context.notify.notices if notice.level != "info"]
    assert told == []


FILED = [kind for kind in FILES if any(isinstance(param, PathParam) for param in DATASETS[kind].params.values())]


@pytest.mark.parametrize("kind", FILED)
def test_what_is_dropped_on_the_window_is_offered_a_network_that_learns(user: User, tmp_path: Path, kind: str) -> None:
    path = Path(FILES[kind](tmp_path)["path"])
    drop(user.window, dragged(path))
    user.wait(user.known)
    source = user.context.document.data["source"]
    assert isinstance(source, Kind)
    assert source.params["path"] == str(path)
    user.take_offer()
    assert user.context.report.ok
    user.train()
    user.undo_everything()
    assert user.context.document == edits.empty()
