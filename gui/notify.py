"""The only voice to the user: notices, refusals, and the one question that stands between them and lost work."""
from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from core.errors import Problem
from core.train.events import Event, Failed, Finished, Warned

log = logging.getLogger(__name__)

Level = Literal["info", "warning", "error"]
SaveAnswer = Literal["save", "discard", "cancel"]

KEPT = 200


@dataclass(frozen=True)
class Notice:
    """Something that was said. `hint` says what to do; `action` is what the button `action_text` does.

    Two notices are equal if they say the same, whenever that was.
    """

    level: Level
    text: str
    action_text: str = ""
    action: Callable[[], object] | None = field(default=None, compare=False)
    hint: str = ""
    time: datetime = field(default_factory=datetime.now, compare=False)

    @property
    def prose(self) -> str:
        """Text and hint in one piece."""
        return f"{self.text} {self.hint}".strip()


class Notifier(QObject):
    """Says things, and keeps what was said (`notices`, oldest first). The window shows what is `posted`."""

    posted = Signal(object)

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.notices: list[Notice] = []

    def post(self, notice: Notice) -> None:
        """Say it. The same thing said twice in a row is kept once, with the later time."""
        if self.notices and self.notices[-1] == notice:
            self.notices.pop()
        self.notices.append(notice)
        del self.notices[:-KEPT]
        self.posted.emit(notice)

    def info(self, text: str, *, hint: str = "", action_text: str = "",
             action: Callable[[], object] | None = None) -> None:
        """Something went well, or is good to know."""
        self.post(Notice("info", text, action_text, action, hint))

    def warn(self, text: str, *, hint: str = "", action_text: str = "",
             action: Callable[[], object] | None = None) -> None:
        """Something needs a look; nothing is lost."""
        self.post(Notice("warning", text, action_text, action, hint))

    def error(self, text: str, hint: str = "", *, action_text: str = "",
              action: Callable[[], object] | None = None) -> None:
        """Something that was asked for could not be done. Stays until it is dismissed."""
        self.post(Notice("error", text, action_text, action, hint))

    def refuse(self, problem: Problem) -> None:
        """Say gently why something is not allowed."""
        self.post(Notice("warning", problem.message, hint=problem.hint))

    def report(self, event: Event, action_text: str = "", action: Callable[[], object] | None = None) -> None:
        """Say what a run has to say, once it ends or something is odd. Being stopped is no news. The action mends what
        made it fail."""
        match event:
            case Warned(problem=problem, trace=trace):
                if trace:
                    log.error("a view failed:\n%s", trace)
                self.post(Notice(problem.severity, problem.message, hint=problem.hint))
            case Failed(problem=problem, trace=trace):
                if trace:
                    log.error("the run failed:\n%s", trace)
                self.error(problem.message, problem.hint, action_text=action_text, action=action)
            case Finished(reason=reason, summary=summary) if reason != "stopped":
                self.info(summary)

    def ask_save(self, name: str) -> SaveAnswer:
        """What to do with unsaved work in `name`. Closing the question means cancel."""
        box = QMessageBox(QApplication.activeWindow())
        box.setWindowTitle("Unsaved changes")
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setText(f"Save the changes to “{name}”?")
        box.setInformativeText("What is not saved is lost.")
        save = box.addButton("Save", QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton("Don't save", QMessageBox.ButtonRole.DestructiveRole)
        cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.setEscapeButton(cancel)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        if chosen is save:
            return "save"
        return "discard" if chosen is discard else "cancel"

    def ask_replace(self, name: str) -> bool:
        """Whether a file that exists may be replaced."""
        box = QMessageBox(QApplication.activeWindow())
        box.setWindowTitle("Replace the file")
        box.setText(f"“{name}” exists already. Replace it?")
        replace = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.exec()
        chosen = box.clickedButton()
        box.deleteLater()
        return chosen is replace
