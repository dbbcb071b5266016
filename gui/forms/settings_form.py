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


def settings_form(context: AppContext, declared: type[Declared], sections: Iterable[Section], change: Change) -> Form:
    """A form whose changes go through `change` into the history."""
    form = Form(declared, sections)
    Binding(form, context, declared.noun, change)
    return form


def concerns(problem: Problem, declared: type[Declared], families: tuple[str, ...]) -> bool:
    """True if a problem is about these settings; `families` are the beginnings of such problems' codes."""
    named = problem.message.startswith(f"{declared.noun}.") or problem.code.split(".")[0] in families
    return named and problem.node is None
