"""Fixes for layers that get the numbers of words."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from core.graph.fixes._base import Case, Fix, Step, insert, mends, setting
from core.graph.words import LOOKUP, first_wire
from core.layers import LAYERS

AVERAGE = "global_average_pool1d"


@mends("words.unknown")
def know_all(case: Case) -> Iterator[Fix]:
    """A vocabulary as large as that of the data."""
    if (spec := case.report.spec) is not None:
        yield setting(f"Set the vocabulary to {spec.tokens:,}", case.name, input_dim=spec.tokens)


@mends("words.amounts", "shape.rank")
def look_up(case: Case) -> Iterator[Fix]:
    """An Embedding behind Input, alone or averaged over the words."""
    spec, wire = case.report.spec, first_wire(case.doc, case.name, case.report.layers)
    if spec is None or not spec.tokens or wire is None:
        return
    lookup: Step = (LOOKUP, {"input_dim": spec.tokens})
    title = LAYERS[LOOKUP].info.title
    yield Fix(f"Insert {title}", partial(insert, edge=wire, steps=[lookup]))
    both = f"Insert {title} and {LAYERS[AVERAGE].info.title}"
    yield Fix(both, partial(insert, edge=wire, steps=[lookup, (AVERAGE, {})]))
