"""Which moments stay when there are too many."""
from __future__ import annotations

import numpy as np
import pytest

from core.train import moments
from core.train.moments import Moments
from core.train.session import Session
from tests.core._build import chain, dense


@pytest.mark.parametrize("by", ["count", "bytes"])
def test_those_stay_that_cover_the_run_evenly_on_a_scale_of_powers(by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(chain(dense(3), "tanh", dense(1)))
    kept = Moments(session)
    kept.keep()
    if by == "count":
        monkeypatch.setattr(moments, "MOST", 10)
    else:
        kept.budget = 10 * kept.nbytes
    for step in range(1, 301):
        session.step = step
        kept.keep()
    assert (len(kept.steps), kept.steps[0], kept.steps[-1]) == (10, 0, 300)
    even = 301 ** (1 / 9)
    ratios = np.array([(after + 1) / (before + 1) for before, after in zip(kept.steps, kept.steps[1:], strict=False)])
    assert ratios.max() <= even**2
    assert kept.nbytes == sum(moment.nbytes for step in kept.steps if (moment := kept.at(step)) is not None)
