"""The samples that a command is to look at, brought to the form that a network was trained on."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from core.datasets import (
    DATASETS,
    Dataset,
    array_from_file,
    is_picture,
    match,
    picture_from_file,
    picture_shape,
    source_for,
)
from core.errors import DataError, Problem
from core.params import Path as PathParam
from core.preprocessing import Column, Columns, ColumnSpec
from core.train.session import Session

PREFIX = "dataset:"
ARRAYS = (".npy", ".npz")


def inputs(name: str, session: Session) -> tuple[Columns, list[str]]:
    """The input columns of the file, folder or built-in data set called `name`, and what each sample is called where
    samples are files of their own. Raises CoreError."""
    if not name.startswith(PREFIX) and _judges_pictures(session) and (files := _pictures(Path(name))):
        x = np.stack([picture_from_file(session.data.dataset, file) for file in files])
        return (Column(session.parts.chain.inputs[0], x),), [file.name for file in files]
    return match(_table(name, session), session.parts.chain.inputs), []


def _table(name: str, session: Session) -> Columns:
    """All columns of the samples; targets may be among them."""
    if Path(name).suffix.lower() in ARRAYS and Path(name).is_file():
        x = array_from_file(Path(name))
        return (Column(ColumnSpec("x", shape=x.shape[1:] or (1,)), x.reshape(len(x), *(x.shape[1:] or (1,)))),)
    return _dataset(name, session).table(session.data.seed)


def _judges_pictures(session: Session) -> bool:
    """True if each sample is a picture. A table, whose columns may hold anything, is not asked for its form."""
    first, *others = session.parts.chain.inputs
    return not others and bool(first.shape) and picture_shape(session.data.dataset.spec()) is not None


def _pictures(path: Path) -> list[Path]:
    """The picture files that are meant: one, or all that lie in a folder, by name."""
    if path.is_dir():
        return sorted(file for file in path.iterdir() if is_picture(file))
    return [path] if is_picture(path) else []


def _dataset(name: str, session: Session) -> Dataset:
    if name.startswith(PREFIX):
        kind = name.removeprefix(PREFIX)
        if kind not in DATASETS:
            raise DataError(Problem("predict.data", DATASETS.unknown(kind)))
        made: Dataset = DATASETS[kind]()
        return made
    own, place = session.data.source, Path(name).absolute()
    # Read as the data were that the network knows: the same delimiter, the same size of pictures.
    if "path" in own.params and (DATASETS[own.kind].takes(place) is not None or _reads(own.kind, place)):
        return type(session.data.dataset)(**{**own.params, "path": str(place)})
    found = source_for(place)
    again: Dataset = DATASETS[found.kind](**found.params)
    return again


def _reads(kind: str, place: Path) -> bool:
    """True if data sets of a kind are read from files with such an ending, though others claim them first."""
    param = DATASETS[kind].params["path"]
    return isinstance(param, PathParam) and place.is_file() and place.suffix.lower() in param.endings
