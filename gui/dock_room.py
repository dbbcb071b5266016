"""How large docks are: the row of plots, panels that stand apart from it, and stacks whose tabs must be readable."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMainWindow, QTabBar

if TYPE_CHECKING:
    from gui.dock import Dock

# The row of plots: a share of the height of the window, but on a low one as much as plots need.
ROW, LOWEST_ROW = 0.3, 256
# Of the height of the window: a panel that stands apart, and the row of plots beside it.
APART, BESIDE = 0.36, 0.22
# Beside a stack that grows, every other panel of the row keeps so much.
NARROW = 152
BESIDE_TABS = 2
# Of the height of a window that becomes lower the canvas keeps that share.
CANVAS = 0.3


class DockRoom(QObject):
    """Sizes are set when a panel comes or goes; what somebody drags in between stays as it is."""

    def __init__(self, window: QMainWindow, docks: Mapping[str, Dock]):
        super().__init__(window)
        self._window, self._docks = window, docks
        # The height of the row while it stood alone, also before each panel came that stands apart from it; and those
        # of these panels that have had their share.
        self._alone = 0
        self._before: dict[str, int] = {}
        self._sized: set[str] = set()
        self._stacks: set[frozenset[str]] | None = None
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._make_room)
        self._lower = QTimer(self, singleShot=True, interval=0)
        self._lower.timeout.connect(self._spare_canvas)

    @property
    def row_height(self) -> int:
        """Of the row of plots at a first start."""
        return max(LOWEST_ROW, round(ROW * self._window.height()))

    @property
    def pending(self) -> bool:
        """True until all sizes are as they should be."""
        return self._timer.isActive() or self._lower.isActive()

    def first(self, palette: int, side: int) -> None:
        """Give the columns their width and the row its height. Qt heeds that only once the window is shown."""
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        for area, extent in (("left", palette), ("right", side)):
            column = self._declared(area)
            self._window.resizeDocks(column, [extent] * len(column), across)
        row = self._declared("bottom")
        self._window.resizeDocks(row, [self.row_height] * len(row), down)
        self._window.resizeDocks(row, [dock.info.width for dock in row], across)
        self._before.clear()
        self._sized.clear()

    def keep(self) -> None:
        """What is open now has its size already."""
        self._sized = {dock.info.id for dock in self._apart() if not dock.isHidden()}
        self._before = dict.fromkeys(self._sized, self.row_height)
        self._stacks = None

    def watch(self) -> None:
        """Follow the height of the row and of the window. To be called once, when there are docks."""
        self._window.installEventFilter(self)
        for dock in self._docks.values():
            if dock.info.area == "bottom" and not dock.info.apart:
                dock.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window:
            if isinstance(event, QResizeEvent) and event.size().height() < event.oldSize().height():
                self._lower.start()
        elif event.type() == QEvent.Type.Resize and all(d.isHidden() or d.isFloating() for d in self._apart()):
            dock = next((d for d in self._docks.values() if d is watched), None)
            if dock is not None and dock.isVisible() and not dock.isFloating() and self._at_bottom(dock):
                self._alone = dock.height()
        return False

    @Slot()
    def look(self) -> None:
        """A panel came, went or moved."""
        for dock in self._apart():
            if dock.isVisible() and not dock.isFloating() and dock.info.id not in self._before:
                self._before[dock.info.id] = next(iter(self._before.values()), self._alone or self.row_height)
        self._timer.start()

    def _declared(self, area: str) -> list[Dock]:
        return [dock for dock in self._docks.values() if dock.info.area == area and dock.info.visible]

    def _at_bottom(self, dock: Dock) -> bool:
        return self._window.dockWidgetArea(dock) == Qt.DockWidgetArea.BottomDockWidgetArea

    def _apart(self) -> list[Dock]:
        return [dock for dock in self._docks.values() if dock.info.apart]

    def _row(self, dock: Dock) -> Dock:
        standing = self._declared(dock.info.area)
        return next((other for other in standing if other.isVisible()), standing[0])

    @Slot()
    def _make_room(self) -> None:
        """A panel that stands apart takes its share of the height from the canvas, and gives it back when it goes."""
        for dock in self._apart():
            name, row = dock.info.id, self._row(dock)
            if dock.isVisible() and not dock.isFloating():
                if name not in self._sized:
                    self._sized.add(name)
                    heights = [round(share * self._window.height()) for share in (APART, BESIDE)]
                    self._window.resizeDocks([dock, row], heights, Qt.Orientation.Vertical)
            elif (dock.isHidden() or dock.isFloating()) and name in self._before:
                self._sized.discard(name)
                self._window.resizeDocks([row], [self._before.pop(name)], Qt.Orientation.Vertical)
        self._widen_stacks()

    @Slot()
    def _spare_canvas(self) -> None:
        """Qt takes all that a lower window lacks from the canvas. Panels that stand apart and the row share in it."""
        canvas = self._window.centralWidget()
        wanted = round(CANVAS * self._window.height()) - canvas.height() if canvas is not None else 0
        shown = [d for d in self._apart() if d.isVisible() and not d.isFloating() and self._at_bottom(d)]
        if wanted <= 0 or not shown:
            return
        lying = [*shown, self._row(shown[0])]
        whole = sum(dock.height() for dock in lying)
        heights = [dock.height() - round(wanted * dock.height() / whole) for dock in lying]
        self._window.resizeDocks(lying, heights, Qt.Orientation.Vertical)

    def _widen_stacks(self) -> None:
        """A stack that has got another tab becomes as wide as its tabs, as far as its neighbours can spare it."""
        if not self._window.isVisible():
            return
        bars = {bar: self._in(bar) for bar in self._window.findChildren(
            QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly) if bar.isVisible()}
        stacks = {frozenset(dock.info.id for dock in stack) for stack in bars.values() if stack}
        known, self._stacks = self._stacks, stacks
        if known is None or stacks <= known:
            return
        wanted = {stack[0]: bar.sizeHint().width() + BESIDE_TABS for bar, stack in bars.items()
                  if stack and frozenset(dock.info.id for dock in stack) not in known}
        row = [dock for dock in self._docks.values() if not dock.info.apart and dock.seen and not dock.isFloating()
               and self._at_bottom(dock)]
        for dock, width in wanted.items():
            front = next((one for one in (dock, *self._window.tabifiedDockWidgets(dock)) if one in row), None)
            if front is not None and front.width() < width:
                tabs = {one: bar.sizeHint().width() + BESIDE_TABS for bar, stack in bars.items() for one in stack}
                self._widen(front, width, {one: max(NARROW, tabs.get(one, 0)) for one in row if one is not front})

    def _widen(self, stack: Dock, width: int, others: Mapping[Dock, int]) -> None:
        """At the cost of the others, which keep so many pixels."""
        spare = {dock: max(0, dock.width() - least) for dock, least in others.items()}
        taken = min(width - stack.width(), sum(spare.values()))
        if taken > 0:
            widths = [dock.width() - round(taken * spare[dock] / sum(spare.values())) for dock in others]
            self._window.resizeDocks([stack, *others], [stack.width() + taken, *widths], Qt.Orientation.Horizontal)

    def _in(self, bar: QTabBar) -> list[Dock]:
        """The docks of the row whose tabs these are."""
        titles = {bar.tabText(place) for place in range(bar.count())}
        return [dock for dock in self._docks.values() if dock.info.area == "bottom" and not dock.isHidden()
                and dock.windowTitle() in titles]
