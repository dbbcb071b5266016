"""What every kind has: an `Info`, declared parameters, and a place in its catalogue."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from core.params import Declared
from core.registry import Registry


@dataclass(frozen=True)
class Info:
    """How a kind is called. `kind` stands in files and never changes; `keywords` are synonyms for the search."""

    kind: str
    title: str
    summary: str
    category: str = ""
    icon: str = ""
    version: int = 1
    keywords: tuple[str, ...] = ()


class Catalogued(Declared):
    """Base of a family of kinds. A subclass with an `info` of its own is entered in the family's `catalogue`."""

    info: ClassVar[Info]
    catalogue: ClassVar[Registry[Any]]

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        if "info" in vars(cls):
            cls.catalogue.add(cls.info.kind, cls)

    @classmethod
    def upgrade(cls, params: Mapping[str, Any], version: int) -> dict[str, Any]:
        """Parameters as written by an older `info.version`, brought up to date."""
        return dict(params)
