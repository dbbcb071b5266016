"""Older files brought up to date: one small function for every version that was ever released."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core.errors import FormatError, Problem


def _scaling_is_a_step(body: dict[str, Any]) -> dict[str, Any]:
    """1 to 2: data.scaling, a single word, became one of data.steps."""
    data = body.get("data", {})
    if not isinstance(data, dict) or "scaling" not in data:
        return {**body, "version": 2}
    scaling = data["scaling"]
    if scaling not in ("none", "standardise", "min_max"):
        raise FormatError(Problem("param.value", "data.scaling: one of none, standardise, min_max, "
                                  f"got {str(scaling)[:60]!r}."))
    steps = [] if scaling == "none" else [{"kind": scaling, "params": {}}]
    kept = {name: value for name, value in data.items() if name != "scaling"}
    return {**body, "version": 2, "data": {**kept, "steps": steps}}


MIGRATIONS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = (_scaling_is_a_step,)
VERSION = 1 + len(MIGRATIONS)


def migrate(body: dict[str, Any]) -> dict[str, Any]:
    """`body` as the present version would have written it."""
    for step in MIGRATIONS[body["version"] - 1 :]:
        body = step(body)
    return body
