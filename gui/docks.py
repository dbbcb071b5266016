"""Docks made from the declared panels: their places, and a guard around every panel."""
from __future__ import annotations

import base64
import binascii
import logging
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from core.train.request import Request
from gui.dock import Dock
from gui.dock_return import DockReturn
from gui.dock_room import DockRoom
from gui.panels import PANELS, Exportable, Panel, PanelInfo
from gui.panels._base import Area
from gui.plot_menu import plot_menu

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
