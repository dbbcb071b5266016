"""What all parameters share."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Generic, TypeVar, overload

from core.errors import ParamError, Problem

EMPTY: Mapping[str, Any] = MappingProxyType({})
V = TypeVar("V")
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
