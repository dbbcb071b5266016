"""Names of columns: each different, none empty."""
from __future__ import annotations

from collections.abc import Iterable

LONGEST = 100


def unique_names(given: Iterable[str | None]) -> tuple[str, ...]:
    """The names, tidied; an empty one becomes "Column 3", the second of two alike ends with " 2"."""
    wanted = [_tidy(name or "") or f"Column {number}" for number, name in enumerate(given, 1)]
    # What stands once as it is keeps its name.
    taken, counts, names = set(wanted), dict[str, int](), list[str]()
    for name in wanted:
        counts[name] = counts.get(name, 0) + 1
        if counts[name] > 1:
            base = name
            while (name := f"{base} {counts[base]}") in taken:
                counts[base] += 1
            taken.add(name)
        names.append(name)
    return tuple(names)


def blank(given: Iterable[str | None]) -> frozenset[int]:
    """The places that have no name."""
    return frozenset(place for place, name in enumerate(given) if not _tidy(name or ""))


def _tidy(name: str) -> str:
    text = " ".join("".join(c if c.isprintable() else " " for c in name).split())
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
