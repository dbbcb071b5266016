"""Forms: the type of a declared parameter decides which editor it gets."""
from gui.forms.editors import Editor, editor
from gui.forms.form import Form, Section

__all__ = ["Editor", "Form", "Section", "editor"]
