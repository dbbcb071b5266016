"""Where data sets that do not come with the program are looked for."""
from __future__ import annotations

import os
from pathlib import Path

from core.datasets._sources import SOURCES
from core.errors import DataError, Problem

VARIABLE = "LAYERLOOM_DATA"
ENDINGS = ("", ".gz")


def find_all(kind: str, title: str, names: tuple[str, ...], chosen: str = "") -> dict[str, Path]:
    """The files called `names`, plain or gzip, by name: all from the first place that has them all.

    The place is the folder `chosen`; without one there are two, `kind` in the folder that the variable LAYERLOOM_DATA
    names, and `kind` in the user's cache. `title` is what people call the data set. Raises DataError naming a file that
    is missing and where to put it.
    """
    places = [expanded(chosen)] if chosen else _places(kind)
    found = [{name: path for name in names if (path := _either(place, name))} for place in places]
    for paths in found:
        if len(paths) == len(names):
            return paths
    missing = next(name for name in names if name not in max(found, key=len))
    raise DataError(Problem(
        "data.missing", f"{title}: the file {missing}, plain or .gz, was not found in "
        f"{' or '.join(map(str, places))}.", param="source", hint=_hint(kind, title, len(names), places, chosen)))


def cache(kind: str) -> Path:
    """Where the files of a data set are kept that was downloaded."""
    import platformdirs

    return platformdirs.user_cache_path("layerloom", appauthor=False) / kind


def expanded(name: str) -> Path:
    """The path that a person wrote, with ~ for the home folder."""
    try:
        return Path(name).expanduser()
    except RuntimeError:
        return Path(name)


def _hint(kind: str, title: str, count: int, places: list[Path], chosen: str) -> str:
    if chosen:
        return (f"Choose the folder that holds the {count} original files of {title}, or leave it empty for the usual "
                "places.")
    hint = f"Put the {count} original files of {title} into {places[0]}"
    hint += "" if len(places) > 1 else f", or let {VARIABLE} name the folder that holds {kind}"
    way = f", or download them: with Download Data in the menu File, or “layerloom download {kind}”."
    return hint + (way if kind in SOURCES else ".")


def _places(kind: str) -> list[Path]:
    named = os.environ.get(VARIABLE)
    return [*([Path(named) / kind] if named else []), cache(kind)]


def _either(place: Path, name: str) -> Path | None:
    return next((path for ending in ENDINGS if _is_file(path := place / f"{name}{ending}")), None)


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
