"""One step of preprocessing as a card: what it does, its settings folded below, a grip to move it by."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from core.params import Kind, Names
from core.preprocessing import STEPS
from gui.data.section import small_button
from gui.data.step_text import icon_of, settings_line
from gui.forms.form import Form
from gui.forms.text_editor import NamesEditor
from gui.theme import fonts, icons, palette

HEAD = 44
LEFT = 22
ICON = 16
BUTTONS = 2 * 24 + 8


class StepHead(QWidget):
    """Title and settings of a step. A click unfolds it, dragging moves it, Ctrl+Up and Ctrl+Down too, Delete removes.

    `dragged` carries the pointer's height on the screen while it moves, `dropped` says that it was let go.
    """

    clicked = Signal()
    dragged = Signal(int)
    dropped = Signal(bool)
    moved = Signal(int)
    removed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._title, self._line, self._icon, self._warned = "", "", "settings", False
        self._from: QPointF | None = None
        self._dragging = False
        self.setFixedHeight(HEAD)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_step(self, title: str, line: str, icon: str, *, warned: bool) -> None:
        """Show these texts."""
        self._title, self._line, self._icon, self._warned = title, line, icon, warned
        self.setAccessibleName(f"Step {title}")
        self.setAccessibleDescription(line)
        self.update()

    @property
    def texts(self) -> tuple[str, str]:
        """Title and settings."""
        return self._title, self._line

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._from, self._dragging = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        far = (event.position() - self._from).manhattanLength() >= QApplication.startDragDistance()
        if self._dragging or far:
            self._dragging = True
            self.dragged.emit(event.globalPosition().toPoint().y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        dragging, pressed = self._dragging, self._from is not None
        self._from, self._dragging = None, False
        if dragging:
            self.dropped.emit(True)
        elif pressed and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape and self._dragging:
            self._from, self._dragging = None, False
            self.dropped.emit(False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clicked.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        elif held and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent_ink), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), tokens.radius, tokens.radius)
        icons.paint(painter, QRectF(4, (HEAD - 14) / 2, 14, 14), "grip", tokens.text_faint)
        icons.paint(painter, QRectF(LEFT, (HEAD - ICON) / 2, ICON, ICON), self._icon, tokens.text_muted)
        room = QRectF(LEFT + ICON + 8, 0, self.width() - LEFT - ICON - 8 - BUTTONS, HEAD)
        if self._warned:
            icons.paint(painter, QRectF(room.right() - 16, (HEAD - 14) / 2, 14, 14), "warning", tokens.warning)
            room.setRight(room.right() - 20)
        strong, small = fonts.font(tokens, strong=True), fonts.font(tokens, small=True)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for font, text, top, ink in ((strong, self._title, 5, tokens.text), (small, self._line, 22, tokens.text_muted)):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRectF(room.left(), top, room.width(), 17), left, shown)
        painter.end()


class StepCard(QFrame):
    """A step with its form. `submitted` carries the name of a setting and its new value."""

    submitted = Signal(str, object)
    finished = Signal()

    def __init__(self, step: Kind, *, unfolded: bool = False):
        super().__init__()
        self.kind = step.kind
        self._step = step
        self._problem, self._learned = "", ""
        declared = STEPS[step.kind]
        self.setProperty("role", "card")
        self.head = StepHead()
        self.fold: QToolButton = small_button("chevron-right", f"Settings of {declared.info.title}",
                                              "Show or hide the settings.")
        self.remove = small_button("close", f"Remove {declared.info.title}", "Remove this step.")
        self.form = Form(declared) if declared.params else None
        self.fold.setVisible(self.form is not None)
        self._lay_out()
        if self.form is not None:
            self.form.submitted.connect(self.submitted)
            self.form.finished.connect(self.finished)
            self.form.setVisible(False)
        self.fold.clicked.connect(self.toggle)
        self.head.clicked.connect(self.toggle)
        self.show_step(step)
        if unfolded:
            self.toggle()

    @property
    def unfolded(self) -> bool:
        """True while the settings are shown."""
        return self.form is not None and not self.form.isHidden()

    def show_step(self, step: Kind) -> None:
        """Follow a change of the step's settings."""
        self._step = step
        if self.form is not None:
            self.form.set_values(step.params)
        self._tell()

    def show_problem(self, text: str) -> None:
        """Warn of what does not fit, or take that back."""
        self._problem = text
        self._tell()

    def show_learned(self, text: str) -> None:
        """Say what the step has learned of the training part."""
        self._learned = text
        self._tell()

    def offer(self, names: Sequence[str]) -> None:
        """The names that settings which name columns can choose from."""
        for name, param in STEPS[self.kind].params.items():
            if self.form is not None and isinstance(param, Names):
                edited = self.form.editor(name)
                if isinstance(edited, NamesEditor):
                    edited.offer(names)

    def toggle(self) -> None:
        """Fold the settings out or in."""
        if self.form is not None:
            self.form.setVisible(self.form.isHidden())
            icons.bind(self.fold, "chevron-right" if self.form.isHidden() else "chevron-down")

    def discard(self) -> None:
        """Send nothing from now on: the card is about to go."""
        self.blockSignals(True)
        if self.form is not None:
            self.form.discard()

    def _tell(self) -> None:
        info, icon = STEPS[self.kind].info, icon_of(STEPS[self.kind])
        self.head.show_step(info.title, settings_line(self._step), icon, warned=bool(self._problem))
        lines = [f"{info.title}: {info.summary}.", self._learned, self._problem]
        self.head.setToolTip("\n".join(line for line in lines if line))

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setContentsMargins(0, 0, 6, 0)
        buttons.setSpacing(0)
        buttons.addStretch(1)
        buttons.addWidget(self.fold)
        buttons.addWidget(self.remove)
        self.head.setLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self.head)
        if self.form is not None:
            self.form.setContentsMargins(10, 4, 10, 10)
            column.addWidget(self.form)

    def sizeHint(self) -> QSize:
        return QSize(200, super().sizeHint().height())
