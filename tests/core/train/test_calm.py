"""A pass of one sample in which nothing is left to chance."""
from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from core.train.calm import calm
from core.train.references import SampleRef
from core.train.session import Session
from tests.core._build import chain, dense

CHANCY: dict[str, tuple[Any, ...]] = {
    "dropout": (dense(6), ("dropout", {"rate": 0.5})),
    "noise": (dense(6), "gaussian_noise"),
    "running means": (dense(6), "batch_norm"),
    "dropout within a layer": (("reshape", {"target": [2, 1]}),
                               ("multi_head_attention", {"num_heads": 1, "dropout": 0.9}), "flatten"),
}


@pytest.mark.parametrize("name", CHANCY)
def test_its_outputs_are_those_of_evaluation(name: str) -> None:
    session = Session(chain(*CHANCY[name], dense(1), source="moons"), dtype=np.float64)
    session.rule.begin_epoch()
    session.rule.step(0)
    state = session.network.state.flat.copy()
    for number in range(6):
        tape = calm(session, SampleRef("train", number))
        for node, value in session.network.predict_all(session.parts.train.x[number : number + 1]).items():
            np.testing.assert_allclose(tape.values[node], value, rtol=1e-12, atol=1e-12)
    np.testing.assert_array_equal(session.network.state.flat, state)
