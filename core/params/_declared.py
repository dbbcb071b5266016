"""What is described by declared parameters."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, ClassVar, Self

from core.errors import ParamError, Problem
from core.params._base import Param
from core.registry import Registry


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

    @classmethod
    def known(cls, values: Mapping[str, Any]) -> Self:
        """An object with those of the values that this version has a parameter for. Raises ParamError."""
        return cls(**{name: value for name, value in values.items() if name in cls.params})

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
