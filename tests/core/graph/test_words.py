"""Networks that get the numbers of words: what does not fit is said before training, and mended by a click."""
from __future__ import annotations

from typing import Any

import pytest

from core.graph import edits
from core.graph.check import check
from core.graph.document import Document
from core.graph.fixes import fixes
from core.params import Kind
from core.train.events import Failed
from tests.core._build import Step, chain, dense
from tests.core.train._drive import of, run

END: dict[str, Any] = {"loss": "binary_crossentropy", "source": "sentences"}


def texts(*layers: Step, vocabulary: int = 300) -> Document:
    steps = (Kind("tokens", {"vocabulary": vocabulary, "length": 8}),)
    return chain(*layers, dense(1), "sigmoid", data={"steps": steps}, learning_rate=0.01, epochs=1, **END)


def looked_up(words: int) -> Document:
    return texts(("embedding", {"input_dim": words, "output_dim": 4}), "global_average_pool1d")


def test_an_embedding_that_knows_too_few_words_is_said_before_training() -> None:
    (problem,) = check(looked_up(100)).problems
    assert (problem.code, problem.node, problem.param) == ("words.unknown", "embedding", "input_dim")
    assert problem.message == "Embedding knows 100 words, but the data has 300."


@pytest.mark.parametrize("words", [300, 5000])
def test_an_embedding_that_knows_all_words_is_in_order(words: int) -> None:
    assert check(looked_up(words)).problems == ()


def test_a_vocabulary_that_grows_is_followed_by_one_click_and_trains() -> None:
    doc = edits.set_data(looked_up(300), {"steps": (Kind("tokens", {"vocabulary": 900, "length": 8}),)})
    report = check(doc)
    (fix,) = fixes(doc, report, report.problems[0])
    assert fix.label == "Set the vocabulary to 900"
    mended = fix.apply(doc)
    assert check(mended).problems == ()
    assert not of(run(mended)[1], Failed)


def test_words_behind_a_reshape_are_words_still() -> None:
    doc = texts(("reshape", {"target": [8]}), "identity", ("embedding", {"input_dim": 10}), "global_average_pool1d")
    assert [problem.code for problem in check(doc).problems] == ["words.unknown"]


def test_an_embedding_of_something_else_is_left_alone() -> None:
    doc = texts(dense(8), ("embedding", {"input_dim": 10}), "global_average_pool1d")
    assert [problem.node for problem in check(doc).problems] == ["dense"]


@pytest.mark.parametrize(("layers", "label"), [
    (("flatten", dense(4)), "Insert Embedding"),
    ((dense(4),), "Insert Embedding and GlobalAvgPool1D"),
    (("gru",), "Insert Embedding"),
])
def test_layers_that_take_words_for_amounts_get_an_embedding_by_one_click(layers: tuple[Step, ...], label: str) -> None:
    doc = texts(*layers)
    report = check(doc)
    problem = report.problems[0]
    found = fixes(doc, report, problem)
    assert found[0].label == label
    mended = found[0].apply(doc)
    assert check(mended).problems == ()
    assert [node.params["input_dim"] for node in mended.nodes.values() if node.kind == "embedding"] == [300]


def test_numbers_that_stand_for_themselves_are_amounts() -> None:
    assert check(chain(dense(1), source="diabetes")).problems == ()
