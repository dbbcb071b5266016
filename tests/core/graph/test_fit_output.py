"""One edit makes the end of a network fit what the data ask for."""
from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.datasets import DATASETS, DataSpec
from core.graph import edits
from core.graph.check import check
from core.graph.document import Document, Edge, Node
from core.graph.fixes import FIT, End, end_for, fit_output, fixes
from core.graph.roles import aim_at, columns_of, roles_of, set_role
from core.graph.settings import DataSettings
from core.graph.splitting import counts_of, matters, set_split, shares_of
from core.graph.task import change_text, sample_text, some_names, task_text
from tests.core._build import xor


def fitted(doc: Document) -> Document:
    return fit_output(doc, check(doc))


def end(doc: Document) -> tuple[str, list[str], tuple[int, ...] | None]:
    """The loss, the kinds of the two nodes before the Output, and what arrives there."""
    last = doc.sources("output")["x"]
    before = doc.sources(last)["x"]
    return doc.nodes["output"].params["loss"].kind, [doc.nodes[n].kind for n in (before, last)], \
        check(doc).shapes.get("output")


@pytest.mark.parametrize(("source", "loss", "last", "width"), [
    ("spiral", "binary_crossentropy", ["dense", "sigmoid"], 1),
    ("iris", "sparse_categorical_crossentropy", ["dense", "softmax"], 3),
    ("digits", "sparse_categorical_crossentropy", ["dense", "softmax"], 10),
    ("diabetes", "mse", ["sigmoid", "dense"], 1),
])
def test_the_end_is_that_of_the_task(source: str, loss: str, last: list[str], width: int) -> None:
    doc = edits.set_data(xor(), {"source": source})
    assert end(fitted(doc)) == (loss, last, (width,))
    assert not [problem for problem in check(fitted(doc)).problems if problem.node == "output"]


def test_what_fits_already_is_left_alone() -> None:
    doc = fitted(edits.set_data(xor(), {"source": "iris"}))
    assert fitted(doc) == doc


def test_pictures_that_arrive_as_such_are_flattened() -> None:
    doc = edits.set_data(edits.empty(), {"source": {"kind": "mnist", "params": {"flatten": False}}})
    for name in ("input", "output"):
        doc = edits.add_node(doc, Node(name, name))
    doc = edits.connect(doc, Edge("input", "output"))
    done = fitted(doc)
    assert check(done).shapes["output"] == (10,)
    assert [problem.message for problem in check(done).problems if problem.blocks] == []


def test_an_autoencoder_is_left_alone() -> None:
    doc = edits.set_training(edits.set_data(xor(), {"source": "iris"}), {"rule": "autoencoder"})
    assert fitted(doc) is doc


def test_without_data_nothing_is_fitted() -> None:
    doc = edits.set_data(xor(), {"source": {"kind": "make_classification", "params": {"features": 2}}})
    assert check(doc).spec is None
    assert fitted(doc) is doc


@pytest.mark.parametrize(("spec", "expected"), [
    (DataSpec((4,), classes=("no", "yes")), End("binary_crossentropy", 1, "sigmoid")),
    (DataSpec((4,), classes=("a", "b", "c")), End("sparse_categorical_crossentropy", 3, "softmax")),
    (DataSpec((4,), targets=5, multi_label=True), End("binary_crossentropy", 5, "sigmoid")),
    (DataSpec((4,), targets=2), End("mse", 2)),
])
def test_every_task_has_its_usual_end(spec: DataSpec, expected: End) -> None:
    assert end_for(spec) == expected


def test_several_labels_are_learned_with_binary_cross_entropy() -> None:
    from core.graph.target import target_problems

    doc = edits.set_params(xor(), "output", {"loss": "binary_crossentropy"})
    report = check(doc)
    spec = replace(report.spec or DataSpec(()), classes=(), targets=1, multi_label=True)
    assert target_problems(doc, "output", report.layers, report.shapes, spec) == []
    numbers = replace(spec, multi_label=False)
    assert [p.code for p in target_problems(doc, "output", report.layers, report.shapes, numbers)] == ["loss.task"]


