"""Docks made from the declared panels: their places, their titles, and a guard around every panel."""
from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QPoint, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QContextMenuEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QSizePolicy,
    QTabBar,
    QTabWidget,
    QWidget,
)

from core.train.request import Request
from gui.actions._build import tip_of
from gui.dock_return import DockReturn
from gui.dock_room import DockRoom
from gui.forms.icon_button import icon_button
from gui.panels import PANELS, Exportable, Panel, PanelInfo
from gui.panels._base import Area
from gui.plot_menu import plot_menu
from gui.theme import icons

if TYPE_CHECKING:
    from gui.main_window import MainWindow

log = logging.getLogger(__name__)

AREAS: dict[Area, Qt.DockWidgetArea] = {
    "left": Qt.DockWidgetArea.LeftDockWidgetArea,
    "right": Qt.DockWidgetArea.RightDockWidgetArea,
    "bottom": Qt.DockWidgetArea.BottomDockWidgetArea,
}
# A layout that another arrangement of panels left behind is not restored.
LAYOUT = 3
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


class Docks(QObject):
    """All docks by panel id."""

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self.docks: dict[str, Dock] = {}
        self._broken: set[str] = set()
        self.restored = False
        self._last_plot = ""
        self._frame = 0
        window.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks
                              | QMainWindow.DockOption.GroupedDragging)
        window.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        # Palette and inspector are as tall as the window; the row of plots lies below the canvas only.
        window.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        window.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        for info in in_order():
            self._add(info)
        self._titles = QTimer(self, singleShot=True, interval=0)
        self._titles.timeout.connect(self._dress)
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(self._show_focus)
        self.room = DockRoom(window, self.docks)
        self.place()
        self.room.watch()
        DockReturn(window, self.docks)
        for dock in self.docks.values():
            for signal in (dock.dockLocationChanged, dock.topLevelChanged, dock.visibilityChanged):
                signal.connect(self._changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focused)

    @property
    def panels(self) -> dict[str, Panel]:
        """The panels by id."""
        return {name: dock.panel for name, dock in self.docks.items()}

    def seen(self) -> Iterator[Dock]:
        """Docks that can be looked at now and whose panel works."""
        return (d for name, d in self.docks.items() if name not in self._broken and d.seen)

    def requests(self) -> frozenset[Request]:
        """What the panels that are seen need from the run."""
        return frozenset().union(*self.asked().values())

    def asked(self) -> dict[str, frozenset[Request]]:
        """The same, by panel."""
        return {dock.info.id: frozenset(self.guard(dock, dock.panel.requests) or ()) for dock in self.seen()}

    def tick(self) -> None:
        """Let the panels that are seen draw; those that skip frames take turns."""
        self._frame += 1
        turn = self._frame
        for dock in tuple(self.seen()):
            if dock.info.every > 1:
                turn += 1
            if dock.info.every == 1 or turn % dock.info.every == 0:
                self.guard(dock, dock.panel.on_tick)

    def tell(self, method: Callable[[Panel], Callable[..., None]], *arguments: Any) -> None:
        """Call the same method of every panel that works."""
        for name, dock in self.docks.items():
            if name not in self._broken:
                self.guard(dock, method(dock.panel), *arguments)

    def guard(self, dock: Dock, call: Callable[..., Any], *arguments: Any) -> Any:
        """Call a panel. If it raises it is switched off with a notice, and the rest goes on."""
        try:
            return call(*arguments)
        except Exception:
            log.exception("panel %s", dock.info.id)
            self._broken.add(dock.info.id)
            dock.panel.setEnabled(False)
            self._window.context.notify.error(
                f"{dock.info.title} failed and is switched off.", "The rest goes on; the next start brings it back.")
            return None

    def show(self, name: str) -> None:
        """Open a panel and bring it to the front."""
        if name in self.docks:
            self.docks[name].show()
            self.docks[name].raise_()

    def toggles(self) -> list[QAction]:
        """One switch for every panel, in the order of the window."""
        return [dock.toggleViewAction() for dock in self.docks.values()]

    def plots(self) -> list[Dock]:
        """The panels that are seen and can export; the one that was used last comes first."""
        found = [dock for dock in self.seen() if self.guard(dock, dock.panel.exports) is not None]
        return sorted(found, key=lambda dock: dock.info.id != self._last_plot)

    def plot(self, name: str | None = None) -> Exportable | None:
        """What a panel can export, by default the one that was used last, else the first plot that is seen."""
        found = [dock for dock in self.plots() if name in (None, dock.info.id)]
        exported: Exportable | None = found[0].panel.exports() if found else None
        return exported

    def offer_plot(self, dock: Dock, at: QPoint) -> bool:
        """Show the menu of a plot. False if it has none."""
        self._last_plot = dock.info.id
        menu: QMenu | None = self.guard(dock, plot_menu, self._window, dock.panel)
        if menu is not None:
            menu.popup(at)
        return menu is not None

    def place(self) -> None:
        """Put every panel in its declared place."""
        for info in in_order():
            dock = self.docks[info.id]
            dock.setFloating(False)
            self._window.removeDockWidget(dock)
        for area, where in AREAS.items():
            row = [self.docks[i.id] for i in in_order() if i.area == area]
            self._fill(area, where, row)
        for dock in self.docks.values():
            dock.setVisible(dock.info.visible)
        self._titles.start()

    def reset(self) -> None:
        """The layout of a first start."""
        self.place()
        self.size()
        for area in AREAS:
            first = next((i for i in in_order() if i.area == area and i.visible), None)
            if first is not None and area != "bottom":
                self.docks[first.id].raise_()

    def size(self) -> None:
        """Give the columns their width and the row its height. Qt heeds that only once the window is shown."""
        tokens = self._window.context.theme.tokens
        self.room.first(tokens.palette_width, tokens.side_width)

    def save(self) -> None:
        """Put the layout into the settings."""
        settings = self._window.context.settings
        settings.layout = LAYOUT
        settings.geometry = _text(self._window.saveGeometry())
        settings.state = _text(self._window.saveState(LAYOUT))

    def put_away(self) -> None:
        """The window closes. What floats is a window too: destroyed while it is shown, it would tell panels that are
        half gone already that they are hidden."""
        for dock in self.docks.values():
            if dock.isFloating():
                dock.hide()

    def restore(self) -> bool:
        """Take the layout from the settings. False if there is none that fits."""
        settings = self._window.context.settings
        if settings.layout != LAYOUT or not settings.state:
            return False
        self._window.restoreGeometry(_blob(settings.geometry))
        self.restored = self._window.restoreState(_blob(settings.state), LAYOUT)
        if self.restored:
            self.room.keep()
        return self.restored

    def _add(self, info: PanelInfo) -> None:
        dock = Dock(info, info.create(self._window.context), self._window)
        self.docks[info.id] = dock
        self._window.addAction(dock.toggleViewAction())
        dock.toggleViewAction().triggered.connect(lambda on: dock.raise_() if on else None)

    def _fill(self, area: Area, where: Qt.DockWidgetArea, row: list[Dock]) -> None:
        for dock in (d for d in row if d.info.apart):
            self._window.addDockWidget(where, dock, Qt.Orientation.Vertical)
        behind = [d for d in row if d.info.behind]
        row = [d for d in row if not d.info.apart and not d.info.behind]
        standing = [d for d in row if d is row[0] or (area != "right" and d.info.visible)]
        for dock, before in zip(standing, [None, *standing], strict=False):
            if before is not None and area == "bottom":
                self._window.splitDockWidget(before, dock, Qt.Orientation.Horizontal)
            else:
                self._window.addDockWidget(where, dock, Qt.Orientation.Vertical)
        for dock, before in zip(row, [None, *row], strict=False):
            if before is not None and dock not in standing:
                self._window.addDockWidget(where, dock)
                self._window.tabifyDockWidget(before, dock)
        for dock in behind:
            self._window.addDockWidget(where, dock)
            self._window.tabifyDockWidget(self.docks[dock.info.behind], dock)
        if area == "right" and row:
            row[0].raise_()

    @Slot()
    def _changed(self) -> None:
        self._titles.start()
        self.room.look()

    @Slot()
    def _dress(self) -> None:
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setAccessibleName("Panels")
            # Qt keeps empty ones out of sight, where Tab would still stop.
            bar.setFocusPolicy(Qt.FocusPolicy.TabFocus if bar.count() else Qt.FocusPolicy.NoFocus)
        for dock in self.docks.values():
            beside = [d for d in self._window.tabifiedDockWidgets(dock) if not d.isHidden()]
            dock.dress(alone=not beside)

    @Slot()
    def _show_focus(self) -> None:
        focus = self._window.focusWidget()
        for dock in self.docks.values():
            if focus is not None and dock.isAncestorOf(focus) and dock.isVisible() and not dock.seen:
                dock.raise_()

    @Slot(QWidget, QWidget)
    def _focused(self, old: QWidget | None, new: QWidget | None) -> None:
        for name, dock in self.docks.items():
            if new is not None and dock.isAncestorOf(new):
                self._last_plot = name
                # Tab also goes into panels that are behind others. Not at once: the focus wanders when a window ends.
                self._reveal.start()


def in_order() -> list[PanelInfo]:
    """The declared panels, area by area."""
    areas = tuple(AREAS)
    return sorted(PANELS.values(), key=lambda i: (areas.index(i.area), i.order, i.id))


def _text(blob: QByteArray) -> str:
    return base64.b64encode(blob.data()).decode()


def _blob(text: str) -> QByteArray:
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return QByteArray()
