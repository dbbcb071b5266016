"""What a random user does with data: takes sources, drops good and bad files, changes steps, roles and the split,
paints, tries samples out, explores; files vanish and come back meanwhile."""
from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from core.datasets import DATASETS
from core.graph import edits, roles, steps
from core.params import Kind
from core.preprocessing import STEPS
from gui.data.sources import wanted_path
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.panels.explore import ExplorePanel
from gui.panels.try_it import TryPanel
from tests.core.datasets._files import FILES

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
# What one random event must not wait for.
SLOW = {"mnist", "fashion_mnist", "california_housing"}
BROKEN = {
    "empty.csv": b"", "ragged.csv": b"a,b\n1,2\n3\n", "binary.csv": b"a,b\n\x00\x01,2\n", "cut.npz": b"PK\x03\x04",
    "broken.jsonl": b'{"a": 1}\n{"a"\n', "song.mp3": b"ID3", "same.csv": b"a,b,c\n1,7,x\n2,7,x\n3,7,x\n",
    "gaps.csv": b"a,b,c\n1,,x\n,2,y\n3,nan,x\ninf,4,y\n"}
SPLITS = {"split": ("random", "stratified", "ordered", "folds"), "validation": (0.0, 0.2, 0.9), "test": (0.0, 0.2, 0.5),
          "seed": (0, 1, 7), "folds": (2, 5), "fold": (1, 4)}


