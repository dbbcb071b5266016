"""Declared parameters: one object gives the check, the default, the JSON Schema and the row of a form."""
from __future__ import annotations

import math
import operator
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from numbers import Real
from types import MappingProxyType
from typing import Any, ClassVar, Generic, TypeVar, overload

from core.errors import CoreError, ParamError, Problem
from core.registry import Registry

EMPTY: Mapping[str, Any] = MappingProxyType({})
V = TypeVar("V")
N = TypeVar("N", int, float)
Self = TypeVar("Self", bound="Param[Any]")


def _show(value: Any) -> str:
    try:
        text = f'"{value}"' if isinstance(value, str) else str(value)
    except ValueError:
        # Python refuses to write out whole numbers of more than 4,300 digits.
        text = "a number of thousands of digits"
    return text if len(text) <= 60 else text[:57] + "..."


@dataclass(frozen=True, kw_only=True)
class Param(Generic[V]):
    """What all parameters share. `doc` is one sentence; `advanced` ones are folded away in forms.

    As a class attribute of a `Declared` it is the declaration; on an instance the same name is the value.
    """

    doc: str
    unit: str = ""
    advanced: bool = False
    label: str = ""
    name: str = ""

    @overload
    def __get__(self: Self, instance: None, owner: type) -> Self: ...

    @overload
    def __get__(self, instance: object, owner: type) -> V: ...

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self if instance is None else vars(instance)[self.name]

    @property
    def title(self) -> str:
        """The name as a person reads it."""
        return self.label or self.name.replace("_", " ").capitalize()

    @property
    def initial(self) -> V:
        """The value that holds until somebody says otherwise."""
        raise NotImplementedError

    @property
    def wanted(self) -> str:
        """What is allowed, as the end of the sentence "it must be ...". """
        raise NotImplementedError

    def check(self, value: Any) -> V:
        """The value in its canonical type. Raises ParamError."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """This parameter as JSON Schema."""
        raise NotImplementedError

    def to_json(self, value: Any) -> Any:
        """A checked value as JSON can hold it. One that was never checked passes unchanged."""
        return value

    def refuse(self, value: Any) -> ParamError:
        """The error for a value that is not allowed."""
        message = f"{self.name}: {self.wanted}, got {_show(value)}."
        return ParamError(Problem("param.value", message, param=self.name))


def _figure(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:g}"


def _span(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "" if low is None else f", {_figure(low)} or more"
    return f" from {_figure(low)} to {_figure(high)}"


@dataclass(frozen=True, kw_only=True)
class _Number(Param[V]):
    low: float | None = None
    high: float | None = None

    def _inside(self, value: float) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def _limits(self) -> dict[str, Any]:
        named = {"minimum": self.low, "maximum": self.high}
        limits = {k: v for k, v in named.items() if v is not None}
        return {"description": self.doc, "default": self.initial, **limits}


@dataclass(frozen=True, kw_only=True)
class Int(_Number[int]):
    """A whole number. Booleans are not numbers."""

    default: int
    low: int | None = None
    high: int | None = None
    special: str = ""

    @property
    def initial(self) -> int:
        return self.default

    @property
    def wanted(self) -> str:
        return "a whole number" + _span(self.low, self.high)

    def check(self, value: Any) -> int:
        if isinstance(value, bool):
            raise self.refuse(value)
        try:
            whole = operator.index(value)
        except TypeError:
            raise self.refuse(value) from None
        if not self._inside(whole):
            raise self.refuse(value)
        return whole

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", **self._limits()}


@dataclass(frozen=True, kw_only=True)
class Float(_Number[float]):
    """A finite number. `log` says that it is best chosen on a logarithmic scale."""

    default: float
    log: bool = False

    @property
    def initial(self) -> float:
        return self.default

    @property
    def wanted(self) -> str:
        return "a number" + _span(self.low, self.high)

    def check(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, Real):
            raise self.refuse(value)
        try:
            number = float(value)
        except OverflowError:
            raise self.refuse(value) from None
        if not math.isfinite(number) or not self._inside(number):
            raise self.refuse(value)
        return number

    def schema(self) -> dict[str, Any]:
        return {"type": "number", **self._limits()}


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


@dataclass(frozen=True, kw_only=True)
class _Tuple(Param[tuple[N, ...]]):
    of: ClassVar[str]
    taken: ClassVar[type[Any]]
    kept: ClassVar[type[Any]]
    default: tuple[N, ...]
    low: N
    high: N
    shortest: int = 0
    longest: int = 4
    special: str = ""

    @property
    def initial(self) -> tuple[N, ...]:
        return self.default

    @property
    def wanted(self) -> str:
        return f"{self.shortest} to {self.longest} {self.of}{_span(self.low, self.high)}"

    def check(self, value: Any) -> tuple[N, ...]:
        if not isinstance(value, (list, tuple)) or not self.shortest <= len(value) <= self.longest:
            raise self.refuse(value)
        if any(isinstance(v, bool) or not isinstance(v, self.taken) or not self.low <= v <= self.high for v in value):
            raise self.refuse(value)
        return tuple(map(self.kept, value))

    def to_json(self, value: Any) -> Any:
        return list(value) if isinstance(value, tuple) else value

    def schema(self) -> dict[str, Any]:
        items = {"type": "integer" if self.kept is int else "number", "minimum": self.low, "maximum": self.high}
        return {"type": "array", "items": items, "minItems": self.shortest, "maxItems": self.longest,
                "default": list(self.default), "description": self.doc}


@dataclass(frozen=True, kw_only=True)
class IntTuple(_Tuple[int]):
    """A few whole numbers, for example a shape. Between `shortest` and `longest` of them."""

    of, taken, kept = "whole numbers", int, int
    low: int = 1
    high: int = 1_000_000


@dataclass(frozen=True, kw_only=True)
class FloatTuple(_Tuple[float]):
    """A few finite numbers, for example one for each class. Between `shortest` and `longest` of them."""

    of, taken, kept = "numbers", Real, float
    low: float = 0.0
    high: float = 1e6


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


class Declared:
    """Base of everything that is described by declared parameters.

    A subclass lists `Param` objects as class attributes; an instance holds the checked values under the same
    names. Forms show them in the order of `params`: those of the base class, then its own, but first of all those that
    `leading` names. Raises ParamError for a value or a name that is not allowed.
    """

    params: ClassVar[dict[str, Param[Any]]] = {}
    leading: ClassVar[tuple[str, ...]] = ()
    noun: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any):
        super().__init_subclass__(**kwargs)
        own = {k: replace(v, name=k) for k, v in vars(cls).items() if isinstance(v, Param)}
        first = {name: number for number, name in enumerate(cls.leading)}

        def place(param: Param[Any]) -> tuple[bool, int]:
            # What few people need comes last, and last of all what is the same for many kinds.
            return param.advanced, param.name not in own if param.advanced else first.get(param.name, len(first))

        cls.params = {param.name: param for param in sorted({**cls.params, **own}.values(), key=place)}
        for name, param in own.items():
            setattr(cls, name, param)

    def __init__(self, /, **values: Any):
        unknown = values.keys() - self.params.keys()
        if unknown:
            raise self._no_such(sorted(unknown)[0])
        for name, param in self.params.items():
            setattr(self, name, param.check(values[name]) if name in values else param.initial)

    def _no_such(self, name: str) -> ParamError:
        table: Registry[Param[Any]] = Registry("parameter")
        for key, param in self.params.items():
            table.add(key, param)
        return ParamError(Problem("param.unknown", f"{name[:60]}: {table.unknown(name)}", param=name))

    def config(self) -> dict[str, Any]:
        """All parameters with their values; `cls(**config)` gives an equal object."""
        return {name: getattr(self, name) for name in self.params}

    @classmethod
    def plain(cls, values: Mapping[str, Any]) -> dict[str, Any]:
        """Checked values as JSON can hold them. Names that are not declared pass through unchanged."""
        return {k: cls.params[k].to_json(v) if k in cls.params else v for k, v in values.items()}

    @classmethod
    def schema(cls) -> dict[str, Any]:
        """JSON Schema of the parameters."""
        return {"type": "object", "properties": {k: p.schema() for k, p in cls.params.items()}}
