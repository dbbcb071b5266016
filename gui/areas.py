"""The parts of the window that F6 goes through: tool bar, palette, canvas, right column, bottom row, status line."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTabBar, QToolBar, QWidget

from gui.panels._base import Area

if TYPE_CHECKING:
    from gui.main_window import MainWindow

TAB = Qt.FocusReason.TabFocusReason
SIDES: tuple[Area, ...] = ("left", "right", "bottom")


def areas(window: MainWindow) -> list[list[QWidget]]:
    """The areas that can take the focus now, each as the widgets that it consists of, in reading order."""
    left, right, bottom = (_side(window, side) for side in SIDES)
    bars: list[QWidget] = [*window.findChildren(QToolBar)]
    found: list[list[QWidget]] = [bars, left, [window.canvas], right, bottom, [window.statusBar()]]
    return [area for area in found if first(area) is not None]


def _side(window: MainWindow, side: Area) -> list[QWidget]:
    """The panels at a side that are seen: first what they hold, then their titles, then their tabs."""
    docks = [dock for dock in window.docks.docks.values() if dock.seen and dock.info.area == side]
    titles = {dock.windowTitle() for dock in docks}
    tabs = [bar for bar in window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
            if titles & {bar.tabText(i) for i in range(bar.count())}]
    return [*(dock.widget() for dock in docks), *docks, *tabs]


def go(window: MainWindow, forward: bool) -> None:
    """Give the focus to the next or previous area."""
    row = areas(window)
    focus = QApplication.focusWidget()
    inside = [i for i, area in enumerate(row) for part in area if focus is part or part.isAncestorOf(focus)] \
        if focus is not None else []
    if inside:
        at = (inside[0] + (1 if forward else -1)) % len(row)
    else:
        at = next(i for i, area in enumerate(row) if window.canvas in area)
    target = first(row[at])
    if target is not None:
        target.setFocus(TAB)


def first(area: list[QWidget]) -> QWidget | None:
    """The first widget of an area that Tab would reach."""
    return next((widget for part in area for widget in reachable(part)), None)


def reachable(part: QWidget) -> list[QWidget]:
    """What the keyboard reaches in a part, from top to bottom and from left to right.

    Qt's chain of focus is not asked: what `nextInFocusChain` gives counts as a child of the widget that was asked, and
    in Python it is gone as soon as that one is (PySide 6.11).
    """
    found = [widget for widget in (part, *part.findChildren(QWidget))
             if widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
             and widget.focusPolicy() & Qt.FocusPolicy.TabFocus]
    places = {widget: widget.mapTo(part, QPoint()) if widget is not part else QPoint() for widget in found}
    return sorted(found, key=lambda widget: (places[widget].y(), places[widget].x()))
