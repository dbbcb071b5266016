"""Fixes for data from files: what is to be predicted, another way to read the file, pictures that are broken."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.datasets import DATASETS
from core.errors import CoreError
from core.graph import edits, roles
from core.graph.fixes._base import Case, Fix, mends
from core.graph.settings import DataSettings
from core.graph.sourcing import choose_source
from core.params import Kind

SERIES = "time_series"
OFFERED = 3


@mends("data.target")
def aim(case: Case) -> Iterator[Fix]:
    """Predict one of the last columns that can be, or how a series goes on."""
    columns = roles.known_columns(case.doc)
    able = [spec.name for spec in columns if not spec.shape and (spec.kind == "number" or len(spec.categories) > 1)]
    for name in able[: -OFFERED - 1 : -1] if len(able) > 1 else ():
        yield Fix(f"Predict {name}", partial(roles.aim_at, name=name))
    yield from _as_series(case)


@mends("data.inputs")
def as_series(case: Case) -> Iterator[Fix]:
    """One column alone goes on from itself."""
    yield from _as_series(case)


@mends("data.picture")
def skip(case: Case) -> Iterator[Fix]:
    """Leave out what cannot be read."""
    source = case.doc.data.get("source")
    if isinstance(source, Kind) and source.kind in DATASETS and "skip_broken" in DATASETS[source.kind].params:
        values = {**source.params, "skip_broken": True}
        yield Fix("Skip broken pictures", lambda doc: edits.set_data(doc, {"source": Kind(source.kind, values)}))


def _as_series(case: Case) -> Iterator[Fix]:
    try:
        source = DataSettings.known(case.doc.data).source
    except CoreError:
        return
    if source.kind != "table" or SERIES not in DATASETS:
        return
    shared = {name: value for name, value in source.params.items() if name in DATASETS[SERIES].params}
    dates = [spec.name for spec in roles.known_columns(case.doc) if spec.kind == "date"]
    made = Kind(SERIES, DATASETS[SERIES](**{**shared, "order": dates[0] if len(dates) == 1 else ""}).config())
    yield Fix("Predict how the series goes on", partial(choose_source, source=made))