class DataUser:
    """Each of `acts` does something, and says what it was."""

    def __init__(self, window: MainWindow, chance: random.Random, folder: Path):
        self.window, self.context, self.chance = window, window.context, chance
        data, explore, trying = (window.panels[name] for name in ("data", "explore", "try"))
        assert isinstance(data, DataPanel)
        assert isinstance(explore, ExplorePanel)
        assert isinstance(trying, TryPanel)
        self.data, self.explore, self.trying = data, explore, trying
        self.given = _good(folder)
        self.paths = [Path(params["path"]) for params in self.given.values() if "path" in params] + _bad(folder)
        self.acts: list[tuple[int, Callable[[], str]]] = [
            (4, self.source), (4, self.drop), (3, self.step), (3, self.role), (3, self.split), (3, self.paint),
            (4, self.try_out), (4, self.look_at), (2, self.vanish), (2, self.come_back), (1, self.first)]
        self._away: list[Path] = []

    def source(self) -> str:
        """A source of the gallery, its file already picked."""
        kind = self.chance.choice([name for name in DATASETS if name not in SLOW])
        params = self.given.get(kind, {})
        if kind not in self.given and wanted_path(DATASETS[kind]) is not None:
            return "nothing to pick"
        self.data.chooser.take(Kind(kind, DATASETS[kind](**params).config()))
        return self._wait(kind)

    def drop(self) -> str:
        """A file or folder, let go over the window."""
        path = self.chance.choice(self.paths)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, at = Qt.DropAction.CopyAction, QPoint(600, 300)
        QApplication.sendEvent(self.window, QDragEnterEvent(at, copy, mime, LEFT, NONE))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(at), copy, mime, LEFT, NONE))
        return self._wait(path.name)

    def step(self) -> str:
        """Add, move or remove a step of preprocessing."""
        there = len(steps.steps_of(self.context.document))
        what = self.chance.choice(["add", "move", "remove"]) if there else "add"
        place, to = self.chance.randrange(max(there, 1)), self.chance.randrange(max(there, 1))
        kind = self.chance.choice(list(STEPS))
        change = {"add": lambda doc: steps.add_step(doc, kind, place),
                  "move": lambda doc: steps.move_step(doc, place, to),
                  "remove": lambda doc: steps.remove_step(doc, place)}[what]
        self.context.edit(f"{what} step", change)
        return f"{what} {kind} {place} {to}"

    def role(self) -> str:
        """Another role, or another type, for some columns."""
        names = [spec.name for spec in roles.known_columns(self.context.document)]
        if not names:
            return "no columns"
        some = self.chance.sample(names, min(len(names), self.chance.randint(1, 3)))
        types = [*roles.types_of(self.context.document)]
        if types and self.chance.random() < 0.3:
            kind = self.chance.choice(types)
            self.context.edit("Change type", lambda doc: roles.set_type(doc, some, kind))
            return self._wait(f"{some} {kind}")
        role = self.chance.choice(["input", "target", "ignore"])
        self.context.edit("Change role", lambda doc: roles.set_role(doc, some, role))
        return f"{some} {role}"

    def split(self) -> str:
        name = self.chance.choice(list(SPLITS))
        value = self.chance.choice(SPLITS[name])
        self.context.edit("Split", lambda doc: edits.set_data(doc, {name: value}))
        return f"{name} {value}"

    def paint(self) -> str:
        """A stroke on the pad, whatever tool is chosen."""
        if not self.data.pad.drawn and self.chance.random() < 0.5:
            self.data.chooser.take(Kind("drawn", DATASETS["drawn"]().config()))
        self.window.docks.show("pad")
        QApplication.processEvents()
        surface = self.window.panels["pad"].pad.surface
        spots = [QPoint(self.chance.randrange(max(1, surface.width())), self.chance.randrange(max(1, surface.height())))
                 for _ in range(4)]
        QTest.mousePress(surface, LEFT, NONE, spots[0])
        for spot in spots[1:]:
            QTest.mouseMove(surface, spot)
        QTest.mouseRelease(surface, LEFT, NONE, spots[-1])
        return "drawn" if self.data.pad.drawn else "no pad"

    def try_out(self) -> str:
        self.window.docks.show("try")
        return self._press(self.trying)

    def look_at(self) -> str:
        """Another view of the data."""
        self.window.docks.show("explore")
        QApplication.processEvents()
        words = self.explore.segments.words
        if words:
            place = self.chance.randrange(len(words))
            QTest.mouseClick(self.explore.segments, LEFT, pos=self.explore.segments.tabRect(place).center())
        return self._press(self.explore) if self.chance.random() < 0.4 else ""

    def vanish(self) -> str:
        """A file is moved away, and the user comes back to the window."""
        there = [path for path in self.paths if path.is_file()]
        if not there:
            return "none left"
        path = self.chance.choice(there)
        path.rename(path.with_name(f"away-{path.name}"))
        self._away.append(path)
        self._come()
        return path.name

    def come_back(self) -> str:
        if not self._away:
            return "none is away"
        path = self._away.pop(self.chance.randrange(len(self._away)))
        path.with_name(f"away-{path.name}").rename(path)
        self._come()
        return path.name

    def first(self) -> str:
        """A first network for the data."""
        action = self.window.actions_by_id["network.first"]
        if action.isEnabled():
            action.trigger()
        return str(action.isEnabled())

    def _press(self, panel: QWidget) -> str:
        buttons = [b for b in panel.findChildren(QPushButton) if b.isVisible() and b.isEnabled()]
        if not buttons:
            return "no button"
        button = self.chance.choice(buttons)
        name = button.text()
        QTest.mouseClick(button, LEFT)
        return name

    def _come(self) -> None:
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.WindowActivate))

    def _wait(self, what: str) -> str:
        """Sometimes nothing else is done until the file is read."""
        if self.chance.random() < 0.5:
            self.settle()
        return what

    def settle(self) -> None:
        """Wait until nothing is read any more."""
        for _ in range(2000):
            QApplication.processEvents()
            if not self.context.desk.busy:
                return
            QTest.qSleep(2)
        raise AssertionError("data are read without end")


def _good(folder: Path) -> dict[str, dict[str, object]]:
    """Parameters that make a small data set of each kind that needs them."""
    made = {}
    for kind, write in FILES.items():
        own = folder / kind
        own.mkdir()
        made[kind] = write(own)
    np.save(folder / "alone.npy", np.arange(6.0))
    return made


def _bad(folder: Path) -> list[Path]:
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    return [*(folder / name for name in BROKEN), folder / "nowhere.csv", folder / "alone.npy"]
