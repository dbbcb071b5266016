"""Actions on the user's own blocks."""
from __future__ import annotations

from gui.actions._base import ActionInfo
from gui.dialogs.block import BlockDialog

ActionInfo(id="network.save_block", text="Save Selection as Block…", tip="Keep the selected nodes in the palette",
           menu="Network", group=4, order=1, icon="block", shortcuts=("Ctrl+Shift+B",), context=("node", "group"),
           fold="Group", enabled=lambda w: bool(w.context.selection), run=lambda w: BlockDialog.open_for(w))
