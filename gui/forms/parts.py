"""Small pieces that the panels with forms share: headings, lines, facts, notices, empty states."""
from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from core.errors import Problem
from gui.forms.picture import Picture
from gui.theme import palette

MARGIN = 12
FACT_WIDTH = 96
SMALLEST = 200


def label(text: str = "", role: str = "") -> QLabel:
    """A label that wraps. `role` is one of the style sheet's."""
    made = QLabel(text, wordWrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    return made


def unbroken(prose: str) -> str:
    """The same text, in which no line ends between a number and its per cent sign."""
    return prose.replace(" %", "\u00a0%")


def line() -> QFrame:
    """A hairline."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


def heading(text: str, *, ruled: bool) -> QWidget:
    """The title of a section, with a hairline above unless it is the first."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(palette.current().tokens.gap)
    if ruled:
        column.addSpacing(palette.current().tokens.gap_s)
        column.addWidget(line())
    column.addWidget(label(text, "heading"))
    return made


class Facts(QWidget):
    """Names and values that can be read and copied, not changed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[tuple[QLabel, QLabel]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(palette.current().tokens.gap)
        self._grid.setVerticalSpacing(palette.current().tokens.gap_s)
        self._grid.setColumnStretch(1, 1)

    def show_rows(self, rows: Iterable[tuple[str, str]]) -> None:
        """Show these facts and no others."""
        wanted = list(rows)
        while len(self._rows) < len(wanted):
            self._append()
        for index, (name, value) in enumerate(self._rows):
            shown = index < len(wanted)
            name.setVisible(shown)
            value.setVisible(shown)
            if shown:
                name.setText(wanted[index][0])
                value.setText(wanted[index][1])

    def texts(self) -> dict[str, str]:
        """What is shown, by name."""
        return {name.text(): value.text() for name, value in self._rows if not name.isHidden()}

    def _append(self) -> None:
        name, value = label(role="muted"), label()
        name.setFixedWidth(FACT_WIDTH)
        name.setMinimumHeight(20)
        value.setMinimumHeight(20)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._grid.addWidget(name, len(self._rows), 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, len(self._rows), 1)
        self._rows.append((name, value))


class Notices(QWidget):
    """Problems in full: what is wrong, and what to do."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(palette.current().tokens.gap)
        self._shown: tuple[Problem, ...] = ()
        self.frames: list[QFrame] = []
        self.setVisible(False)

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show these and no others."""
        wanted = tuple(problems)
        if wanted == self._shown:
            return
        self._shown = wanted
        for frame in self.frames:
            self._column.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        self.frames = [self.notice(problem) for problem in wanted]
        for frame in self.frames:
            self._column.addWidget(frame)
        self.setVisible(bool(wanted))

    def notice(self, problem: Problem) -> QFrame:
        """What is shown of one problem."""
        return Notice(problem)


class Notice(QFrame):
    """One problem; `column` has room for more below its text."""

    def __init__(self, problem: Problem):
        super().__init__()
        self.setProperty("role", f"notice-{problem.severity}")
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(Picture(problem.severity, 16, problem.severity), 0, Qt.AlignmentFlag.AlignTop)
        self.column = QVBoxLayout()
        self.column.setSpacing(2)
        self.column.addWidget(label(problem.message))
        if problem.hint:
            self.column.addWidget(label(problem.hint, "muted"))
        row.addLayout(self.column, 1)


class Empty(QWidget):
    """What stands where there is nothing: a picture, what that means, and what to do."""

    def __init__(self, icon: str, title: str, text: str):
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(palette.current().tokens.gap_s)
        column.addStretch(1)
        column.addWidget(Picture(icon, 24, "text_faint"), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(4)
        for words, role in ((title, "heading"), (text, "empty")):
            made = label(words, role)
            made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(made)
        column.addStretch(1)


class Scroller(QScrollArea):
    """Scrolls its content up and down only, and keeps it at the top."""

    def __init__(self) -> None:
        super().__init__(widgetResizable=True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._arranging = False
        self.verticalScrollBar().rangeChanged.connect(self._make_room)

    def sizeHint(self) -> QSize:
        return QSize(palette.current().tokens.side_width, 480)

    def minimumSizeHint(self) -> QSize:
        return QSize(SMALLEST, 120)

    def setWidget(self, widget: QWidget) -> None:
        super().setWidget(widget)
        self._make_room(0, self.verticalScrollBar().maximum())

    @Slot(int, int)
    def _make_room(self, low: int, high: int) -> None:
        """Let the scroll bar stand in the margin, so that nothing moves when it comes and goes."""
        content = self.widget()
        # The margin moves the content before the scroll bar has, which may call here again, and so on for ever.
        if content is None or self._arranging:
            return
        self._arranging = True
        taken = self.verticalScrollBar().sizeHint().width() if high > low else 0
        content.setContentsMargins(MARGIN, MARGIN, max(0, MARGIN - taken), MARGIN)
        self._arranging = False


def page(*contents: QWidget) -> QWidget:
    """A column of widgets, to be put into a `Scroller`."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(MARGIN)
    for widget in contents:
        column.addWidget(widget)
    column.addStretch(1)
    made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return made
