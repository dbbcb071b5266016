"""Which arrays of a file are samples, which are targets, and which are a test part of their own."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from core.datasets._npy import Place, places, read_array, refusal
from core.datasets._task import Task

# Written in small letters; the first pair that is there counts.
PAIRS = (("x_train", "y_train"), ("x", "y"), ("data", "labels"), ("data", "target"), ("data", "targets"),
         ("inputs", "targets"), ("inputs", "outputs"), ("features", "labels"), ("features", "targets"),
         ("images", "labels"), ("train_images", "train_labels"), ("train_data", "train_labels"), ("arr_0", "arr_1"))
SHOWN = 8
# The code of what is not wrong, but leaves something to choose.
UNFINISHED = "data.choose"


@dataclass(frozen=True, slots=True)
class Pairs:
    """Where samples and targets lie, and those of a test part, if there is one."""

    x: Place
    y: Place
    test: tuple[Place, Place] | None = None


def pairs(path: Path, labels: Path | None, x_name: str, y_name: str) -> Pairs:
    """The arrays to take from the file `path`, and from `labels` if the targets have a file of their own.

    Names that are not given are found among common ones, whatever their case. Raises DataError.
    """
    inputs = _named(path)
    if labels is not None:
        x = _only(path, inputs, x_name, (one for one, _ in PAIRS), "Inputs")
        return Pairs(x, _only(labels, _named(labels), y_name, (other for _, other in PAIRS), "Targets"))
    if "" in inputs:
        raise refusal(Place(path), "holds one array, and the targets are not chosen yet",
                      "Choose the .npy file with the targets, too.", UNFINISHED)
    x_name, y_name = x_name.lower(), y_name.lower()
    for name in filter(None, (x_name, y_name)):
        if name not in inputs:
            raise refusal(Place(path), f'holds no array "{name}"', _choose(inputs))
    if x_name and y_name:
        return Pairs(inputs[x_name], inputs[y_name], _test(inputs, x_name, y_name))
    for one, other in PAIRS:
        if one in inputs and other in inputs and x_name in ("", one) and y_name in ("", other):
            return Pairs(inputs[one], inputs[other], _test(inputs, one, other))
    raise refusal(Place(path), "does not tell by its names which array holds the samples and which the targets",
                  _choose(inputs), UNFINISHED)


def array_from_file(path: Path) -> np.ndarray:
    """The samples (n, ...) float32 of a .npy or .npz file; targets in it are left alone. They are the only array there,
    or the one with a usual name. Raises DataError."""
    place = _only(path, _named(path), "", (one for one, _ in PAIRS), "Inputs")
    array = read_array(place, Task(), np.float32)
    if not array.ndim:
        raise refusal(place, "holds a single number, no samples", "Choose an array with a row for each sample.")
    return array


def _named(path: Path) -> Mapping[str, Place]:
    return {place.name.lower(): place for place in places(path)}


def _only(path: Path, found: Mapping[str, Place], name: str, usual: Iterable[str], what: str) -> Place:
    if len(found) == 1 and not name:
        return next(iter(found.values()))
    if name and name.lower() not in found:
        raise refusal(Place(path), f'holds no array "{name}"', _choose(found))
    chosen = name.lower() or next((one for one in usual if one in found), None)
    if chosen is None:
        raise refusal(Place(path), f"holds several arrays, and none is named for {what}", _choose(found), UNFINISHED)
    return found[chosen]


def _test(found: Mapping[str, Place], x_name: str, y_name: str) -> tuple[Place, Place] | None:
    if "train" in x_name and "train" in y_name:
        names = x_name.replace("train", "test"), y_name.replace("train", "test")
    else:
        names = f"{x_name}_test", f"{y_name}_test"
    return (found[names[0]], found[names[1]]) if names[0] in found and names[1] in found else None


def _choose(found: Mapping[str, Place]) -> str:
    names = [place.name for place in found.values()]
    more = f" and {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    if names == [""]:
        return "A .npy file has one array without a name: leave the name out."
    return f"Name two of {', '.join(names[:SHOWN])}{more} as Inputs and Targets."
