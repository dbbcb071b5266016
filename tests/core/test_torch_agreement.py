"""The numbers agree with PyTorch's: with recorded ones always, with those of the day where it is installed."""
from __future__ import annotations

import numpy as np
import pytest

from core.layers import LAYERS, Example
from core.losses import LOSSES, LossFrame
from core.optimizers import OPTIMIZERS
from tests.core.layers._bench import Bench
from tests.data import record_torch
from tests.data.torch_cases import families

# Even of doubles, PyTorch takes the slope 1/6, and the product of Nadam's momenta, in single precision.
LOOSER = {"hard_sigmoid": 1e-7, "nadam": 1e-7, "nadam_large_epsilon": 1e-7}
PRECISIONS = [pytest.param(np.float32, 1e-5, id="float32"), pytest.param(np.float64, 1e-9, id="float64")]


def close(ours, theirs, tolerance):
    """Relative to the largest number of the array: single digits of tiny ones are rounding."""
    return np.asarray(ours, float) == pytest.approx(theirs, rel=tolerance, abs=tolerance * max(1.0, abs(theirs).max()))


def part(table, prefix):
    """The arrays whose names begin so, by the rest of the name."""
    return {key.removeprefix(prefix): array for key, array in table.items() if key.startswith(prefix)}


def cast(arrays, dtype):
    return {name: np.ascontiguousarray(array, dtype) for name, array in arrays.items()}


def check_layer(family, name, table, dtype, tolerance):
    case = families()[family].LAYERS[name]
    bench = Bench(LAYERS[case.kind], Example(case.params, case.shapes, integers=case.integers), n=case.n,
                  train=case.mode == "training", dtype=dtype)
    bench.weights = cast(case.weights(part(table, "w.")), dtype) if part(table, "w.") else {}
    if case.state:
        bench.state = cast(case.state(part(table, "s.")), dtype)
    bench.xs = [table[f"x{i}"] if case.integers else table[f"x{i}"].astype(dtype) for i in range(len(case.shapes))]
    frame, run, back = bench.bound(bench.xs, bench.weights, table["dy"].astype(dtype))
    bench.go(run)
    assert close(frame.y, table["y"], tolerance)
    if case.state:
        after = case.state(part(table, "e."))
        assert all(close(frame.state[k], after[k], tolerance) for k in after)
    bench.go(back)
    if not case.integers:
        for i, dx in enumerate(frame.dxs):
            assert close(dx, table[f"dx{i}"], tolerance)
    expected = (case.gradients or case.weights)(part(table, "d.")) if part(table, "d.") else {}
    assert frame.grads.keys() == expected.keys()
    for weight, gradient in expected.items():
        assert close(frame.grads[weight], gradient, tolerance)


def loss_of(name):
    """The loss that a case is about: "huber_narrow.p" is about "huber"."""
    return max((kind for kind in LOSSES if f"{name}_".startswith(kind)), key=len)


def check_loss(family, name, table, dtype, tolerance):
    made, origin = LOSSES[loss_of(name)](**families()[family].PARAMS.get(name, {})), name.split(".")[1]
    given = table["given"].astype(dtype)
    t = table["t"] if table["t"].dtype.kind == "i" else table["t"].astype(dtype)
    p, z = given, None
    if origin == "z":
        p, z = np.empty_like(given), given
        made.activate(z, p)
    d = np.empty_like(given)
    value, gradient, _ = made.bind(LossFrame(p, z, t, d, lambda shape, wanted=dtype: np.empty(shape, wanted)))
    assert value() == pytest.approx(float(table["value"]), rel=tolerance)
    gradient()
    assert close(d, table["d"], tolerance)


def check_optimizer(family, name, table, dtype, tolerance):
    w, g = table["w"].astype(dtype), np.empty(len(table["w"]), dtype)
    optimizer = OPTIMIZERS[name.removesuffix("_large_epsilon")](**families()[family].PARAMS[name][1])
    slots = {slot: np.zeros_like(w) for slot in optimizer.slots}
    update = optimizer.bind(w, g, slots, np.asarray(families()[family].RATE, dtype), np.empty_like(w))
    for t, (gradient, theirs) in enumerate(zip(table["gradients"], table["trail"], strict=True), 1):
        g[...] = gradient
        update(t)
        assert close(w, theirs, tolerance)


def check(family, name, table, dtype, tolerance):
    one = {"losses": check_loss, "optimizers": check_optimizer}.get(family, check_layer)
    one(family, name, table, dtype, max(tolerance, LOOSER.get(name, 0.0)))


RECORDED = {family: record_torch.read(family) for family in families()}
CASES = [(family, name) for family, tables in RECORDED.items() for name in tables]


@pytest.mark.parametrize(("dtype", "tolerance"), PRECISIONS)
@pytest.mark.parametrize(("family", "name"), CASES)
def test_the_numbers_agree_with_those_recorded_from_pytorch(family, name, dtype, tolerance):
    check(family, name, RECORDED[family][name], dtype, tolerance)


@pytest.mark.parametrize("family", [name for name, module in families().items() if hasattr(module, "LAYERS")])
def test_what_is_compared_was_recorded(family):
    assert RECORDED[family].keys() == families()[family].LAYERS.keys()


def test_every_loss_and_optimizer_that_pytorch_has_was_recorded():
    # It has neither this hinge loss, nor Lion.
    assert {loss_of(name) for name in RECORDED["losses"]} >= set(LOSSES) - {"hinge"}
    assert {name.split("_")[0] for name in RECORDED["optimizers"]} >= set(OPTIMIZERS) - {"lion"}


def test_every_layer_that_is_called_as_one_of_pytorch_was_recorded():
    nn = pytest.importorskip("torch.nn", reason="PyTorch is not installed")
    theirs = {name.lower() for name in dir(nn)}
    compared = {case.kind for module in families().values() for case in getattr(module, "LAYERS", {}).values()}
    # Chance has no reference values.
    random = {"dropout"}
    assert {kind for kind in LAYERS if kind.replace("_", "") in theirs} - random <= compared


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("family", families())
def test_the_numbers_agree_with_the_pytorch_that_is_installed(family, seed):
    pytest.importorskip("torch", reason="PyTorch is not installed")
    for name, table in record_torch.record(family, seed).items():
        check(family, name, table, np.float64, 1e-9)
