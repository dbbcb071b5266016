"""A kind of a catalogue, with parameters of its own."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from core.errors import CoreError, ParamError, Problem
from core.params._base import EMPTY, Param
from core.registry import Registry


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind chosen from a catalogue together with its parameters: an optimizer, a data set, an initializer."""

    kind: str
    params: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    def __hash__(self) -> int:
        return hash((self.kind, tuple(sorted(self.params.items(), key=lambda pair: pair[0]))))


@dataclass(frozen=True, kw_only=True)
class KindOf(Param[Kind]):
    """One kind of a catalogue with parameters of its own. Written {"kind": ..., "params": {...}} or just the id."""

    default: str
    of: Registry[Any]
    preset: Mapping[str, Any] = field(default_factory=lambda: EMPTY)

    @property
    def initial(self) -> Kind:
        return self.check({"kind": self.default, "params": dict(self.preset)})

    @property
    def wanted(self) -> str:
        return f"the id of one {self.of.noun}"

    def check(self, value: Any) -> Kind:
        kind, params = self._parts(value)
        if kind not in self.of:
            problem = Problem("param.kind", f"{self.name}: {self.of.unknown(kind)}", param=self.name)
            raise ParamError(problem)
        try:
            return Kind(kind, MappingProxyType(self.of[kind](**params).config()))
        except CoreError as error:
            found = error.problem
            inner = f"{self.name}.params.{found.message}"
            raise ParamError(replace(found, message=inner, param=self.name)) from None

    def _parts(self, value: Any) -> tuple[str, dict[str, Any]]:
        if isinstance(value, str):
            return value, {}
        if isinstance(value, Kind):
            return value.kind, dict(value.params)
        if isinstance(value, Mapping) and set(value) <= {"kind", "params"}:
            kind, params = value.get("kind"), value.get("params", {})
            if isinstance(kind, str) and isinstance(params, Mapping) and all(isinstance(k, str) for k in params):
                return kind, dict(params)
        raise self.refuse(value)

    def to_json(self, value: Any) -> Any:
        if not isinstance(value, Kind):
            return value
        known = value.kind in self.of
        return {"kind": value.kind, "params": self.of[value.kind].plain(value.params) if known else dict(value.params)}

    def foreign(self, value: Any) -> Kind | None:
        """The value as it stands if it is well formed but of a kind that this version does not know, else None."""
        try:
            kind, params = self._parts(value)
        except ParamError:
            return None
        return None if kind in self.of else Kind(kind, MappingProxyType(params))

    def schema(self) -> dict[str, Any]:
        def one(kind: str) -> dict[str, Any]:
            return {"type": "object", "required": ["kind"], "additionalProperties": False,
                    "properties": {"kind": {"const": kind}, "params": self.of[kind].schema()}}
        newer = {"type": "string", "not": {"enum": list(self.of)}}
        foreign = {"type": "object", "required": ["kind"], "properties": {"kind": newer, "params": {"type": "object"}}}
        return {"anyOf": [{"enum": list(self.of)}, newer, *map(one, self.of), foreign], "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class KindList(Param[tuple[Kind, ...]]):
    """Several kinds of a catalogue in their order, each with parameters of its own; one kind may occur repeatedly."""

    of: Registry[Any]
    most: int = 100

    @property
    def initial(self) -> tuple[Kind, ...]:
        return ()

    @property
    def wanted(self) -> str:
        return f"a list of at most {self.most} kinds of {self.of.noun}"

    def entry(self) -> KindOf:
        """One entry of the list as a parameter of its own."""
        return KindOf(doc=self.doc, name=self.name, default="", of=self.of)

    def check(self, value: Any) -> tuple[Kind, ...]:
        if not isinstance(value, (list, tuple)) or len(value) > self.most:
            raise self.refuse(value)
        return tuple(self._checked(place, item) for place, item in enumerate(value))

    def _checked(self, place: int, item: Any) -> Kind:
        try:
            return replace(self.entry(), name=f"{self.name}[{place}]").check(item)
        except ParamError as error:
            raise ParamError(replace(error.problem, param=self.name)) from None

    def to_json(self, value: Any) -> Any:
        return [self.entry().to_json(item) for item in value] if isinstance(value, tuple) else value

    def foreign(self, value: Any) -> tuple[Kind, ...] | None:
        """The value as it stands if all of it is well formed, but a kind in it is not known, else None."""
        if not isinstance(value, (list, tuple)) or len(value) > self.most:
            return None
        unknown = [self.entry().foreign(item) for item in value]
        if not any(unknown):
            return None
        return tuple(there or self.entry().check(item) for there, item in zip(unknown, value, strict=True))

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.entry().schema(), "maxItems": self.most, "default": [],
                "description": self.doc}
