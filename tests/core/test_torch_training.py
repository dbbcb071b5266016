"""Training goes as PyTorch's: from the same weights, over the same batches, the losses step by step are the same.

In double precision for a hundred steps; in single precision for ten, since rounding soon moves some ReLU over its kink,
and from there two runs part, be they ours and PyTorch's or PyTorch's own in both precisions. With MNIST too, where
LAYERLOOM_DATA says that it is.
"""
from __future__ import annotations

from unittest.mock import patch

import numpy as np
import pytest

from core.errors import DataError
from core.train.session import Session
from tests.core._torch_twins import TWINS, blobs, document, our_losses, their_losses

BATCH, STEPS = 64, 100
PRECISIONS = [pytest.param(np.float64, STEPS, 1e-9, id="float64"), pytest.param(np.float32, 10, 1e-4, id="float32")]
RATES = {"sgd": ("SGD", 0.005), "adam": ("Adam", 1e-3)}
MNIST = {"kind": "mnist", "params": {"scale": "normal", "samples": STEPS * BATCH}}
TABLE = {"kind": "make_classification", "params": {"features": 784, "classes": 10}}
each_twin = pytest.mark.parametrize("name", TWINS)
each_optimizer = pytest.mark.parametrize("optimizer", RATES)
each_precision = pytest.mark.parametrize(("dtype", "steps", "close"), PRECISIONS)


def session_of(name, optimizer, source, dtype):
    doc = document(TWINS[name], source, optimizer=optimizer, learning_rate=RATES[optimizer][1], batch_size=BATCH)
    return Session(doc, dtype=dtype)


def both(name, optimizer, session, steps):
    """Our losses and theirs."""
    from torch import optim

    theirs, rate = RATES[optimizer]
    expected = their_losses(TWINS[name], session.network.copies(), session.parts.train, BATCH, steps,
                            lambda weights: getattr(optim, theirs)(weights, lr=rate))
    return our_losses(session, steps), expected


@each_precision
@each_optimizer
@each_twin
def test_step_by_step_the_loss_is_that_of_pytorch(name, optimizer, dtype, steps, close):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    with patch("core.train.session.load_parts", lambda _: blobs(STEPS * BATCH)):
        session = session_of(name, optimizer, TABLE, dtype)
    ours, theirs = both(name, optimizer, session, steps)
    assert steps < STEPS or theirs[-10:].mean() < theirs[:10].mean()
    assert ours == pytest.approx(theirs, rel=close)


@each_precision
@each_optimizer
@each_twin
def test_on_mnist_the_loss_is_that_of_pytorch(name, optimizer, dtype, steps, close):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    try:
        session = session_of(name, optimizer, MNIST, dtype)
    except DataError as error:
        pytest.skip(str(error))
    ours, theirs = both(name, optimizer, session, steps)
    assert steps < STEPS or theirs[-10:].mean() < theirs[:10].mean()
    assert ours == pytest.approx(theirs, rel=close)
