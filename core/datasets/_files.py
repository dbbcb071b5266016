"""Where data sets that do not come with the program are looked for."""
from __future__ import annotations

import os
from pathlib import Path

from core.errors import DataError, Problem

VARIABLE = "LAYERLOOM_DATA"
ENDINGS = ("", ".gz")


def find_all(folder: str, title: str, names: tuple[str, ...]) -> dict[str, Path]:
    """The files called `names`, plain or gzip, by name: all from the first place that has them all.

    The places are `folder` in the folder that the variable LAYERLOOM_DATA names, and `folder` in the user's cache.
    `title` is what people call the data set. Raises DataError naming a file that is missing and where to put it.
    """
    places = _places(folder)
    found = [{name: path for name in names if (path := _either(place, name))} for place in places]
    for paths in found:
        if len(paths) == len(names):
            return paths
    missing = next(name for name in names if name not in max(found, key=len))
    hint = f"Put the {len(names)} original files of {title} into {places[0]}"
    hint += "." if len(places) > 1 else f", or let {VARIABLE} name the folder that holds {folder}."
    raise DataError(Problem(
        "data.missing", f"{title}: the file {missing}, plain or .gz, was not found in "
        f"{' or '.join(map(str, places))}.", param="source", hint=hint))


def _places(folder: str) -> list[Path]:
    import platformdirs

    named = os.environ.get(VARIABLE)
    return [*([Path(named) / folder] if named else []),
            platformdirs.user_cache_path("layerloom", appauthor=False) / folder]


def _either(place: Path, name: str) -> Path | None:
    return next((path for ending in ENDINGS if (path := place / f"{name}{ending}").is_file()), None)
