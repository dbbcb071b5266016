"""Actions that explain."""
from __future__ import annotations

from gui import commands
from gui.actions._base import ActionInfo
from gui.dialogs.about import AboutDialog
from gui.dialogs.shortcuts import ShortcutsDialog

ActionInfo(id="help.commands", text="Command Palette…", tip="Find a command by name and run it", menu="Help", group=1,
           order=1, icon="search", shortcuts=("Ctrl+K",), run=commands.toggle)
ActionInfo(id="help.shortcuts", text="Keyboard Shortcuts…", tip="Every shortcut and gesture", menu="Help", group=1,
           order=2, icon="keyboard", shortcuts=("F1", "?"), run=lambda w: ShortcutsDialog.open_for(w))
ActionInfo(id="help.about", text="About Layerloom…", tip="Version, licence and where things are kept", menu="Help",
           group=2, order=1, icon="info", run=lambda w: AboutDialog.open_for(w))
