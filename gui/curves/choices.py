"""The row of choices above the curves."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QSlider, QWidget

from gui.curves.quantity import Quantity
from gui.forms.menu_button import MenuButton, offer
from gui.theme import fonts, palette

CONTROL, SIDE = 22, 4
AXES = {"epoch": "Epochs", "step": "Steps", "seconds": "Seconds"}


class Smoothing(QSlider):
    """From 0 to 0.99, as in TensorBoard."""

    def __init__(self, moved: Callable[[float], object]):
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, 99)
        self.setPageStep(10)
        self.setAccessibleName("Smoothing")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(110)
        self.setMinimumWidth(36)
        self.valueChanged.connect(lambda: moved(self.weight))
        self.valueChanged.connect(self._say)
        self._say()

    @property
    def weight(self) -> float:
        """How much of what came before counts."""
        return self.value() / 100

    def sizeHint(self) -> QSize:
        return QSize(80, super().sizeHint().height())

    def _say(self) -> None:
        self.setToolTip(f"Smoothing {self.weight:.2f}: a moving average, with the line itself faint behind it")


class Shown(MenuButton):
    """Which quantities are drawn, and over what."""

    def __init__(self, offered: Callable[[], Sequence[Quantity]], chosen: Callable[[], Sequence[str]],
                 pick: Callable[[str], object], axis: Callable[[], str], turn: Callable[[str], object]):
        super().__init__("Quantities", "Choose what to draw, and over what", self._list)
        self._offered, self._chosen, self._pick, self._axis, self._turn = offered, chosen, pick, axis, turn
        self.say("Show")

    def _list(self, menu: QMenu) -> None:
        for quantity in self._offered():
            action = menu.addAction(quantity.title)
            action.setCheckable(True)
            action.setChecked(quantity.id in self._chosen())
            action.triggered.connect(lambda _=False, name=quantity.id: self._pick(name))
        menu.addSeparator()
        names = list(AXES)
        offer(menu, [f"Over {AXES[name].lower()}" for name in names], names.index(self._axis()),
              lambda place: self._turn(names[place]))


class More(QWidget):
    """Says how many quantities are chosen that have no room, in as many words as itself has; else out of sight."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: tuple[str, ...] = ("",)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, waiting: Sequence[str]) -> None:
        """Name these; nothing hides it."""
        count = f"{len(waiting)} more"
        texts = f"{count}: make the view higher", count, f"+{len(waiting)}"
        tip = f"{', '.join(waiting)}: chosen, but without room. Make the view higher."
        if (texts, tip, bool(waiting)) != (self.texts, self.toolTip(), not self.isHidden()):
            self.texts = texts
            self.setAccessibleName(tip)
            self.setToolTip(tip)
            self.setVisible(bool(waiting))
            self.updateGeometry()
            self.update()

    @property
    def text(self) -> str:
        """What there is room for."""
        return next((text for text in self.texts if self._wide(text) <= self.width()), self.texts[-1])

    def sizeHint(self) -> QSize:
        return QSize(self._wide(self.texts[0]), CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._wide(self.texts[-1]), CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text)
        painter.end()

    def _wide(self, text: str) -> int:
        return QFontMetrics(fonts.font(palette.current().tokens, small=True)).horizontalAdvance(text) + 2 * SIDE
