"""Every type of parameter with its editor."""
from __future__ import annotations

from gui.forms import choice_editor, kind_editor, number_editor, points_editor, switch, text_editor, tuple_editor
from gui.forms._editor import Editor, editor

# Importing a file registers its editors; a new type of parameter adds its file here.
FILES = (choice_editor, kind_editor, number_editor, points_editor, switch, text_editor, tuple_editor)

__all__ = ["Editor", "editor"]
