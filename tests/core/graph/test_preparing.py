"""Steps of preprocessing that do not fit: what is said, and what mends it."""
from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from core.graph.check import check
from core.graph.document import Document
from core.graph.fixes import fixes
from core.graph.settings import DataSettings
from core.io import documents
from core.params import Kind
from tests.core._build import chain, dense
from tests.core.preprocessing._examples import Rows, columns, named

CLASSES = {"loss": "sparse_categorical_crossentropy", "source": "iris"}
NUMBERS: dict[str, Any] = {"source": "diabetes"}


def flowers(*steps: Any, **options: Any) -> Document:
    return chain(dense(3), "softmax", **{**CLASSES, **options}, data={"steps": steps})


def amounts(*steps: Any) -> Document:
    return chain(dense(1), **NUMBERS, data={"steps": steps})


def weighted(params: dict[str, Any] | None = None, **options: Any) -> Document:
    return flowers(Kind("class_weights", params or {}), **options)


CASES: dict[str, tuple[Document, str, bool, str]] = {
    "pictures of a table": (flowers("random_flip"), "steps.pictures", True, "Remove the step Random flip"),
    "categories of numbers": (flowers("one_hot"), "steps.idle", False, "Remove the step One-hot"),
    "no columns to drop": (flowers("drop_columns"), "steps.idle", False, "Remove the step Drop columns"),
    "dates of numbers": (flowers("standardise", "date_parts"), "steps.idle", False, "Remove the step Date parts"),
    "a column that is not there": (
        flowers("min_max", Kind("robust", {"columns": ["colour"]})), "steps.column", True, "Remove the step Robust"),
    "weights of no classes": (amounts("class_weights"), "steps.classes", True, "Remove the step Class weights"),
    "weights of other classes": (
        weighted({"weights": (1.0, 2.0)}), "steps.weights", True, "Remove the step Class weights"),
    "a scale for classes": (flowers("scale_target"), "steps.numbers", True, "Remove the step Scale target"),
    "two scales of the target": (
        amounts("scale_target", Kind("scale_target", {"method": "min_max"})), "steps.repeated", False,
        "Remove the step Scale target"),
    "a loss that takes no weights": (
        weighted(loss="mse"), "steps.loss", True, "Choose Sparse categorical cross-entropy"),
    "a loss with weights of its own": (
        weighted(loss=Kind("sparse_categorical_crossentropy", {"class_weights": (1.0, 2.0, 1.0)})), "steps.twice",
        False, "Empty the class weights of the loss"),
    "weights where nothing is predicted": (
        chain(dense(4), source="iris", rule="autoencoder", data={"steps": ["class_weights"]}), "steps.rule", False,
        "Remove the step Class weights"),
    "noise for a perceptron": (
        chain(dense(1), "step", rule="perceptron", data={"steps": ["random_noise"]}), "steps.rule", False,
        "Remove the step Random noise"),
}


@pytest.mark.parametrize(("doc", "code", "blocks", "label"), CASES.values(), ids=CASES)
def test_a_step_that_does_not_fit_is_a_problem_with_a_way_out(doc: Document, code: str, blocks: bool,
                                                               label: str) -> None:
    report = check(doc)
    (problem,) = report.problems
    assert (problem.code, problem.blocks) == (code, blocks)
    assert problem.hint
    found = {fix.label: fix for fix in fixes(doc, report, problem)}
    assert label in found
    assert not check(found[label].apply(doc)).problems


@pytest.mark.parametrize("doc", [
    flowers("standardise", "class_weights", "shuffle", "random_noise"), amounts("robust", "scale_target"),
    chain(dense(10), "softmax", loss=CLASSES["loss"], source="digits",
          data={"steps": ["min_max", "random_shift", "random_rotation", "random_zoom", "random_flip", "random_noise"]}),
    chain(dense(1), "sigmoid", loss="binary_crossentropy", source="moons", data={"steps": ["class_weights"]}),
    weighted({"weights": (1.0, 2.0, 3.0)}, loss="categorical_crossentropy"),
])
def test_steps_that_fit_are_no_problem(doc: Document) -> None:
    assert not check(doc).problems


