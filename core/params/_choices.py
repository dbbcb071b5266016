"""Yes or no, and one of a few words."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.params._base import Param


@dataclass(frozen=True, kw_only=True)
class Bool(Param[bool]):
    """Yes or no."""

    default: bool

    @property
    def initial(self) -> bool:
        return self.default

    @property
    def wanted(self) -> str:
        return "true or false"

    def check(self, value: Any) -> bool:
        if not isinstance(value, bool):
            raise self.refuse(value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"type": "boolean", "default": self.default, "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class Choice(Param[str]):
    """One of a few words. `options` maps each stored word to the label that a person reads."""

    default: str
    options: Mapping[str, str]

    @property
    def initial(self) -> str:
        return self.default

    @property
    def wanted(self) -> str:
        return "one of " + ", ".join(self.options)

    def check(self, value: Any) -> str:
        if not isinstance(value, str) or value not in self.options:
            raise self.refuse(value)
        return value

    def schema(self) -> dict[str, Any]:
        return {"enum": list(self.options), "default": self.default, "description": self.doc}
