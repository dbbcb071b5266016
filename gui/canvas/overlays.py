"""What floats over the canvas: zoom control and minimap in the lower right corner, the find bar in the upper one, and
in the upper left one the word that the past is shown."""
from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QSize, Slot
from PySide6.QtGui import QAction

from gui.canvas.find_bar import FindBar
from gui.canvas.looking_back import LookingBack
from gui.canvas.minimap import Minimap
from gui.canvas.view import CanvasView
from gui.canvas.zoom_bar import ZoomBar

GAP = 12
# In a smaller canvas the map would hide what it helps to find.
LEAST = QSize(500, 320)


class Overlays(QObject):
    """Puts them in their places, and remembers whether the minimap is wanted."""

    def __init__(self, view: CanvasView, actions: Mapping[str, QAction]):
        super().__init__(view)
        self._view = view
        self.find_bar = FindBar(view)
        self.minimap = Minimap(view)
        self.zoom_bar = ZoomBar(view, actions)
        self.looking_back = LookingBack(view)
        self.looking_back.changed.connect(self.arrange)
        for watched in (view, self.find_bar):
            watched.installEventFilter(self)
        self.arrange()

    @property
    def roomy(self) -> bool:
        """True if the canvas is large enough for the minimap."""
        return self._view.width() >= LEAST.width() and self._view.height() >= LEAST.height()

    @property
    def width(self) -> int:
        """How far from the right edge the lower corner is taken."""
        return GAP + max(self.zoom_bar.width(), self.minimap.width())

    def toggle_minimap(self) -> None:
        """Show the minimap, or not, now and after the next start."""
        context = self._view.context
        context.settings.minimap = not context.settings.minimap
        context.settings.save()
        self.arrange()
        if context.settings.minimap and not self.roomy:
            context.notify.info("The canvas is too small for the minimap. It appears when there is more room.")

    @Slot()
    def arrange(self) -> None:
        """Put everything in its place."""
        right, bottom = self._view.width() - GAP, self._view.height() - GAP
        bar, small, find = self.zoom_bar, self.minimap, self.find_bar
        bar.move(right - bar.width(), bottom - bar.height())
        small.move(right - small.width(), bottom - bar.height() - GAP // 2 - small.height())
        small.setVisible(self._view.context.settings.minimap and self.roomy)
        past = self.looking_back
        find.move(right - find.width(), GAP)
        # Notices, which rise in the lower left corner, would hide it there.
        below = not find.isHidden() and past.width() + 2 * GAP > find.x()
        past.move(GAP, find.geometry().bottom() + GAP // 2 if below else GAP)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide):
            self.arrange()
        return False
