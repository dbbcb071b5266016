"""Putting copies onto a canvas."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from core.graph import clip
from core.graph.document import Document, Point
from core.graph.naming import titles_of
from gui.canvas import changes

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView


def chosen(canvas: CanvasView) -> Document:
    """The selected nodes and notes as a fragment."""
    return clip.copied(canvas.context.document, canvas.context.selection, canvas.canvas_scene.notes.picked)


def put(canvas: CanvasView, verb: str, fragment: Document, offset: Point, *,
        with_wires: bool = False) -> Mapping[str, str]:
    """Paste a fragment as one undo step ("Paste Dense") and select it. Returns the new ids of its nodes."""
    before = canvas.context.document
    grown, names = clip.pasted(before, fragment, offset, with_wires=with_wires)
    canvas.do(changes.Change(f"{verb} {what(fragment)}", lambda _: grown))
    canvas.choose(names.values(), (), grown.notes.keys() - before.notes.keys())
    return names


def what(fragment: Document) -> str:
    """What a person calls this."""
    names, notes = list(fragment.nodes), len(fragment.notes)
    if names:
        return titles_of(fragment, names)
    return "a note" if notes == 1 else f"{notes} notes"
