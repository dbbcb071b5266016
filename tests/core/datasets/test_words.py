"""The names of words come along with their numbers, as far as the numbers stay what they are."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS
from core.preprocessing import ColumnSpec
from core.train.session import Session
from tests.core._build import chain, dense

BRACKETS = {"kind": "brackets", "params": {"samples": 60, "length": 8, "sorts": 2}}
NAMES = ("·", "(", ")", "[", "]")


@pytest.mark.parametrize("steps", [(), ({"kind": "drop_rows", "params": {}},)], ids=["plain", "with a step"])
def test_the_network_and_the_columns_know_the_words(steps: tuple[dict[str, object], ...]) -> None:
    session = Session(chain(dense(1), "sigmoid", source=BRACKETS, loss="binary_crossentropy",
                            data={"steps": list(steps)}))
    assert session.parts.spec.words == NAMES
    assert DATASETS["brackets"](**BRACKETS["params"]).columns()[0].words == NAMES


def test_a_sequence_is_spelled_with_words_and_with_numbers_where_there_are_none() -> None:
    tokens = np.array([0.0, 1.0, 4.0, 7.0], np.float32)
    assert ColumnSpec("x", shape=(4,), tokens=8, words=NAMES).spelled(tokens) == "· ( ] 7"
    assert ColumnSpec("x", shape=(4,), tokens=8).spelled(tokens) == "0 1 4 7"
