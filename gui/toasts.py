"""Notices as small cards that rise over the lower left corner of the canvas and leave by themselves."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QEnterEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.context import AppContext
from gui.forms.icon_button import icon_button
from gui.notify import Level, Notice
from gui.theme import icons
from gui.theme.tokens import Tokens

SECONDS: dict[Level, float] = {"info": 4.0, "warning": 8.0, "error": 0.0}
MOST = 4
WIDTH = 380
# Letters: a longer text takes the whole width.
LONG = 120
LEFT = Qt.AlignmentFlag.AlignLeft


class Toast(QFrame):
    """One notice. It waits while the pointer is on it; an error waits until it is dismissed."""

    gone = Signal(object)

    def __init__(self, notice: Notice, tokens: Tokens, parent: QWidget):
        super().__init__(parent)
        self.notice = notice
        self.setProperty("role", f"notice-{notice.level}")
        self.setAccessibleName(notice.prose)
        self._timer = QTimer(self, singleShot=True, interval=round(SECONDS[notice.level] * 1000))
        self._timer.timeout.connect(self.dismiss)
        self.lines = layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 8, 6)
        layout.setSpacing(tokens.gap)
        layout.addWidget(_mark(notice, tokens), 0, Qt.AlignmentFlag.AlignTop)
        said = QVBoxLayout()
        said.setSpacing(tokens.gap)
        said.addWidget(_words(notice), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(said, 1)
        if notice.action is not None:
            button = QPushButton(notice.action_text)
            button.clicked.connect(self._act)
            _leave_focus(button)
            # Beside a long text a button would leave it a narrow column.
            long = len(notice.prose) > LONG
            (said if long else layout).addWidget(button, 0, LEFT if long else Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._cross(), 0, Qt.AlignmentFlag.AlignTop)
        self._wait()

    @Slot()
    def dismiss(self) -> None:
        """Leave."""
        self._timer.stop()
        self.gone.emit(self)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._wait()
        super().leaveEvent(event)

    def _wait(self) -> None:
        if self._timer.interval():
            self._timer.start()

    def _act(self) -> None:
        self.dismiss()
        if self.notice.action is not None:
            self.notice.action()

    def _cross(self) -> QToolButton:
        button = icon_button("close", "Dismiss", self.dismiss)
        _leave_focus(button)
        return button


def _leave_focus(button: QAbstractButton) -> None:
    """Whoever clicks goes on where he was: with a toast that had the focus it would wander off."""
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)


class Toasts(QObject):
    """Stacks the toasts over `place`, the newest at the bottom; `aside` pixels to the right of them stay free."""

    def __init__(self, context: AppContext, place: QWidget):
        super().__init__(place)
        self._context = context
        self._place = place
        self.shown: list[Toast] = []
        self.aside = 0
        context.notify.posted.connect(self.show)
        place.installEventFilter(self)

    @Slot(object)
    def show(self, notice: Notice) -> None:
        """Show a notice; the same one is replaced, and the oldest makes room."""
        for toast in [t for t in self.shown if t.notice == notice]:
            self._remove(toast)
        while len(self.shown) >= MOST:
            self._remove(self.shown[0])
        toast = Toast(notice, self._context.theme.tokens, self._place)
        shadow = QGraphicsDropShadowEffect(toast, blurRadius=18, xOffset=0, yOffset=4)
        shadow.setColor(_shade(self._context.theme.tokens))
        toast.setGraphicsEffect(shadow)
        toast.gone.connect(self._leave)
        self.shown.append(toast)
        toast.show()
        self.arrange()

    def withdraw(self, offer: str) -> None:
        """Take away those whose button says `offer`: it does not hold any more."""
        for toast in [toast for toast in self.shown if toast.notice.action_text == offer]:
            self._remove(toast)
        self.arrange()

    def clear(self) -> None:
        """Take all away, as when the window closes."""
        for toast in tuple(self.shown):
            self._remove(toast)

    def arrange(self) -> None:
        """Put every toast in its place."""
        gap = self._context.theme.tokens.gap
        bottom = self._place.height() - 2 * gap
        width = min(WIDTH, self._place.width() - 4 * gap - self.aside)
        for toast in reversed(self.shown):
            toast.setFixedWidth(max(width, 200))
            height = toast.lines.totalHeightForWidth(toast.width())
            toast.setGeometry(2 * gap, bottom - height, toast.width(), height)
            toast.raise_()
            bottom -= height + gap

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.arrange()
        return False

    @Slot(object)
    def _leave(self, toast: Toast) -> None:
        self._remove(toast)
        self.arrange()

    def _remove(self, toast: Toast) -> None:
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()


def _mark(notice: Notice, tokens: Tokens) -> QLabel:
    colour = {"info": tokens.accent_ink, "warning": tokens.warning, "error": tokens.error}[notice.level]
    mark = QLabel()
    mark.setPixmap(icons.pixmap(notice.level, tokens.icon, colour, 2.0))
    mark.setContentsMargins(0, 6, 0, 0)
    return mark


def _words(notice: Notice) -> QLabel:
    words = QLabel(notice.prose)
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setWordWrap(True)
    words.setContentsMargins(0, 5, 0, 5)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words


def _shade(tokens: Tokens) -> QColor:
    colour = QColor(tokens.shadow)
    colour.setAlpha(tokens.shadow_alpha)
    return colour
