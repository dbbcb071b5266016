"""Actions on the document and the selection."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _undo(window: MainWindow) -> str:
    what = window.context.history.undo_label
    return f"Undo: {what}" if what else "Undo"


def _redo(window: MainWindow) -> str:
    what = window.context.history.redo_label
    return f"Redo: {what}" if what else "Redo"


def _picked(window: MainWindow) -> bool:
    scene = window.canvas.canvas_scene
    return bool(window.context.selection or scene.selected_wires or scene.notes.picked)


ActionInfo(id="edit.undo", text="Undo", tip="Take back the last change", menu="Edit", group=1, order=1, icon="undo",
           shortcuts=("Undo",), toolbar=11, repeats=True, label=_undo, run=lambda w: w.context.history.undo(),
           enabled=lambda w: w.context.history.can_undo)
ActionInfo(id="edit.redo", text="Redo", tip="Do again what was taken back", menu="Edit", group=1, order=2,
           icon="redo", shortcuts=("Ctrl+Shift+Z", "Ctrl+Y"), toolbar=12, repeats=True, label=_redo,
           run=lambda w: w.context.history.redo(), enabled=lambda w: w.context.history.can_redo)
ActionInfo(id="edit.delete", text="Delete", tip="Remove the selected nodes, wires and notes", menu="Edit", group=3,
           order=1, icon="delete", shortcuts=("Del", "Backspace"), context=("node", "wire", "note"), enabled=_picked,
           run=lambda w: w.canvas.delete_selection())
ActionInfo(id="edit.select_all", text="Select All", tip="Select every node and note", menu="Edit", group=4, order=1,
           icon="select-all", shortcuts=("SelectAll",), context=("canvas",), run=lambda w: w.canvas.select_all(),
           enabled=lambda w: bool(w.context.document.nodes))
