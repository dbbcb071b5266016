"""A step of preprocessing in words."""
from __future__ import annotations

from typing import Any

from core.params import Bool, Choice, Kind, Names, Param
from core.preprocessing import STEPS, Step
from gui.theme import icons

MOST = 3
FEW = 2
DOT = " · "


def settings_line(step: Kind) -> str:
    """The settings of a step in one line; its summary if it has none."""
    kind = STEPS[step.kind]
    told = [text for name, param in kind.params.items() if (text := _told(param, step.params.get(name, param.initial)))]
    # What is called so itself would be taken for two.
    dot = ", " if any(DOT in param.title for param in kind.params.values()) else DOT
    more = ["…"] if len(told) > MOST else []
    return dot.join([*told[:MOST], *more]) or kind.info.summary


def icon_of(kind: type[Step]) -> str:
    """The icon of a kind of step."""
    return kind.info.icon if kind.info.icon in icons.names() else "settings"


def _told(param: Param[Any], value: Any) -> str:
    if isinstance(param, Names):
        if not value:
            return f"{param.special[:1].upper()}{param.special[1:]}"
        return ", ".join(value) if len(value) <= FEW else f"{len(value):,} columns"
    if isinstance(param, Choice):
        return str(param.options.get(value, value))
    if isinstance(param, Bool):
        return param.title if value else ""
    if isinstance(value, (int, float)) and value != param.initial:
        return f"{param.title} {value:g}"
    return ""
