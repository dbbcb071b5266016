"""The view: zoom, pan, drop, keys, and the gesture that is under way."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from core.errors import Problem
from core.graph import edits
from core.graph.document import Diff, Document, Edge
from core.layers import LAYERS
from gui.canvas import changes, geometry, keys, menus
from gui.canvas.background import paint_background
from gui.canvas.hints import Reason, Welcome
from gui.canvas.interactions import Gesture, Pointer, gesture_for
from gui.canvas.node_item import NodeItem
from gui.canvas.port_item import PortItem
from gui.canvas.scene import CanvasScene
from gui.canvas.zoom import ZoomView

if TYPE_CHECKING:
    from gui.context import AppContext

MIME = "application/x-layerloom-layer"


class CanvasView(ZoomView):
    """Where a network is drawn. Everything that it does to the document is one undo step."""

    def __init__(self, context: AppContext, parent: QWidget | None = None):
        super().__init__(parent)
        self.context = context
        self.canvas_scene = CanvasScene(context, self)
        self.setScene(self.canvas_scene)
        self._gesture: Gesture | None = None
        self._space = False
        self._space_used = False
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Network canvas")
        self.setAccessibleDescription("The layers of the network and the wires between them. Tab goes through them.")
        self._welcome, self._reason = Welcome(context.theme, self), Reason(self)
        self._welcome.setVisible(not context.document.nodes)
        context.document_changed.connect(self._on_document)
        context.selection_changed.connect(self._on_selection)
        context.theme.changed.connect(self._on_theme)
