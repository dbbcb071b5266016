"""Fixes for the preprocessing: a step that makes columns ready, or one less."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document
from core.graph.fixes._base import Case, Fix, mends, setting
from core.graph.settings import DataSettings
from core.graph.weighing import PARAM, weighable
from core.losses import LOSSES
from core.params import Kind
from core.preprocessing import STEPS

READY = {"data.category": ("one_hot", "ordinal"), "data.text": ("tokens",), "data.date": ("date_parts",)}


@mends(*READY)
def make_ready(case: Case) -> Iterator[Fix]:
    """A step that makes numbers of a column."""
    for kind in READY[case.problem.code]:
        yield from _adding(case, kind, first=False)


@mends("data.missing")
def fill(case: Case) -> Iterator[Fix]:
    """A step that takes care of missing values: before all others, or where that does not do, behind them."""
    if case.problem.param == "steps":
        yield from _adding(case, "fill_missing", first=True)
        yield from _adding(case, "fill_missing", first=False)
        yield from _adding(case, "drop_rows", first=True)


@mends("steps.idle", "steps.repeated", "steps.column", "steps.kind", "steps.nothing", "steps.classes", "steps.numbers",
       "steps.pictures", "steps.rule", "steps.weights", "steps.loss", "steps.twice", "steps.tokens")
def remove_step(case: Case) -> Iterator[Fix]:
    """One step less: whichever it is that does not fit."""
    steps = _steps(case.doc)
    for place, step in enumerate(steps):
        yield _put(f"Remove the step {_title(step.kind)}", [*steps[:place], *steps[place + 1 :]])


@mends("param.kind")
def remove_unknown(case: Case) -> Iterator[Fix]:
    """Without the steps that this version does not know."""
    steps = case.doc.data.get("steps", ())
    if case.problem.param == "steps" and isinstance(steps, tuple):
        yield _put("Remove the unknown steps", [step for step in steps if step.kind in STEPS])


@mends("steps.loss", "steps.twice")
def weighable_loss(case: Case) -> Iterator[Fix]:
    """A loss that takes the weights of the classes from the data."""
    spec, node = case.report.spec, case.node
    if spec is None or node is None:
        return
    if case.problem.code == "steps.twice":
        own = node.params["loss"]
        yield setting("Empty the class weights of the loss", case.name,
                      loss={"kind": own.kind, "params": {**own.params, PARAM: ()}})
    for kind in LOSSES if case.problem.code == "steps.loss" else ():
        if weighable(LOSSES[kind](), len(spec.classes)):
            yield setting(f"Choose {LOSSES[kind].info.title}", case.name, loss=kind)


def _steps(doc: Document) -> Sequence[Kind]:
    try:
        return DataSettings.known(doc.data).steps
    except CoreError:
        return ()


def _adding(case: Case, kind: str, *, first: bool) -> Iterator[Fix]:
    if kind in STEPS:
        steps, new = _steps(case.doc), Kind(kind)
        yield _put(f"Add the step {_title(kind)}", [new, *steps] if first else [*steps, new])


def _put(label: str, steps: Sequence[Kind]) -> Fix:
    return Fix(label, lambda doc: edits.set_data(doc, {"steps": steps}))


def _title(kind: str) -> str:
    return STEPS[kind].info.title