def table(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    """Every document has these columns as its data."""
    made = Rows(named(columns(), *names, "label"))
    monkeypatch.setattr(DataSettings, "dataset", property(lambda self: made))


READY = [
    (("plain", "colour"), "data.category", {"Add the step One-hot", "Add the step Ordinal"}),
    (("gappy", "plain"), "data.missing", {"Add the step Fill missing", "Add the step Drop rows"}),
    (("said",), "data.text", {"Add the step Words to numbers"}),
    (("plain", "when"), "data.date", {"Add the step Date parts"}),
]


@pytest.mark.parametrize(("names", "code", "labels"), READY, ids=[code for _, code, _ in READY])
def test_columns_that_are_not_ready_get_the_step_that_makes_them_so(
        names: tuple[str, ...], code: str, labels: set[str], monkeypatch: pytest.MonkeyPatch) -> None:
    table(monkeypatch, *names)
    # What does not fit the data shows only when these are known: an Output for two classes gets three numbers.
    doc = flowers()
    report = check(doc)
    problem = next(p for p in report.problems if p.code == code)
    found = {fix.label: fix for fix in fixes(doc, report, problem)}
    assert found.keys() == labels
    for fix in found.values():
        assert code not in {p.code for p in check(fix.apply(doc)).problems}


def test_steps_that_are_added_one_by_one_make_a_whole_table_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    table(monkeypatch, "plain", "gappy", "same", "colour", "when")
    doc, added = chain(dense(2), "softmax", loss=CLASSES["loss"]), []
    while problems := [p for p in check(doc).problems if p.blocks]:
        fix = fixes(doc, check(doc), problems[0])[0]
        added.append(fix.label)
        doc = fix.apply(doc)
    assert check(doc).ok
    assert {step.kind for step in doc.data["steps"]} >= {"date_parts"}
    assert len(added) == len(set(added)) <= 4


def test_words_cannot_be_changed_a_little(monkeypatch: pytest.MonkeyPatch) -> None:
    table(monkeypatch, "said")
    doc = chain("flatten", dense(2), "softmax", loss=CLASSES["loss"], data={"steps": ["tokens", "random_noise"]})
    report = check(doc)
    problem = next(p for p in report.problems if p.code == "steps.tokens")
    (fix,) = fixes(doc, report, problem)
    assert fix.label == "Remove the step Random noise"
    assert [step.kind for step in fix.apply(doc).data["steps"]] == ["tokens"]


def test_yes_and_no_are_not_scaled(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, label = named(columns(), "plain", "label")
    made = Rows((plain, *(label.with_values(label.values, name=name) for name in ("sunny", "warm"))))
    monkeypatch.setattr(DataSettings, "dataset", property(lambda self: made))
    (problem,) = check(chain(dense(2), data={"steps": ["scale_target"]})).problems
    assert problem.code == "steps.numbers"


def test_a_step_of_a_newer_version_is_kept_and_is_a_problem_that_names_it() -> None:
    doc = flowers("standardise")
    step = {"kind": "quantile_of_tomorrow", "params": {"quantiles": [0.1, {"deep": None}]}}
    body = documents.dumps(doc).replace('"steps": [\n', '"steps": [\n      ' + str(step).replace("'", '"').replace(
        "None", "null") + ",\n")
    again = documents.loads(body)
    assert documents.loads(documents.dumps(again)) == again
    assert [kind.kind for kind in again.data["steps"]] == ["quantile_of_tomorrow", "standardise"]
    assert '"quantile_of_tomorrow"' in documents.dumps(again)
    report = check(again)
    (problem,) = [p for p in report.problems if p.blocks]
    assert (problem.code, problem.param) == ("param.kind", "steps")
    assert problem.message.startswith("data.steps[0]: ")
    assert "quantile_of_tomorrow" in problem.message
    found = {fix.label: fix for fix in fixes(again, report, problem)}
    assert found.keys() == {"Remove the unknown steps", "Reset preprocessing"}
    mended = found["Remove the unknown steps"].apply(again)
    assert [kind.kind for kind in mended.data["steps"]] == ["standardise"]


def test_a_step_with_a_parameter_out_of_its_range_names_step_and_parameter() -> None:
    step = Kind("random_zoom", MappingProxyType({"share": 7.0}))
    doc = replace(flowers(), data=MappingProxyType({**flowers().data, "steps": (step,)}))
    (problem,) = check(doc).problems
    assert problem.message.startswith("data.steps[0].params.share: ")
