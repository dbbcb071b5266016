"""Fixes for how samples are cut into parts."""
from __future__ import annotations

from collections.abc import Iterator

from core.datasets import split_columns
from core.graph.fixes._base import Case, Fix, mends
from core.graph.fixes._settings import set_data
from core.graph.settings import DataSettings

OFFERED = 3


@mends("data.fold")
def other_fold(case: Case) -> Iterator[Fix]:
    """Watch a fold that there is."""
    folds = DataSettings.known(case.doc.data).folds
    yield set_data(f"Watch fold {folds}", fold=folds)


@mends("data.folds")
def fewer_folds(case: Case) -> Iterator[Fix]:
    """Take as few folds as possible."""
    yield set_data("Take two folds", folds=2, fold=1)


@mends("data.unused")
def no_share(case: Case) -> Iterator[Fix]:
    """Say nothing that has no effect."""
    share = str(case.problem.param)
    yield set_data(f"Set the {share} share to 0", **{share: 0.0})


@mends("data.split_column")
def other_column(case: Case) -> Iterator[Fix]:
    """Split by a column that fits, or by none."""
    data = DataSettings.known(case.doc.data)
    for name in split_columns(data.dataset, data.recipe)[:OFFERED]:
        yield set_data(f"Split by {name}", split_column=name)
    if data.split == "ordered":
        yield set_data("Keep the order of the rows", split_column="")
    yield set_data("Split at random, classes in proportion", split="stratified")
