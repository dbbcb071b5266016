"""Errors whose text is meant for the user: what is wrong, where, and what to do about it."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding, shown on a node, a wire or a field and in the list of problems.

    `code` is stable ("shape.rank"); `message` is one sentence that says what and where; `hint` says what to do. `value`
    is the number that mends it, where that is known.
    """

    code: str
    message: str
    severity: Severity = "error"
    node: str | None = None
    port: str | None = None
    param: str | None = None
    hint: str = ""
    value: float | None = None

    @property
    def text(self) -> str:
        """Message and hint as one piece of prose."""
        return f"{self.message} {self.hint}".strip()

    @property
    def blocks(self) -> bool:
        """True if nothing can be trained before this is mended."""
        return self.severity == "error"

    def at(self, *, node: str | None = None, param: str | None = None) -> Problem:
        """The same finding, tied to a place."""
        return replace(self, node=node or self.node, param=param or self.param)


class CoreError(Exception):
    """Base of every error that core raises on purpose. Carries the `Problem` to show."""

    def __init__(self, problem: Problem):
        super().__init__(problem.text)
        self.problem = problem


class ParamError(CoreError):
    """A parameter's value is not allowed."""


class ShapeError(CoreError):
    """Shapes do not fit."""


class GraphError(CoreError):
    """An edit or a graph is not allowed."""


class FormatError(CoreError):
    """A file cannot be read or written."""


class DataError(CoreError):
    """Data cannot be had, or does not fit."""
