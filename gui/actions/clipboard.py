"""Cut, copy, paste and duplicate."""
from __future__ import annotations

from typing import TYPE_CHECKING

from gui.actions._base import ActionInfo

if TYPE_CHECKING:
    from gui.main_window import MainWindow


def _any(window: MainWindow) -> bool:
    return window.clipboard.any


ActionInfo(id="edit.cut", text="Cut", tip="Copy the selection and remove it", menu="Edit", group=2, order=1,
           icon="cut", shortcuts=("Ctrl+X",), context=("node", "note", "group"), enabled=_any,
           run=lambda w: w.clipboard.cut())
ActionInfo(id="edit.copy", text="Copy", tip="Copy the selection, also as text", menu="Edit", group=2, order=2,
           icon="copy", shortcuts=("Ctrl+C",), context=("node", "note", "group"), enabled=_any,
           run=lambda w: w.clipboard.copy())
ActionInfo(id="edit.paste", text="Paste", tip="Put in what was copied, at the pointer", menu="Edit", group=2, order=3,
           icon="paste", shortcuts=("Ctrl+V",), context=("canvas",), run=lambda w: w.clipboard.paste())
ActionInfo(id="edit.paste_wired", text="Paste with Wires", menu="Edit", group=2, order=4,
           tip="Put in what was copied, fed by the same nodes as the original", shortcuts=("Ctrl+Shift+V",),
           context=("canvas",), run=lambda w: w.clipboard.paste(with_wires=True))
ActionInfo(id="edit.duplicate", text="Duplicate", tip="Put a copy beside the selection", menu="Edit", group=2,
           order=5, icon="duplicate", shortcuts=("Ctrl+D",), context=("node", "note", "group"), enabled=_any,
           run=lambda w: w.clipboard.duplicate())
