"""Older files brought up to date: one small function for every version that was ever released."""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

MIGRATIONS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
VERSION = 1 + len(MIGRATIONS)


def migrate(body: dict[str, Any]) -> dict[str, Any]:
    """`body` as the present version would have written it."""
    for step in MIGRATIONS[body["version"] - 1 :]:
        body = step(body)
    return body
