"""Adding a layer, as the palette and the canvas do it."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF

from core.graph import edits
from core.layers import LAYERS
from gui.canvas import changes, geometry

if TYPE_CHECKING:
    from gui.context import AppContext

MIME = "application/x-layerloom-layer"


def mime_data(kind: str) -> QMimeData:
    """What is dragged out of the palette."""
    data = QMimeData()
    data.setData(MIME, kind.encode())
    return data


def dragged_kind(data: QMimeData) -> str | None:
    """The kind of layer that is dragged, or None if it is something else."""
    kind = data.data(MIME).toStdString() if data.hasFormat(MIME) else ""
    return kind if kind in LAYERS else None


def add_layer(context: AppContext, kind: str, at: QPointF | None = None) -> str | None:
    """Add a layer with its middle near `at`; without a place, behind the selected node and wired to it if that is
    allowed. It is selected. Returns its id, or None if core refused it."""
    document = context.document
    name = edits.fresh_id(document, kind)
    if at is not None:
        change = changes.add(name, kind, geometry.centred(at, len(LAYERS[kind].inputs)))
    else:
        chosen = tuple(context.selection)
        after = chosen[0] if len(chosen) == 1 else None
        place = changes.place_after(document, kind, after, context.report, thumbnails=context.settings.thumbnails)
        change = changes.add(name, kind, place, after)
    if context.edit(change.label, change.apply):
        return None
    context.select([name])
    return name
