"""One panel in its dock: its title, its switch, and how it is closed."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QSizePolicy, QWidget

from gui.actions._build import tip_of
from gui.forms.icon_button import icon_button
from gui.panels import Panel, PanelInfo
from gui.panels._base import Area
from gui.theme import icons

if TYPE_CHECKING:
    from gui.main_window import MainWindow

NARROWEST: dict[Area, int] = {"left": 160, "right": 264, "bottom": 130}
# As high as a row of tabs.
TITLE_HEIGHT = 29


class Dock(QDockWidget):
    """One panel in its dock."""

    def __init__(self, info: PanelInfo, panel: Panel, window: MainWindow):
        super().__init__(info.tab or info.title, window)
        self.info = info
        self.panel = panel
        self._window = window
        self.setObjectName(f"dock.{info.id}")
        self.setWidget(panel)
        panel.setMinimumWidth(max(panel.minimumWidth(), NARROWEST[info.area]))
        self._bar = TitleBar(self)
        self._blank = QWidget(self)
        self._blank.setMaximumHeight(0)
        self.setTitleBarWidget(self._bar)
        self._dress_toggle()

    def dress(self, alone: bool) -> None:
        """A title for a panel that stands alone; among tabs the tab is the title."""
        wanted = self._bar if alone or self.isFloating() else self._blank
        if self.titleBarWidget() is not wanted:
            self.titleBarWidget().hide()
            self.setTitleBarWidget(wanted)
            wanted.show()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        # The bar of title and tabs has the menu of the window.
        inside = self.panel.geometry().contains(event.pos())
        if not (inside and self._window.docks.offer_plot(self, event.globalPos())):
            event.ignore()

    @property
    def seen(self) -> bool:
        """Whether it can be looked at. Qt puts a dock behind others out of sight, but calls it visible."""
        return self.isVisible() and not self.visibleRegion().isEmpty()

    def closeEvent(self, event: QCloseEvent) -> None:
        toggle = self.toggleViewAction()
        if not toggle.isChecked() and self.isVisible() and not self.seen:
            # Its switch was pressed while it was open behind others: whoever does that wants to see it.
            event.ignore()
            toggle.setChecked(True)
            self.raise_()
        else:
            super().closeEvent(event)

    def _dress_toggle(self) -> None:
        toggle = self.toggleViewAction()
        toggle.setObjectName(f"panel.{self.info.id}")
        toggle.setText(self.info.title)
        icons.bind(toggle, self.info.icon)
        keys = [QKeySequence(self.info.shortcut)] if self.info.shortcut else []
        toggle.setShortcuts(keys)
        toggle.setToolTip(tip_of(self.info.tip or f"Show or hide {self.info.title}", keys))


class Title(QLabel):
    """A heading that becomes short or ends in dots where there is no room; it does not keep the panel wide."""

    def __init__(self, text: str, short: str = ""):
        super().__init__(text)
        self._short = short
        self.setProperty("role", "heading")
        # The dock must get the mouse, or it cannot be dragged by its name.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.width() or not self._short
        words = self.text() if whole else self._short
        text = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class TitleBar(QWidget):
    """Name, and two small buttons: float, close. Drag it to move the panel; double-click floats it."""

    def __init__(self, dock: Dock):
        super().__init__(dock)
        self._dock = dock
        self.setFixedHeight(TITLE_HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 0, 4, 1)
        layout.setSpacing(2)
        layout.addWidget(Title(dock.info.title, dock.info.tab), 1)
        layout.addWidget(icon_button("float", f"Float {dock.info.title}, or put it back", self._float, scale=0.75))
        layout.addWidget(icon_button("close", f"Close {dock.info.title}", dock.close, scale=0.75))

    def sizeHint(self) -> QSize:
        # Docks do not heed a fixed height.
        return QSize(super().sizeHint().width(), TITLE_HEIGHT)

    def _float(self) -> None:
        self._dock.setFloating(not self._dock.isFloating())
