"""Files from outside: dropped on the window or chosen, they become the network or its data."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from core.datasets import DATASETS, source_for
from core.errors import CoreError, Problem
from core.io.documents import FORMAT
from core.params import Path as PathParam
from gui.drop_overlay import DropOverlay
from gui.panels.data import DataPanel

if TYPE_CHECKING:
    from gui.main_window import MainWindow

BUNDLE, NETWORK = ".loom", ".json"
PEEK = 4096
SEVERAL = Problem("drop.several", "Several files cannot be used at once.",
                  hint="Drop one file, or the folder that holds them.")


@dataclass(frozen=True, slots=True)
class Use:
    """What can be done with something from outside: `title` says it, `text` more of it, `run` does it. With a
    `problem` it cannot be used."""

    title: str
    text: str = ""
    icon: str = "data"
    run: Callable[[], object] = lambda: None
    problem: Problem | None = None


class Dropping(QObject):
    """Knows what to do with a path, shows that while it is dragged over the window, and does it."""

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self._context = window.context
        self.overlay = DropOverlay(window.context.theme, window)
        self._use: Use | None = None

    def use_of(self, path: Path) -> Use:
        """What can be done with a file or folder."""
        if is_network(path):
            return Use(f"Open {path.name}", "In place of the present network", "open",
                       lambda: self._window.files.open_path(path))
        try:
            source = source_for(path)
        except CoreError as error:
            return Use(f"{path.name} cannot be used", error.problem.text, "warning", problem=error.problem)
        return Use(f"Use {path.name} as data", DATASETS[source.kind].info.title, "data", lambda: self.use_data(path))

    def use_data(self, path: Path) -> bool:
        """Take the samples from a file or folder, in one step. False, with a notice, if that cannot be."""
        try:
            source = source_for(path)
        except CoreError as error:
            self._context.notify.refuse(error.problem)
            return False
        panel = self._window.panels["data"]
        assert isinstance(panel, DataPanel)
        self._context.settings.last_folder = str(path.parent)
        panel.chooser.take(source, f"Use {path.name}")
        self._window.docks.show("data")
        return True

    def ask_file(self) -> bool:
        """Ask for a file and use it as data."""
        name, _ = QFileDialog.getOpenFileName(self._window, "Use File as Data", self._folder(), _filters())
        return bool(name) and self.use_data(Path(name))

    def ask_folder(self) -> bool:
        """Ask for a folder and use it as data."""
        name = QFileDialog.getExistingDirectory(self._window, "Use Folder as Data", self._folder())
        return bool(name) and self.use_data(Path(name))

    # What the window hands on

    def enter(self, event: QDragEnterEvent) -> None:
        """Something is dragged over the window: say what letting go would do."""
        self._use = self._wanted(event.mimeData())
        if self._use is not None:
            self.overlay.say(self._use.icon, self._use.title, self._use.text, good=self._use.problem is None)
            self._answer(event)

    def move(self, event: QDragMoveEvent) -> None:
        """It is still over the window."""
        if self._use is not None:
            self._answer(event)

    def leave(self) -> None:
        """It left the window, or was given up."""
        self._use = None
        self.overlay.hide()

    def drop(self, event: QDropEvent) -> None:
        """It was let go here."""
        use = self._wanted(event.mimeData())
        self.leave()
        if use is None:
            return
        event.acceptProposedAction()
        if use.problem is not None:
            self._context.notify.refuse(use.problem)
        else:
            use.run()

    def _wanted(self, data: QMimeData) -> Use | None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if not paths:
            return None
        return self.use_of(paths[0]) if len(paths) == 1 else Use(
            SEVERAL.message, SEVERAL.hint, "warning", problem=SEVERAL)

    def _answer(self, event: QDragMoveEvent) -> None:
        """Take it; what cannot be used gets the sign that says so, but the window hears when it leaves."""
        if self._use is not None and self._use.problem is None:
            event.acceptProposedAction()
        else:
            event.setDropAction(Qt.DropAction.IgnoreAction)
            event.accept()

    def _folder(self) -> str:
        folder = Path(self._context.settings.last_folder or Path.home())
        return str(folder if folder.is_dir() else Path.home())


def is_network(path: Path) -> bool:
    """True for bundles, and for JSON files unless they are clearly something else that can be used as data."""
    ending = path.suffix.lower()
    if ending != NETWORK:
        return ending == BUNDLE
    try:
        with path.open("rb") as file:
            if f'"{FORMAT}"'.encode() in file.read(PEEK):
                return True
        source_for(path)
    except (OSError, CoreError):
        # Whatever it is, opening it says what is wrong with it.
        return True
    return False


def _filters() -> str:
    """The files that some data set reads, for the dialog."""
    endings = sorted({ending for kind in DATASETS.values() for param in kind.params.values()
                      if isinstance(param, PathParam) for ending in param.endings})
    known = " ".join(f"*{ending}" for ending in endings)
    return f"Data ({known});;All files (*)" if known else "All files (*)"
