"""Actions on notes, and the colours of notes and groups."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from core.graph import furniture
from core.graph.document import COLOURS
from gui.actions._base import ActionInfo, Entry, MenuInfo
from gui.canvas import annotating, geometry

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _add(window: MainWindow) -> None:
    canvas = window.canvas
    spot, name = canvas.spot(), furniture.fresh_note(window.context.document)
    merge = f"add {name}"
    window.context.history.seal()
    change = annotating.add_note(name, (geometry.snap(spot.x()), geometry.snap(spot.y())))
    if canvas.do(change, merge=merge) is None:
        canvas.canvas_scene.notes.edit(canvas, name, merge)


def _edit(window: MainWindow) -> None:
    window.canvas.canvas_scene.notes.edit_picked(window.canvas)


def _one_note(window: MainWindow) -> bool:
    return len(window.canvas.canvas_scene.notes.picked) == 1 and not window.context.selection


def _groups(window: MainWindow) -> frozenset[str]:
    """The groups with all of their nodes selected."""
    chosen = window.context.selection
    return frozenset(k for k, group in window.context.document.groups.items() if group.members <= chosen)


def _colourable(window: MainWindow) -> bool:
    return bool(window.canvas.canvas_scene.notes.picked or _groups(window))


def _colours(window: MainWindow) -> Iterator[Entry]:
    notes, groups = window.canvas.canvas_scene.notes.picked, _groups(window)
    document, tokens = window.context.document, window.context.theme.tokens
    present = {document.notes[k].colour for k in notes} | {document.groups[k].colour for k in groups}
    for colour in COLOURS:
        yield Entry(text=colour.capitalize(), icon="swatch", tint=tokens.paper_ink(colour), checked=present == {colour},
                    tip=f"Make it {colour}",
                    run=partial(window.canvas.do, annotating.recolour(notes, groups, colour)))


ActionInfo(id="network.add_note", text="Add Note", tip="Lay a note onto the canvas", menu="Network", group=3, order=1,
           icon="note", shortcuts=("N",), context=("canvas",), run=_add)
ActionInfo(id="network.edit_note", text="Edit Note", tip="Change the text of the note", menu="Network", group=3,
           order=2, context=("note",), enabled=_one_note, run=_edit)
MenuInfo(id="network.colour", text="Colour", tip="The colour of the selected notes and groups", menu="Network", group=3,
         order=9, icon="swatch", context=("note", "group"), enabled=_colourable, entries=_colours)
