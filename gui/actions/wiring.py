"""Actions on wires."""
from __future__ import annotations

from gui.actions._base import ActionInfo
from gui.canvas import wiring

ActionInfo(id="edit.delete_joining", text="Delete and Join Wires",
           tip="Remove the selected nodes, and join what fed them to what they fed", menu="Edit", group=3, order=2,
           icon="delete-join", shortcuts=("Ctrl+Del",), context=("node",), enabled=lambda w: bool(w.context.selection),
           run=lambda w: wiring.delete_joining(w.canvas))
