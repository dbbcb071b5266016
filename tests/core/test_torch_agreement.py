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

PRECISIONS = [pytest.param(np.float32, 1e-5, id="float32"), pytest.param(np.float64, 1e-9, id="float64")]


def close(ours, theirs, tolerance):
    """Relative to the largest number of the array: single digits of tiny ones are rounding."""
    return np.asarray(ours, float) == pytest.approx(theirs, rel=tolerance, abs=tolerance * max(1.0, abs(theirs).max()))


def check_layer(name, table, dtype, tolerance):
    kind, params = "dense", {"units": 3, "bias": "bias" in table}
    if name in record_torch.ACTIVATIONS:
        kind, params = name, record_torch.ACTIVATIONS[name][1]
    bench = Bench(LAYERS[kind], Example(params, (table["x"].shape[1:],)), n=len(table["x"]), dtype=dtype)
    bench.xs = [table["x"].astype(dtype)]
    if kind == "dense":
        bench.weights = {"W": np.ascontiguousarray(table["weight"].T, dtype)}
        bench.weights |= {"b": table["bias"].astype(dtype)} if "bias" in table else {}
    (dx,), grads = bench.backward(table["dy"].astype(dtype))
    assert close(bench.forward(), table["y"], tolerance)
    assert close(dx, table["dx"], tolerance)
    if kind == "dense":
        assert close(grads["W"], table["d_weight"].T, tolerance)
        assert "bias" not in table or close(grads["b"], table["d_bias"], tolerance)


def check_loss(name, table, dtype, tolerance):
    kind, origin = name.split(".")
    given = table["given"].astype(dtype)
    t = table["t"] if table["t"].dtype.kind == "i" else table["t"].astype(dtype)
    p, z = given, None
    if origin == "z":
        p, z = np.empty_like(given), given
        LOSSES[kind]().activate(z, p)
    d = np.empty_like(given)
    value, gradient = LOSSES[kind]().bind(LossFrame(p, z, t, d, lambda shape, wanted=dtype: np.empty(shape, wanted)))
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
    CHECKS[family](name, record_torch.cases(RECORDED, family)[name], dtype, tolerance)


def test_every_kind_that_pytorch_has_was_recorded():
    layers = {name.split("_w")[0].split("_of")[0] for name in record_torch.cases(RECORDED, "layer")}
    # PyTorch has no step; its dropout draws other numbers.
    assert layers == {k for k, kind in LAYERS.items() if not kind.role} - {"step", "dropout"}
    assert {name.split(".")[0] for name in record_torch.cases(RECORDED, "loss")} == set(LOSSES)
    assert {name.split("_")[0] for name in record_torch.cases(RECORDED, "optimizer")} == set(OPTIMIZERS)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_numbers_agree_with_the_pytorch_that_is_installed(seed):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    found = record_torch.record(seed)
    for family, one in CHECKS.items():
        for name, table in record_torch.cases(found, family).items():
            one(name, table, np.float64, 1e-9)
