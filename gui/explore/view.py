"""What all views of the data share."""
from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from core.statistics import Frame
from gui.explore.store import Store
from gui.panels._base import Exportable
from gui.theme.tokens import Tokens


class View(QWidget):
    """One way to look at the data. Made when it is looked at for the first time; told of changes only while seen.

    `title` names it; `controls` is the row of its own choices.
    """

    title: ClassVar[str] = ""

    def __init__(self, store: Store):
        super().__init__()
        self.store = store
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.controls = QHBoxLayout()
        self.controls.setContentsMargins(12, 0, 12, 4)
        self.controls.setSpacing(8)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        """Whether these data can be looked at in this way."""
        raise NotImplementedError

    @property
    def tokens(self) -> Tokens:
        """The present theme."""
        return self.store.context.theme.tokens

    @property
    def frame(self) -> Frame:
        """What there is to see."""
        assert self.store.frame is not None
        return self.store.frame

    def show_frame(self) -> None:
        """Show the present frame, which is another one, or has other roles."""
        raise NotImplementedError

    def follow(self) -> None:
        """The document has changed, though not what is in sight."""

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of a theme."""

    def exports(self) -> Exportable | None:
        """What "Export plot" takes, or None."""
        return None
