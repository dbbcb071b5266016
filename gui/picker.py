"""A field with a list under it that lies over the window: the command palette, and the list of ports to wire."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget
from shiboken6 import isValid

from gui.choice_delegate import HEIGHT, ChoiceDelegate
from gui.choices import CHOICE, Choice, ChoiceModel, ranked
from gui.theme import icons, palette

ROWS = 10
WIDEST = 620
SHADOW = 24
MARGIN = 8
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The window itself came and went, or a menu of the field did: that ends nothing.
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Picker(QWidget):
    """Covers its window, so that a click beside it closes it. It deletes itself, and gives the focus back.

    `chosen` hears what was taken, before that is done. `most` is how many lines are in view at once.
    """

    most = ROWS

    def __init__(self, window: QWidget, choices: Sequence[Choice], *, prompt: str, none: str,
                 recent: Sequence[str] = (), chosen: Callable[[Choice], object] | None = None,
                 at: QPoint | None = None):
        super().__init__(window)
        self._window, self._choices, self._recent, self._chosen, self._at = window, choices, recent, chosen, at
        self._before = QApplication.focusWidget()
        self._rows = max(1, min(self.most, len(choices)))
        self._panel = QFrame(self)
        self._panel.setProperty("role", "card")
        self.field, self.list, self.model = QLineEdit(), QListView(), ChoiceModel()
        self._none, self._tip = QLabel(none), QLabel()
        self._build(prompt)
        window.installEventFilter(self)
        self._show_answers("")
        self._place()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    @property
    def current(self) -> Choice | None:
        """The line that Enter would take."""
        found = self.list.currentIndex().data(CHOICE)
        return found if isinstance(found, Choice) else None

    def close_for_good(self, *, restore: bool = True) -> None:
        """Go away."""
        if not self.isHidden():
            self._window.removeEventFilter(self)
            before = self._before
            # First: hidden with the focus in it, it would hand that on as Tab does, which selects on the canvas.
            if restore and before is not None and isValid(before) and before.isVisible():
                before.setFocus(Qt.FocusReason.PopupFocusReason)
            self.hide()
            self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field that is being destroyed loses the focus before its end, when it must not be touched any more.
        if not isValid(self) or not isValid(self.field):
            return False
        if watched is self._window and event.type() == QEvent.Type.Resize:
            self._place()
        elif watched is self.field and isinstance(event, QKeyEvent):
            return self._key(event)
        elif (watched is self.field and isinstance(event, QFocusEvent) and event.lostFocus()
                and event.reason() not in PASSING):
            self.close_for_good(restore=False)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_for_good()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor(tokens.shadow)
        colour.setAlpha(max(2, tokens.shadow_alpha // 10))
        painter.setBrush(colour)
        for reach in range(SHADOW, 0, -2):
            soft = QRectF(self._panel.geometry()).adjusted(-reach, -reach + 6, reach, reach + 6)
            painter.drawRoundedRect(soft, tokens.radius_l + reach, tokens.radius_l + reach)

    def _build(self, prompt: str) -> None:
        tokens = palette.current().tokens
        self.field.setPlaceholderText(prompt)
        self.field.setAccessibleName(prompt)
        self.field.addAction(icons.icon("search", tokens.text_faint), QLineEdit.ActionPosition.LeadingPosition)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._show_answers)
        self.list.setProperty("role", "overlay")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate())
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setFixedHeight(self._rows * HEIGHT)
        self.list.setAccessibleName(prompt)
        self.list.clicked.connect(self._take)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self._none.setProperty("role", "empty")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._none.setFixedHeight(self._rows * HEIGHT)
        self._tip.setProperty("role", "small")
        self._tip.setContentsMargins(MARGIN, 0, MARGIN, 0)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN - 2)
        for widget in (self.field, self.list, self._none, self._tip):
            column.addWidget(widget)

    def _delegate(self) -> ChoiceDelegate:
        delegate = ChoiceDelegate()
        delegate.setParent(self)
        return delegate

    def _place(self) -> None:
        window = self._window.rect()
        self.setGeometry(window)
        wide = min(WIDEST if self._at is None else WIDEST * 2 // 3, window.width() - 2 * SHADOW)
        size = QSize(wide, self._panel.height() if self._panel.isVisible() else self._panel.sizeHint().height())
        corner = self._at or QPoint((window.width() - wide) // 2, window.height() // 9)
        room = window.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        left = max(room.left(), min(corner.x(), room.right() - size.width()))
        top = max(room.top(), min(corner.y(), room.bottom() - size.height()))
        self._panel.setGeometry(QRect(QPoint(left, top), size))

    @Slot(str)
    def _show_answers(self, text: str) -> None:
        rows = ranked(text, self._choices, self._recent)
        used = sum(c.enabled and c.key in self._recent for c in rows) if not text.strip() else 0
        self.model.put(rows, rule=used if used < len(rows) else 0, typed=text)
        self.list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if rows:
            self.list.setCurrentIndex(self.model.index(0, 0))
            self.list.scrollToTop()
        else:
            self._tip.clear()

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in STEPS:
            self._step(STEPS[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Escape:
            self.close_for_good()
        elif event.key() in ENTER:
            self._take(self.list.currentIndex())
        else:
            return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    def _step(self, by: int) -> None:
        rows = len(self.model.rows)
        if not rows:
            return
        at = self.list.currentIndex().row()
        # One step goes round at the ends, a page stops there.
        to = (at + by) % rows if abs(by) == 1 else max(0, min(rows - 1, at + by))
        self.list.setCurrentIndex(self.model.index(to, 0))

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, index: QModelIndex, before: QModelIndex) -> None:
        choice = self.current
        self._tip.setText(choice.tip if choice else "")
        if choice and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.field, choice.spoken))

    @Slot(QModelIndex)
    def _take(self, index: QModelIndex) -> None:
        choice = index.data(CHOICE)
        if isinstance(choice, Choice) and choice.enabled:
            self.close_for_good()
            if self._chosen is not None:
                self._chosen(choice)
            choice.run()
