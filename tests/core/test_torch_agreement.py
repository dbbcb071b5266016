"""The numbers agree with PyTorch's: with recorded ones always, with those of the day where it is installed."""
from __future__ import annotations

import numpy as np
import pytest

from core.layers import LAYERS, Example
from core.losses import LOSSES, LossFrame
from core.optimizers import OPTIMIZERS
from tests.core.layers._bench import Bench
from tests.data import record_torch

with np.load(record_torch.FILE, allow_pickle=False) as recorded:
    RECORDED = dict(recorded)

# By kind: the name there -> the name here, and what turns the one into the other.
WEIGHTS = {"dense": {"weight": ("W", np.transpose), "bias": ("b", np.asarray)},
           "prelu": {"weight": ("slope", np.asarray)}}
# Even of doubles, PyTorch takes the slope 1/6, and the product of Nadam's momenta, in single precision.
LOOSER = {"hard_sigmoid": 1e-7, "nadam": 1e-7, "nadam_large_epsilon": 1e-7}
PRECISIONS = [pytest.param(np.float32, 1e-5, id="float32"), pytest.param(np.float64, 1e-9, id="float64")]


def close(ours, theirs, tolerance):
    """Relative to the largest number of the array: single digits of tiny ones are rounding."""
    return np.asarray(ours, float) == pytest.approx(theirs, rel=tolerance, abs=tolerance * max(1.0, abs(theirs).max()))


def kind_of(name):
    """The kind that a case is about: "dense_of_rows" is about "dense"."""
    return max((kind for kind in LAYERS if f"{name}_".startswith(f"{kind}_")), key=len)


def weights_of(kind, table, dtype, prefix=""):
    """What the table holds about weights, named and turned as they are here."""
    return {ours: np.ascontiguousarray(turn(table[prefix + theirs]), dtype)
            for theirs, (ours, turn) in WEIGHTS.get(kind, {}).items() if prefix + theirs in table}


def check_layer(name, table, dtype, tolerance):
    kind = kind_of(name)
    params = {"units": 3, "bias": "bias" in table} if kind == "dense" else record_torch.ACTIVATIONS[name][1]
    bench = Bench(LAYERS[kind], Example(params, (table["x"].shape[1:],)), n=len(table["x"]), dtype=dtype)
    bench.xs, bench.weights = [table["x"].astype(dtype)], weights_of(kind, table, dtype)
    (dx,), grads = bench.backward(table["dy"].astype(dtype))
    assert close(bench.forward(), table["y"], tolerance)
    assert close(dx, table["dx"], tolerance)
    expected = weights_of(kind, table, np.float64, "d_")
    assert grads.keys() == expected.keys()
    for weight, gradient in expected.items():
        assert close(grads[weight], gradient, tolerance)


def loss_of(name):
    """The loss that a case is about: "huber_narrow.p" is about "huber"."""
    return name.split(".")[0].removesuffix("_narrow").removesuffix("_smoothed")


def check_loss(name, table, dtype, tolerance):
    made, origin = LOSSES[loss_of(name)](**record_torch.LOSSES.get(name, {})), name.split(".")[1]
    given = table["given"].astype(dtype)
    t = table["t"] if table["t"].dtype.kind == "i" else table["t"].astype(dtype)
    p, z = given, None
    if origin == "z":
        p, z = np.empty_like(given), given
        made.activate(z, p)
    d = np.empty_like(given)
    value, gradient = made.bind(LossFrame(p, z, t, d, lambda shape, wanted=dtype: np.empty(shape, wanted)))
    assert value() == pytest.approx(float(table["value"]), rel=tolerance)
    gradient()
    assert close(d, table["d"], tolerance)


def check_optimizer(name, table, dtype, tolerance):
    w, g = table["w"].astype(dtype), np.empty(len(table["w"]), dtype)
    optimizer = OPTIMIZERS[name.removesuffix("_large_epsilon")](**record_torch.OPTIMIZERS[name][1])
    slots = {slot: np.zeros_like(w) for slot in optimizer.slots}
    update = optimizer.bind(w, g, slots, np.asarray(record_torch.RATE, dtype), np.empty_like(w))
    for t, (gradient, theirs) in enumerate(zip(table["gradients"], table["trail"], strict=True), 1):
        g[...] = gradient
        update(t)
        assert close(w, theirs, tolerance)


CHECKS = {"layer": check_layer, "loss": check_loss, "optimizer": check_optimizer}
CASES = [(family, name) for family in CHECKS for name in record_torch.cases(RECORDED, family)]


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize(("family", "name"), CASES)
def test_the_numbers_agree_with_those_recorded_from_pytorch(family, name, dtype, tolerance):
    CHECKS[family](name, record_torch.cases(RECORDED, family)[name], dtype, max(tolerance, LOOSER.get(name, 0.0)))


def test_every_activation_loss_and_optimizer_that_pytorch_has_was_recorded():
    layers = {kind_of(name) for name in record_torch.cases(RECORDED, "layer")}
    activations = {kind for kind, layer in LAYERS.items() if layer.info.category == "Activation"}
    # PyTorch has neither step nor sine as a layer.
    assert layers >= activations - {"step", "sine"} | {"dense"}
    # Nor has it this hinge loss, nor Lion.
    assert {loss_of(name) for name in record_torch.cases(RECORDED, "loss")} == set(LOSSES) - {"hinge"}
    assert {name.split("_")[0] for name in record_torch.cases(RECORDED, "optimizer")} == set(OPTIMIZERS) - {"lion"}


@pytest.mark.parametrize("seed", [1, 2])
def test_the_numbers_agree_with_the_pytorch_that_is_installed(seed):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    found = record_torch.record(seed)
    for family, one in CHECKS.items():
        for name, table in record_torch.cases(found, family).items():
            one(name, table, np.float64, LOOSER.get(name, 1e-9))
