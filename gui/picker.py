"""A field with a list under it that lies over the window: the command palette, and the list of ports to wire."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QListView, QVBoxLayout, QWidget

from gui.choice_delegate import HEIGHT, ChoiceDelegate
from gui.choices import CHOICE, Choice, ChoiceModel, ranked
from gui.search_popup import SearchPopup

ROWS = 10
WIDEST = 620
SHADOW = 24
MARGIN = 8
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -ROWS, Qt.Key.Key_PageDown: ROWS}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
# The window itself came and went, or a menu of the field did: that ends nothing.
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class Picker(SearchPopup):
    """Covers its window, so that a click beside it closes it. It deletes itself, and gives the focus back.

    `chosen` hears what was taken, before that is done. `most` is how many lines are in view at once.
    """

    most = ROWS

    def __init__(self, window: QWidget, choices: Sequence[Choice], *, prompt: str, none: str,
                 recent: Sequence[str] = (), chosen: Callable[[Choice], object] | None = None,
                 at: QPoint | None = None):
        super().__init__(window, QApplication.focusWidget(), prompt)
        self._choices, self._recent, self._chosen, self._at = choices, recent, chosen, at
        self._rows = max(1, min(self.most, len(choices)))
        self.list, self.model = QListView(), ChoiceModel()
        self._none, self._tip = QLabel(none), QLabel()
        self._build()
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

    def _build(self) -> None:
        self.field.textChanged.connect(self._show_answers)
        self.list.setProperty("role", "overlay")
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate())
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setFixedHeight(self._rows * HEIGHT)
        self.list.setAccessibleName(self.field.accessibleName())
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
