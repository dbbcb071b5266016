"""Words: a text, the place of a file, several names, and a word for each of several names."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from core.params._base import Param

LONGEST = 4096
MOST = 20_000


def _is_text(value: Any, longest: int) -> bool:
    return isinstance(value, str) and len(value) <= longest and "\0" not in value


@dataclass(frozen=True, kw_only=True)
class Text(Param[str]):
    """A text of at most `longest` characters. `special` says what an empty one means."""

    default: str = ""
    longest: int = 200
    special: str = ""

    @property
    def initial(self) -> str:
        return self.default

    @property
    def wanted(self) -> str:
        return f"a text of at most {self.longest} characters"

    def check(self, value: Any) -> str:
        if not _is_text(value, self.longest):
            raise self.refuse(value)
        return str(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "maxLength": self.longest, "default": self.default, "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class Path(Text):
    """Where a file or a folder lies. `endings` are those of the files that are looked for, such as ".csv"."""

    longest: int = LONGEST
    what: Literal["file", "folder"] = "file"
    endings: tuple[str, ...] = ()

    @property
    def wanted(self) -> str:
        return f"the path of a {self.what}"


@dataclass(frozen=True, kw_only=True)
class Names(Param[tuple[str, ...]]):
    """Several names, each once. `special` says what none means."""

    default: tuple[str, ...] = ()
    special: str = ""
    most: int = MOST

    @property
    def initial(self) -> tuple[str, ...]:
        return self.default

    @property
    def wanted(self) -> str:
        return f"a list of at most {self.most:,} different names"

    def check(self, value: Any) -> tuple[str, ...]:
        if not isinstance(value, (list, tuple)) or len(value) > self.most:
            raise self.refuse(value)
        if not all(_is_text(name, LONGEST) for name in value) or len(set(value)) < len(value):
            raise self.refuse(value)
        return tuple(value)

    def to_json(self, value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else value

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "uniqueItems": True,
                "maxItems": self.most, "default": list(self.default), "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class Labels(Param[tuple[tuple[str, str], ...]]):
    """One of a few words for each of several names: ((name, word), ...), sorted by name; in files an object.

    `options` maps each stored word to the label that a person reads.
    """

    options: Mapping[str, str]
    most: int = MOST

    @property
    def initial(self) -> tuple[tuple[str, str], ...]:
        return ()

    @property
    def wanted(self) -> str:
        return "for each name one of " + ", ".join(self.options)

    def check(self, value: Any) -> tuple[tuple[str, str], ...]:
        pairs = list(value.items()) if isinstance(value, Mapping) else value
        if not isinstance(pairs, (list, tuple)) or len(pairs) > self.most:
            raise self.refuse(value)
        if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in pairs):
            raise self.refuse(value)
        if not all(_is_text(name, LONGEST) and isinstance(word, str) and word in self.options for name, word in pairs):
            raise self.refuse(value)
        return tuple(sorted(dict(pairs).items()))

    def to_json(self, value: Any) -> Any:
        return dict(value) if isinstance(value, tuple) else value

    def schema(self) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": {"enum": list(self.options)}, "maxProperties": self.most,
                "default": {}, "description": self.doc}
