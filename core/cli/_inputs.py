"""The samples that a command is to look at, brought to the form that a network was trained on."""
from __future__ import annotations

import os
from pathlib import Path

from core.datasets import DATASETS, Dataset, match, source_for
from core.errors import DataError, Problem
from core.preprocessing import Columns
from core.train.session import Session

PREFIX = "dataset:"


def inputs(name: str, session: Session) -> Columns:
    """The input columns of the file, folder or built-in data set called `name`. Raises CoreError."""
    return match(_dataset(name, session).table(session.data.seed), session.parts.chain.inputs)


def _dataset(name: str, session: Session) -> Dataset:
    if name.startswith(PREFIX):
        kind = name.removeprefix(PREFIX)
        if kind not in DATASETS:
            raise DataError(Problem("predict.data", DATASETS.unknown(kind)))
        made: Dataset = DATASETS[kind]()
        return made
    own = session.data.source
    place = os.path.abspath(name)
    # Read as the data were that the network knows: the same delimiter, the same size of pictures.
    if "path" in own.params and DATASETS[own.kind].takes(Path(place)) is not None:
        return type(session.data.dataset)(**{**own.params, "path": place})
    found = source_for(place)
    again: Dataset = DATASETS[found.kind](**found.params)
    return again
