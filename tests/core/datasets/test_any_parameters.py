"""What is generated keeps its word for all parameters, or refuses them before anything is made."""
from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import DATASETS
from core.errors import DataError
from core.params import Bool, Choice, Float, Int

MOST = {"samples": 60, "features": 30, "informative": 30, "redundant": 30, "length": 40}
DRAWN = [kind for kind in DATASETS.values() if kind.info.category in ("Logic", "Plane", "Generated")]


def value(name, param):
    if isinstance(param, Int):
        return st.integers(param.low, min(param.high, MOST.get(name, param.high)))
    if isinstance(param, Float):
        return st.floats(param.low, param.high)
    if isinstance(param, Bool):
        return st.booleans()
    assert isinstance(param, Choice), name
    return st.sampled_from(list(param.options))


def asked(dataset):
    try:
        return dataset.spec()
    except DataError as refused:
        return refused


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.info.kind)
@given(data=st.data(), seed=st.integers(0, 2**31 - 1))
def test_samples_are_what_the_spec_says(kind, data, seed):
    dataset = kind(**{name: data.draw(value(name, param), name) for name, param in kind.params.items()})
    spec = asked(dataset)
    if isinstance(spec, DataError):
        assert spec.problem.param in kind.params
        with pytest.raises(DataError):
            dataset.load(seed)
        return
    samples = dataset.load(seed)
    assert samples.x.shape == (spec.samples, *spec.shape)
    assert samples.x.dtype == np.float32
    assert np.isfinite(samples.x).all()
    if spec.classification:
        assert samples.y.shape == (spec.samples,)
        assert samples.y.dtype == np.intp
        assert 0 <= samples.y.min() <= samples.y.max() < len(spec.classes)
    else:
        assert samples.y.shape == (spec.samples, spec.targets)
        assert samples.y.dtype == np.float32
        assert np.isfinite(samples.y).all()
    if spec.tokens:
        assert 0 <= samples.x.min() <= samples.x.max() < spec.tokens
