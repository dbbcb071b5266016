"""The form of settings that the document holds: training, data."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.errors import Problem
from core.params import Declared
from gui.forms.binding import Binding, Change
from gui.forms.form import Form, Section

if TYPE_CHECKING:
    from gui.context import AppContext


def settings_form(context: AppContext, declared: type[Declared], sections: Iterable[Section], change: Change,
                  leave: Iterable[str] = ()) -> Form:
    """A form whose changes go through `change` into the history; parameters that `leave` names have no row."""
    form = Form(declared, sections, leave=leave)
    Binding(form, context, declared.noun, change)
    return form


def concerns(problem: Problem, declared: type[Declared], families: tuple[str, ...]) -> bool:
    """True if a problem is about these settings; `families` are the beginnings of such problems' codes."""
    named = problem.message.startswith(f"{declared.noun}.") or problem.code.split(".")[0] in families
    return named and problem.node is None
