"""What has to be remembered of a training so that it goes on exactly: arrays, and values that JSON can hold."""
from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from core.errors import FormatError, Problem
from core.layers import Array, show

HUGE = 2**63 - 1


@dataclass(frozen=True)
class Memory:
    """A snapshot, made of copies. Files hold it, so whoever recalls it asks for what it expects, and trusts nothing.

    Every method that looks something up raises FormatError if it is not there or not of the kind that is asked for.
    """

    arrays: Mapping[str, Array] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)

    def joined(self, name: str, part: Memory) -> Memory:
        """This one with another one under a name; `part` gives it back."""
        arrays = {**self.arrays, **{f"{name}.{key}": array for key, array in part.arrays.items()}}
        return Memory(arrays, {**self.values, name: dict(part.values)})

    def part(self, name: str) -> Memory:
        """What `joined` put under this name."""
        values = self.values.get(name)
        if not isinstance(values, Mapping):
            raise damaged(f"{name} is missing")
        arrays = {key.removeprefix(f"{name}."): array for key, array in self.arrays.items()
                  if key.startswith(f"{name}.")}
        return Memory(arrays, values)

    def array(self, name: str, like: Array, *, rows: int | None = None) -> Array:
        """An array of the type and the shape of `like`; with `rows`, of that length instead of the one of `like`."""
        found = self.arrays.get(name)
        if found is None:
            raise damaged(f"{name} is missing")
        shape = like.shape if rows is None else (rows, *like.shape[1:])
        if found.dtype != like.dtype or found.shape != shape:
            raise damaged(f"{name} is {found.dtype} {show(found.shape)} instead of {like.dtype} {show(shape)}")
        return found

    def fill(self, name: str, target: Array) -> None:
        """Copy an array into `target`, whose type and shape it must have."""
        target[...] = self.array(name, target)

    def order(self, name: str, count: int) -> Array:
        """The numbers from 0 to count - 1, each once: (count,), intp."""
        found = self.array(name, np.empty(count, np.int64)).astype(np.intp)
        if not np.array_equal(np.sort(found), np.arange(count)):
            raise damaged(f"{name} is no order of {count:,} samples")
        return found

    def whole(self, name: str, low: int = 0, high: int = HUGE) -> int:
        """A whole number from low to high."""
        found = self.values.get(name)
        if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
            raise damaged(f"{name} is no whole number from {low} to {high}")
        return found

    def number(self, name: str) -> float:
        """A finite number, or NaN where the value is null."""
        found = self.values.get(name, "")
        if found is None:
            return math.nan
        if isinstance(found, bool) or not isinstance(found, int | float) or not math.isfinite(found):
            raise damaged(f"{name} is no number")
        return float(found)


def plain(value: float) -> float | None:
    """A number as `Memory.number` reads it back."""
    return value if math.isfinite(value) else None


def damaged(why: str) -> FormatError:
    """The error for a memory that cannot be what `memory` gave."""
    return FormatError(Problem("checkpoint.damaged", f"The training state is damaged: {why}.",
                               hint="Use another checkpoint, or train anew."))


def generator_memory(rng: np.random.Generator) -> Memory:
    """The state of a random generator (PCG64)."""
    state = rng.bit_generator.state
    return Memory(values={"state": str(state["state"]["state"]), "inc": str(state["state"]["inc"]),
                          "has_uint32": int(state["has_uint32"]), "uinteger": int(state["uinteger"])})


def recall_generator(rng: np.random.Generator, memory: Memory) -> None:
    """Go on drawing where `generator_memory` was taken. Raises FormatError."""
    inner = {name: _long(memory, name) for name in ("state", "inc")}
    rng.bit_generator.state = {"bit_generator": "PCG64", "state": inner,
                               "has_uint32": memory.whole("has_uint32", 0, 1),
                               "uinteger": memory.whole("uinteger", 0, 2**32 - 1)}


def _long(memory: Memory, name: str) -> int:
    """A number of 128 bits, which JSON holds as digits because many readers round longer ones."""
    found = memory.values.get(name)
    if not isinstance(found, str) or not (found.isascii() and found.isdigit()) or len(found) > 39:
        raise damaged(f"{name} of a random generator is no number")
    if (value := int(found)) >= 2**128:
        raise damaged(f"{name} of a random generator is too large")
    return value
