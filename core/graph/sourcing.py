"""Another source of samples, with what belongs to it: roles and steps that fit, and a way of splitting."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from core.datasets import Dataset, ReadingError, Recipe, outline, role_of, single
from core.errors import CoreError, DataError, Problem
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.params import Kind
from core.preprocessing import STEPS, ColumnSpec, Specs, Step

# More categories than this become one number each, not one column each.
FEW = 20
PLAIN = "standardise"
ORDERED = "ordered"


def choose_source(doc: Document, source: Kind) -> Document:
    """Take the samples from `source`. Roles and steps that do not fit it go; steps that it needs come.

    What only its columns tell is left to `settle_source` if they are not known yet. Raises ParamError.
    """
    before = DataSettings.known(doc.data)
    values: dict[str, Any] = {"source": source}
    if before.source.kind != source.kind:
        values["roles"] = ()
        # The order and the columns of other data say nothing about these.
        if before.split in (ORDERED, "column"):
            values |= {"split": DataSettings.params["split"].initial, "split_column": ""}
    doc = edits.set_data(doc, values)
    return settle_source(doc)


def settle_source(doc: Document) -> Document:
    """Bring roles, steps and the split in line with what is known about the source."""
    data = DataSettings.known(doc.data)
    try:
        dataset = data.dataset
        columns = dataset.columns()
    except ReadingError:
        return edits.set_data(doc, {"steps": [], "roles": {}})
    except CoreError:
        return doc
    apart = single(columns)
    roles = {name: role for name, role in data.roles if name in {spec.name for spec in apart}}
    named = bool(roles) or any(getattr(STEPS[step.kind](**step.params), "columns", ()) for step in data.steps)
    used = apart if named else columns
    inputs = tuple(spec for spec in used if role_of(spec, roles) == "input")
    targets = tuple(spec for spec in used if role_of(spec, roles) == "target")
    kept = _fitting(data.steps, inputs, len(targets[0].categories) if len(targets) == 1 else 0)
    values: dict[str, Any] = {"roles": roles, "steps": suggested(dataset, inputs, kept)}
    if dataset.ordered:
        values["split"] = ORDERED
    if data.test and _held_out(dataset):
        values["test"] = 0.0
    return edits.set_data(doc, values)


def suggested(dataset: Dataset, inputs: Specs, kept: Sequence[Kind] = ()) -> tuple[Kind, ...]:
    """The steps `kept`, with those that make these input columns ready for a network.

    What a step can do is found by trying it, so that new kinds of steps are considered, too.
    """
    steps = [*kept]
    missing = [spec for spec in inputs if spec.missing]
    if missing and not any(STEPS[step.kind].mends for step in steps) and (mending := _mending(missing)):
        steps.insert(0, mending)
    steps += _turned(steps, inputs, "date")
    columns = _after(steps, inputs)
    plain = any(spec.kind == "number" and not spec.shape and not spec.tokens for spec in columns)
    scaled = any(STEPS[step.kind].info.category == STEPS[PLAIN].info.category for step in steps)
    # Before categories become zeros and ones, which are left as they are.
    if getattr(dataset, "tabular", False) and plain and not scaled:
        steps.append(Kind(PLAIN, STEPS[PLAIN]().config()))
    for kind in ("text", "category"):
        steps += _turned(steps, inputs, kind)
    return tuple(steps)


def _turned(steps: Iterable[Kind], inputs: Specs, kind: str) -> list[Kind]:
    """The step that makes numbers of the columns of this kind that `steps` leave, if there are any."""
    wanting = [spec for spec in _after(steps, inputs) if spec.kind == kind]
    step = _turning(wanting) if wanting else None
    return [] if step is None else [step]


def _held_out(dataset: Dataset) -> bool:
    try:
        return outline(dataset, Recipe()).held_out > 0
    except CoreError:
        return False


def _fitting(steps: Iterable[Kind], columns: Specs, classes: int) -> list[Kind]:
    """The steps that have something to work on, in their order."""
    pictures = any(len(spec.shape) == 3 for spec in columns)
    kept = []
    for kind in steps:
        step = STEPS[kind.kind](**kind.params)
        try:
            columns = _worked(step, columns)
        except CoreError:
            continue
        if not step.problems(classes=classes, pictures=pictures):
            kept.append(kind)
    return kept


def _worked(step: Step, columns: Specs) -> Specs:
    """What a step makes of columns. Raises DataError if there is nothing for it to do."""
    if step.idle(columns):
        raise DataError(Problem("steps.nothing", f"{step.info.title}: there is no column for it.", param="steps"))
    return step.infer(columns)


def _after(steps: Iterable[Kind], columns: Specs) -> Specs:
    for kind in steps:
        try:
            columns = STEPS[kind.kind](**kind.params).infer(columns)
        except CoreError:
            continue
    return columns


def _plain(kind: type[Step]) -> Step | None:
    """A step as it is when it is added, for all columns that it fits."""
    try:
        return kind()
    except CoreError:
        return None


def _mending(columns: Sequence[ColumnSpec]) -> Kind | None:
    """The step that fills most of these columns."""
    def filled(step: Step) -> int:
        chosen = getattr(step, "chosen", None)
        return len(chosen(tuple(columns))) if chosen is not None else 0

    found = [step for kind in STEPS.values() if kind.mends and kind.stage == "columns" and (step := _plain(kind))]
    best = max(found, key=filled, default=None)
    return Kind(best.info.kind, best.config()) if best is not None else None


def _turning(columns: Sequence[ColumnSpec]) -> Kind | None:
    """The step that makes numbers of these columns: a column for each category where there are few of them."""
    many = max(len(spec.categories) for spec in columns) > FEW
    found: list[tuple[int, Kind]] = []
    for kind in STEPS.values():
        step = _plain(kind) if kind.stage == "columns" else None
        if step is None:
            continue
        try:
            made = step.infer(tuple(columns))
        except CoreError:
            continue
        if made and all(spec.kind == "number" for spec in made):
            found.append((sum(spec.width for spec in made), Kind(kind.info.kind, step.config())))
    found.sort(key=lambda pair: pair[0], reverse=not many)
    return found[0][1] if found else None
