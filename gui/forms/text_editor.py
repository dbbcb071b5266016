"""The editors for texts, for the places of files and folders, and for several names and their labels."""
from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path as FilePath
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from core.errors import ParamError
from core.params import KindList, Labels, Names, Param, Path, Text
from gui.forms._editor import SEVERAL, Editor, editor
from gui.forms.icon_button import icon_button
from gui.forms.name_picker import NamePicker
from gui.forms.text_field import TextField

BETWEEN = "; "


class TextEditor(Editor):
    """Edits a Text: it counts on Enter or on leaving."""

    def __init__(self, param: Param[Any], field: QWidget | None = None):
        self.line = TextField()
        super().__init__(param, field or self.line)
        self.line.setPlaceholderText(getattr(param, "special", ""))
        self.line.committed.connect(self._commit)
        self.line.reverted.connect(self.restore)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self.line.setText(self.written(value))
        self.line.setCursorPosition(0)

    def show_raw(self, value: Any) -> None:
        self.line.setText("" if value is SEVERAL else str(value))

    def written(self, value: Any) -> str:
        """A value as text."""
        return str(value)

    def read(self, text: str) -> Any:
        """The value that a text stands for. Raises ParamError."""
        return self.param.check(text.strip())

    @Slot()
    def _commit(self) -> None:
        if not self.line.isModified():
            return
        try:
            value = self.read(self.line.text())
        except ParamError as error:
            self.refuse(error)
            return
        self.line.setModified(False)
        self.take(value)
        self.show_value(value)
        self.finished.emit()


class NamesEditor(TextEditor):
    """Edits Names as a list with semicolons; once names are offered, also by ticking them."""

    def __init__(self, param: Names):
        box = QWidget()
        super().__init__(param, box)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        self.button = icon_button("chevron-down", "Choose from the columns of the data", self._ask,
                                  name=f"Choose {param.title.lower()}")
        self.button.setVisible(False)
        self._offered: tuple[str, ...] = ()
        self.picker: NamePicker | None = None
        row.addWidget(self.button)
        box.setFocusProxy(self.line)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setAccessibleName(param.title)

    def offer(self, names: Sequence[str]) -> None:
        """The names to choose from."""
        self._offered = tuple(names)
        self.button.setVisible(bool(names))

    def written(self, value: Any) -> str:
        return BETWEEN.join(value)

    def read(self, text: str) -> Any:
        return self.param.check(tuple(name.strip() for name in text.split(BETWEEN.strip()) if name.strip()))

    @Slot()
    def _ask(self) -> None:
        ticked = self._value if isinstance(self._value, tuple) else ()
        self.picker = NamePicker(self.button, self._offered, ticked, self._tick, self.finished.emit)

    def _tick(self, names: tuple[str, ...]) -> None:
        self.take(names)
        self.show_value(names)


class LabelsEditor(TextEditor):
    """Edits Labels as "name: word" with semicolons between."""

    def written(self, value: Any) -> str:
        return BETWEEN.join(f"{name}: {word}" for name, word in value)

    def read(self, text: str) -> Any:
        pairs = [part.rpartition(":") for part in text.split(BETWEEN.strip()) if part.strip()]
        return self.param.check(tuple((name.strip(), word.strip()) for name, _, word in pairs))


class KindListEditor(TextEditor):
    """Shows a KindList; whoever can show it in full lets it be changed."""

    def __init__(self, param: KindList):
        self._of = param.of
        super().__init__(param)
        self.line.setReadOnly(True)
        self.line.setPlaceholderText("none")

    def written(self, value: Any) -> str:
        return BETWEEN.join(self._of[kind.kind].info.title for kind in value)


class PathEditor(TextEditor):
    """Edits a Path: typed, or chosen in the system's dialog."""

    def __init__(self, param: Path):
        self._where = param
        box = QWidget()
        super().__init__(param, box)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        self.button = icon_button("open", f"Choose a {param.what}", self._ask)
        row.addWidget(self.button)
        box.setFocusProxy(self.line)
        self.line.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.line.setAccessibleName(param.title)

    def show_value(self, value: Any) -> None:
        super().show_value(value)
        # The end of a path tells more than its beginning.
        self.line.end(False)
        self.line.setToolTip(value or self.param.doc)

    @Slot()
    def _ask(self) -> None:
        start = str(FilePath(self._value).parent) if isinstance(self._value, str) and self._value else ""
        if self._where.what == "folder":
            name = QFileDialog.getExistingDirectory(self, "Choose Folder", start)
        else:
            kinds = " ".join(f"*{ending}" for ending in self._where.endings)
            wanted = f"{self.param.title} ({kinds});;All files (*)" if kinds else "All files (*)"
            name, _ = QFileDialog.getOpenFileName(self, "Choose File", start, wanted)
        if name:
            self.take(name)
            self.show_value(name)
            self.finished.emit()


@editor.register
def _text(param: Text) -> Editor:
    return TextEditor(param)


@editor.register
def _path(param: Path) -> Editor:
    return PathEditor(param)


@editor.register
def _names(param: Names) -> Editor:
    return NamesEditor(param)


@editor.register
def _labels(param: Labels) -> Editor:
    return LabelsEditor(param)


@editor.register
def _kinds(param: KindList) -> Editor:
    return KindListEditor(param)
