"""A view judges as many samples as a network can judge without anybody waiting; all views judge the same ones."""
from __future__ import annotations

import numpy as np
import pytest

from core.graph.document import Document
from core.train.cases import Cases, Wish, ranked
from core.train.effort import COUNTS, affordable
from core.train.probes import answer
from core.train.probes.boundary import Boundary
from core.train.probes.confusion import Confusion
from core.train.request import Request
from core.train.session import Session
from tests.core._build import Step, chain, dense

MANY = {"kind": "make_classification", "params": {"samples": 12_000, "features": 36, "informative": 5, "classes": 3}}
ENDING: list[Step] = [dense(3), "softmax"]


def many(*layers: Step) -> Session:
    document: Document = chain(*layers, *ENDING, loss="sparse_categorical_crossentropy", source=MANY)
    return Session(document)


def asked(session: Session, probe: str) -> object:
    return answer(session, Request.of(probe))


def convolved(filters: int) -> list[Step]:
    return [("reshape", {"target": [6, 6, 1]}),
            ("conv2d", {"filters": filters, "kernel_size": [3], "padding": "same"}), "relu",
            ("conv2d", {"filters": filters, "kernel_size": [3], "padding": "same"}), "flatten"]


def test_a_quick_network_judges_ten_thousand_samples_and_a_slow_one_fewer() -> None:
    counts = [affordable(many(*layers)) for layers in ([dense(8)], convolved(24), convolved(64))]
    assert counts[0] == COUNTS[0]
    assert counts[0] > counts[1] > counts[2] == COUNTS[-1]


@pytest.mark.parametrize("layers", [[dense(8)], convolved(64)], ids=["quick", "slow"])
def test_a_cell_of_the_confusion_matrix_counts_the_samples_that_it_opens(layers: list[Step]) -> None:
    session = many(*layers)
    matrix, cases = asked(session, "confusion"), asked(session, "predictions")
    assert isinstance(matrix, Confusion)
    assert isinstance(cases, Cases)
    assert matrix.counts.sum() == len(cases) == affordable(session)
    opened = [[len(ranked(cases, Wish("order", row, column))) for column in range(3)] for row in range(3)]
    np.testing.assert_array_equal(matrix.counts, opened)
    assert matrix.total == cases.total == 12_000


def test_a_slow_network_is_asked_in_fewer_cells() -> None:
    quick, slow = (asked(many(*layers), "boundary") for layers in ([dense(8)], convolved(64)))
    assert isinstance(quick, Boundary)
    assert isinstance(slow, Boundary)
    assert quick.values.shape == (100, 100)
    assert slow.values.shape == (31, 31)
