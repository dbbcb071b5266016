"""What a panel may ask of a run."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Request:
    """A probe by name with its arguments. Equal requests are computed once."""

    probe: str
    arguments: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, probe: str, **arguments: Any) -> Request:
        """Request.of("weights", node="hidden")."""
        return cls(probe, tuple(sorted(arguments.items())))