@pytest.mark.parametrize("source", ["iris", "diabetes"])
def test_the_canvas_offers_it_as_a_fix(source: str) -> None:
    doc = edits.set_data(edits.set_params(xor(), "output", {"loss": "binary_crossentropy"}), {"source": source})
    report = check(doc)
    problem = next(p for p in report.problems if p.node == "output")
    fix = next(fix for fix in fixes(doc, report, problem) if fix.label == FIT)
    assert fix.apply(doc) == fitted(doc)


def data(**values: Any) -> DataSettings:
    return DataSettings.known(edits.set_data(edits.empty(), values).data)


def test_the_task_is_said_in_words() -> None:
    three = DataSpec((4,), classes=("a", "b", "c"))
    assert task_text(three) == "3 classes"
    assert task_text(three, (50, 50, 40)) == "3 classes, balanced"
    assert task_text(three, (80, 10, 10)) == "3 classes, 80% of them a"
    assert task_text(DataSpec((4,), targets=2)) == "2 numbers to predict"
    assert task_text(DataSpec((4,), targets=3, multi_label=True)) == "3 labels, each yes or no"
    assert some_names(("a", "b")) == "a, b"
    assert some_names(tuple("abcdefgh")) == "8: a, b … h"


def test_a_sample_is_said_in_words() -> None:
    assert sample_text(DataSpec((4,))) == "4 numbers"
    assert sample_text(DataSpec((64,), picture=(8, 8))) == "8 × 8 pixels"
    assert sample_text(DataSpec((32, 32, 3))) == "32 × 32 pixels, colour"
    assert sample_text(DataSpec((20,), tokens=500)) == "20 tokens, vocabulary of 500"
    assert sample_text(DataSpec((20, 2))) == "20 steps of 2 numbers"
    assert sample_text(DataSpec((20, 1))) == "20 steps of 1 number"
    assert change_text(DataSpec((4,)), DataSpec((13,))) == "Input now gives 13 numbers instead of 4."
    assert change_text(DataSpec((4,)), DataSpec((28, 28, 1))) == "Input now gives (28, 28, 1) instead of (4)."
    assert change_text(DataSpec((20,)), DataSpec((64,), picture=(8, 8))) == "Input now gives 64 numbers instead of 20."
    assert change_text(DataSpec((4,)), DataSpec((4,))) == ""


def test_a_way_of_splitting_takes_back_shares_that_it_has_no_use_for() -> None:
    doc = edits.set_data(edits.empty(), {"validation": 0.2, "test": 0.1})
    folds, column = set_split(doc, {"split": "folds"}).data, set_split(doc, {"split": "column"}).data
    assert (folds["validation"], folds["test"]) == (0.0, 0.1)
    assert (column["validation"], column["test"]) == (0.0, 0.0)
    assert set_split(doc, {"split": "random"}).data["validation"] == 0.2


def test_the_parts_are_counted_as_they_will_be() -> None:
    spec = DATASETS["iris"]().spec()
    assert counts_of(data(source="iris", validation=0.2, test=0.1), spec) == (105, 30, 15)
    assert counts_of(data(source="iris", split="folds", folds=5), spec) == (120, 30, 0)
    assert shares_of(data(split="folds", folds=4, test=0.2)) == pytest.approx((0.2, 0.2))
    assert counts_of(data(source="mnist", validation=0.1), DATASETS["mnist"]().spec()) == (54_000, 6_000, 10_000)
    assert counts_of(data(split="column"), spec) == ()
    assert matters("folds", "folds")
    assert not matters("folds", "random")
    assert matters("seed", "random")


def test_a_column_is_predicted_instead_of_another() -> None:
    doc = edits.set_data(edits.empty(), {"source": "iris"})
    doc = aim_at(doc, "petal width (cm)")
    found = roles_of(doc, columns_of(doc))
    assert [name for name, role in found.items() if role == "target"] == ["petal width (cm)"]
    assert check(doc).spec is None  # The species are categories, and an input now.
    doc = set_role(doc, ["species"], "ignore")
    spec = check(doc).spec
    assert spec is not None
    assert (spec.shape, spec.target_names) == ((3,), ("petal width (cm)",))


def test_a_role_that_the_data_suggest_is_not_written_down() -> None:
    doc = edits.set_data(edits.empty(), {"source": "iris"})
    doc = set_role(doc, ["species"], "ignore")
    assert dict(doc.data["roles"]) == {"species": "ignore"}
    assert dict(set_role(doc, ["species"], "target").data["roles"]) == {}
