"""The switch between cards and neurons."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.graph import columns, edits
from core.graph.document import Document
from core.graph.naming import titles_of
from gui.canvas.changes import Change
from gui.canvas.column import card_of

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def show_neurons(canvas: CanvasView, names: Iterable[str], on: bool) -> None:
    """Draw these nodes as neurons, or as cards. Where cards would overlap, the network is laid out in columns; where
    it is out of sight then, all of it is brought into view."""
    chosen = tuple(names)
    before = canvas.context.document

    def apply(now: Document) -> Document:
        drawn = now
        for name in chosen:
            drawn = edits.show_neurons(drawn, name, on)
        return columns.show_neurons(now, chosen, on, _sizes(canvas, drawn))

    what = titles_of(before, chosen)
    if canvas.do(Change(f"Show {what} as {'neurons' if on else 'cards'}", apply)) is None and not _in_view(canvas):
        canvas.fit()


def _sizes(canvas: CanvasView, document: Document) -> dict[str, columns.Size]:
    """Width and height of every node of a document that has the shapes of the present one."""
    report, thumbnails = canvas.context.report, canvas.context.settings.thumbnails
    cards = {name: card_of(node, document, report, thumbnails=thumbnails) for name, node in document.nodes.items()}
    return {name: (card.width(), card.height()) for name, card in cards.items()}


def _in_view(canvas: CanvasView) -> bool:
    return canvas.mapToScene(canvas.viewport().rect()).boundingRect().contains(canvas.content())
