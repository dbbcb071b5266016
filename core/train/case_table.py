"""Judged samples as a table of numbers."""
from __future__ import annotations

import numpy as np

from core.train.cases import Cases

Cells = tuple[list[str], list[list[float | str]]]
# Of samples with more values, such as large pictures, only how well all were given back is told.
MOST_VALUES = 100


def case_table(found: Cases, order: np.ndarray) -> Cells:
    """Names of columns, and a row for the sample at each place of `order` (k,), numbered from 1 within its part.

    By kind: the true and the predicted class and how sure the network is of each; the same for labels, joined by
    commas; true and predicted numbers and their difference; or the values that came in and what came out.
    """
    if found.kind == "classes":
        truth, said = ([found.names[label] for label in labels[order].tolist()] for labels in (found.truth, found.said))
        heads, columns = ["truth", "prediction"], [truth, said]
    elif found.kind == "labels":
        heads, columns = ["truth", "prediction"], [_labels(found, rows[order]) for rows in (found.truth, found.said)]
    else:
        heads, columns = _numbers(found, order)
    columns.insert(0, (found.numbers[order] + 1).tolist())
    if found.sure is not None:
        heads, columns = [*heads, "confidence"], [*columns, found.sure[order].tolist()]
    heads, columns = ["sample", *heads, "loss"], [*columns, found.losses[order].tolist()]
    if found.chances is not None:
        heads += [f"confidence in {name}" for name in found.names]
        columns += found.chances[order].T.tolist()
    return heads, [list(row) for row in zip(*columns, strict=True)]


def _labels(found: Cases, rows: np.ndarray) -> list[float | str]:
    return [", ".join(name for name, yes in zip(found.names, row, strict=True) if yes) for row in rows.tolist()]


def _numbers(found: Cases, order: np.ndarray) -> tuple[list[str], list[list[float | str]]]:
    """Truth, prediction and how much larger that is, number by number; for what is given back also over all."""
    truth, said = found.truth[order].astype(np.float64), found.said[order].astype(np.float64)
    error, count = said - truth, truth.shape[1]
    if found.kind == "values":
        heads, columns = ["mean squared error"], [np.square(error).mean(axis=1).tolist()]
        if count > MOST_VALUES:
            return heads, columns
        wanted = [("{} in", truth), ("{} out", said)]
    else:
        heads, columns = [], []
        one = count == 1
        wanted = [("truth" if one else "true {}", truth), ("prediction" if one else "predicted {}", said),
                  ("error" if one else "error of {}", error)]
    for place, name in enumerate(found.names):
        heads += [title.format(name) for title, _ in wanted]
        columns += [values[:, place].tolist() for _, values in wanted]
    return heads, columns
