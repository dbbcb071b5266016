"""Adding a block, as the palette and the canvas do it."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, QRectF

from core.graph import blocks
from core.graph.document import Document
from core.io.blocks import Block
from gui.canvas import geometry
from gui.canvas.changes import Change, inputs_of

if TYPE_CHECKING:
    from gui.context import AppContext

MIME = "application/x-layerloom-block"
GAP = 88.0


def mime_data(block: Block) -> QMimeData:
    """What is dragged out of the palette: the name of the file."""
    data = QMimeData()
    data.setData(MIME, block.path.name.encode())
    return data


def dragged_block(data: QMimeData) -> str:
    """The name of the file of the block that is dragged; empty if it is something else."""
    return data.data(MIME).toStdString() if data.hasFormat(MIME) else ""


def drop_block(context: AppContext, data: QMimeData, at: QPointF) -> None:
    """The block that is dragged was let go there."""
    block = context.blocks.from_file(dragged_block(data))
    if block is not None:
        add_block(context, block, at)


def add_block(context: AppContext, block: Block, at: QPointF | None = None) -> None:
    """Add a block with its middle near `at`, or to the right of everything. Its nodes are selected."""
    document = context.document
    area, taken = _extent(block.content), _extent(document)
    if at is not None:
        to = at - area.center()
    elif taken.isNull():
        to = -area.topLeft()
    else:
        to = QPointF(taken.right() + GAP, taken.top()) - area.topLeft()
    offset = geometry.snap(area.x() + to.x()) - area.x(), geometry.snap(area.y() + to.y()) - area.y()
    grown, names = blocks.insert_block(document, block.content, block.name, offset)
    change = Change(f"Add {block.name}", lambda _: grown)
    if context.edit(change.label, change.apply) is None:
        context.select(names.values())


def _extent(document: Document) -> QRectF:
    rect = QRectF()
    for node in document.nodes.values():
        rect = rect.united(geometry.card_rect(*node.position, inputs_of(node)))
    for note in document.notes.values():
        rect = rect.united(QRectF(*note.position, *note.size))
    return rect
