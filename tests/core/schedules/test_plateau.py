"""Reduce on plateau falls when PyTorch's ReduceLROnPlateau falls."""
import numpy as np
import pytest

from core.schedules import SCHEDULES

FALLING = [1.0, 0.5, 0.49999, 0.49998, 0.49, 0.6, 0.6, 0.6, 0.6, 0.6, 0.48, 0.48, 0.48, 0.48, 0.48, 0.48]
RISING = [0.5, 0.6, 0.61, 0.6, 0.6, 0.7, 0.7, 0.7, 0.7, 0.7, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9]
# Learning rates after every epoch by PyTorch 2.13, starting at 1, with eps 0; `minimum` is its min_lr.
PYTORCH = [
    (FALLING, True, {"factor": 0.5, "patience": 1},
     [1, 1, 1, .5, .5, .5, .25, .25, .125, .125, .125, .125, .0625, .0625, .03125, .03125]),
    (FALLING, True, {"factor": 0.5, "patience": 1, "cooldown": 2, "minimum": 0.3},
     [1, 1, 1, .5, .5, .5, .5, .3, .3, .3, .3, .3, .3, .3, .3, .3]),
    (FALLING, True, {"patience": 0, "threshold": 0.1},
     [1, 1, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-11, 1e-12, 1e-13, 1e-14]),
    (RISING, False, {"factor": 0.5, "patience": 2, "threshold": 0.05, "cooldown": 1},
     [1, 1, 1, 1, .5, .5, .5, .5, .25, .25, .25, .25, .25, .125, .125, .125]),
]


def shares(values, *, falling, **params):
    react = SCHEDULES["reduce_on_plateau"](**params).reaction(falling=falling)
    return [react(value) for value in values]


@pytest.mark.parametrize(("values", "falling", "params", "wanted"), PYTORCH)
def test_it_falls_in_the_epochs_in_which_pytorch_falls(values, falling, params, wanted):
    assert shares(values, falling=falling, **params) == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_it_agrees_with_pytorch_where_that_is_installed(seed):
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(seed)
    falling = bool(rng.integers(2))
    values = np.round(np.abs(np.cumsum(rng.normal(size=200))) + 0.1, 1).tolist()
    params = {"factor": float(rng.uniform(0.1, 0.9)), "patience": int(rng.integers(6)),
              "threshold": float(rng.choice([0.0, 1e-4, 0.2])), "cooldown": int(rng.integers(5))}
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=1.0)
    theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, "min" if falling else "max", eps=0.0, min_lr=0.01,
                                                        **params)
    wanted = []
    for value in values:
        optimizer.step()
        theirs.step(value)
        wanted.append(optimizer.param_groups[0]["lr"])
    assert len(set(wanted)) > 2
    assert shares(values, falling=falling, minimum=0.01, **params) == pytest.approx(wanted, rel=1e-12)


def test_an_epoch_without_a_number_is_one_without_progress():
    assert shares([1.0, np.nan, np.nan], falling=True, patience=1, factor=0.5) == [1.0, 1.0, 0.5]
