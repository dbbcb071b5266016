"""Renaming in place: a line of text over the title of a card."""
from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, Qt, Slot
from PySide6.QtGui import QFont, QKeyEvent

from core.graph import edits
from core.graph.naming import kind_title, title_of
from gui.canvas import card, changes
from gui.forms.text_field import TextField

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

LONGEST = 80
SMALLEST_FONT = 11
NARROWEST = 96
INSET = 6.0
HALF = 12.0


class NodeTitle(TextField):
    """Enter and leaving commit what was typed, Escape forgets it. An empty title goes back to that of the kind."""

    def __init__(self, canvas: CanvasView):
        super().__init__()
        self.setParent(canvas)
        self._canvas = canvas
        self.node = ""
        self.setMaxLength(LONGEST)
        self.setAccessibleName("Title")
        self.setToolTip("Title of this node (Enter keeps it, Escape forgets it)")
        self.hide()
        self.committed.connect(self._commit)
        canvas.moved.connect(self._place)
        canvas.context.document_changed.connect(self._follow)

    def edit(self, name: str) -> bool:
        """Begin with the present title, all of it selected. False for a node that cannot be seen."""
        item = self._canvas.canvas_scene.nodes.get(name)
        if item is None or not item.isVisible():
            return False
        self._canvas.reveal(name)
        self.node = name
        self.setText(title_of(self._canvas.context.document, name))
        self._place()
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def event(self, event: QEvent) -> bool:
        if (event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
                and event.key() == Qt.Key.Key_Escape):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._end()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _commit(self) -> None:
        if not self.node:
            return
        name, typed = self.node, self.text().strip()
        self._end()
        node = self._canvas.context.document.nodes[name]
        title = "" if typed == kind_title(node.kind) else typed
        if title != node.title:
            self._canvas.do(changes.Change(f"Rename {title_of(self._canvas.context.document, name)}",
                                           partial(edits.rename, node=name, title=title)))

    def _end(self) -> None:
        # First forgotten: hiding takes the focus away, which is a reason to commit.
        self.node = ""
        focused = self.hasFocus()
        self.hide()
        if focused:
            self._canvas.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _place(self) -> None:
        if not self.node:
            return
        where = self._canvas.canvas_scene.nodes[self.node].card()
        zoom, ink = self._canvas.zoom, self._canvas.canvas_scene.ink
        scene = QRectF(where.x() + card.TITLE_X - INSET, where.y() + card.TITLE_Y - HALF,
                       where.width() - card.TITLE_X + INSET - card.PAD / 2, 2 * HALF)
        font = QFont(ink.title_font)
        font.setPixelSize(max(SMALLEST_FONT, round(ink.tokens.font_size * zoom)))
        box = self._canvas.mapFromScene(scene).boundingRect()
        height = max(box.height(), font.pixelSize() + 8)
        pad = max(1, round(INSET * zoom) - 1)
        # The style sheet of the window would give it its own size.
        self.setStyleSheet(f"font-size: {font.pixelSize()}px; font-weight: {ink.tokens.weight_strong}; "
                           f"padding: 0 {pad}px; min-height: 0;")
        self.setGeometry(box.x(), box.center().y() - height // 2, max(NARROWEST, box.width()), height)

    @Slot()
    def _follow(self) -> None:
        if self.node and self.node not in self._canvas.context.document.nodes:
            self._end()
        self._place()
