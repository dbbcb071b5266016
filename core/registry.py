"""A typed table of kinds that is filled by importing every module of a folder."""
from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Registry(Generic[T]):
    """Kinds by their stable id, in alphabetical order. `noun` is what an error calls them."""

    def __init__(self, noun: str):
        self.noun = noun
        self._items: dict[str, T] = {}

    def add(self, key: str, item: T) -> T:
        """Declare `item` under `key`. Raises ValueError if the key is taken by something else."""
        if self._items.setdefault(key, item) is not item:
            raise ValueError(f"{self.noun} {key!r} is declared twice")
        return item

    def __getitem__(self, key: str) -> T:
        try:
            return self._items[key]
        except KeyError:
            raise KeyError(self.unknown(key)) from None

    def unknown(self, key: str) -> str:
        """The sentence for a key that is not there, with the nearest one that is."""
        key = key if len(key) <= 60 else key[:57] + "..."
        near = difflib.get_close_matches(key, self._items, n=1, cutoff=0.5)
        return f"There is no {self.noun} {key!r}." + (f" Did you mean {near[0]!r}?" if near else "")

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._items))

    def __len__(self) -> int:
        return len(self._items)

    def items(self) -> list[tuple[str, T]]:
        """All (key, kind), sorted by key."""
        return sorted(self._items.items(), key=lambda pair: pair[0])

    def values(self) -> list[T]:
        """All kinds, sorted by key."""
        return [item for _, item in self.items()]


def discover(package: str) -> None:
    """Import every public module of `package`, so that what they declare registers itself."""
    found = importlib.import_module(package)
    for module in pkgutil.iter_modules(found.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"{package}.{module.name}")
