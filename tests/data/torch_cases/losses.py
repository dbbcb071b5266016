"""Losses: given (a prediction p or scores z), the target t, the value, and the gradient d."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Table

PARAMS: dict[str, dict[str, Any]] = {
    # case: parameters here; all others have none
    "binary_crossentropy_weighted.z": {"class_weights": (0.5, 3.0)},
    "categorical_crossentropy_weighted.z": {"class_weights": (0.5, 3.0, 1.5)},
    "sparse_categorical_crossentropy_weighted.z": {"class_weights": (0.5, 3.0, 1.5)},
    "huber_narrow.p": {"delta": 0.4},
    "categorical_crossentropy_smoothed.z": {"label_smoothing": 0.2},
    "sparse_categorical_crossentropy_smoothed.z": {"label_smoothing": 0.2},
}


def record(rng: np.random.Generator) -> Iterator[tuple[str, Table]]:
    from torch.nn import functional

    z, labels = rng.normal(size=(5, 3)) * 3.0, rng.integers(3, size=5)
    hot, bits = np.eye(3)[labels], rng.integers(2, size=(5, 3)).astype(float)
    p = rng.uniform(0.05, 0.95, size=(5, 3))
    yield "mse.p", _compared(functional.mse_loss, z, hot)
    yield "mae.p", _compared(functional.l1_loss, z, hot)
    yield "huber.p", _compared(functional.huber_loss, z, hot)
    yield "huber_narrow.p", _compared(partial(functional.huber_loss, delta=0.4), z, hot)
    yield "cosine_similarity.p", _compared(_cosine, z, rng.normal(size=(5, 3)))
    shares = rng.dirichlet(np.ones(3), size=5)
    yield "kl_divergence.p", _compared(_divergence, p, shares)
    yield "kl_divergence.z", _compared(lambda given, t: _divergence(given.softmax(-1), t), z, shares)
    yield "binary_crossentropy.z", _compared(functional.binary_cross_entropy_with_logits, z, bits)
    yield "binary_crossentropy.p", _compared(functional.binary_cross_entropy, p, bits)
    yield "categorical_crossentropy.z", _compared(functional.cross_entropy, z, hot)
    yield "sparse_categorical_crossentropy.z", _compared(functional.cross_entropy, z, labels)
    smooth = partial(functional.cross_entropy, label_smoothing=0.2)
    yield "categorical_crossentropy_smoothed.z", _compared(smooth, z, hot)
    yield "sparse_categorical_crossentropy_smoothed.z", _compared(smooth, z, labels)

    yield "binary_crossentropy_weighted.z", _compared(_weighted_bits, z, bits)
    yield "categorical_crossentropy_weighted.z", _compared(_weighted_classes, z, hot)
    yield "sparse_categorical_crossentropy_weighted.z", _compared(_weighted_classes, z, labels)

    def of_probabilities(given: Any, target: Any) -> Any:
        return functional.nll_loss(given.log(), target)

    yield "sparse_categorical_crossentropy.p", _compared(of_probabilities, p, labels)


def _weighted_bits(given: Any, target: Any) -> Any:
    import torch

    no, yes = PARAMS["binary_crossentropy_weighted.z"]["class_weights"]
    weight = torch.where(target > 0.5, yes, no)
    return torch.nn.functional.binary_cross_entropy_with_logits(given, target, weight=weight)


def _weighted_classes(given: Any, target: Any) -> Any:
    import torch

    weight = torch.tensor(PARAMS["categorical_crossentropy_weighted.z"]["class_weights"], dtype=given.dtype)
    # Its mean would be taken over the sum of the weights.
    return torch.nn.functional.cross_entropy(given, target, weight=weight, reduction="sum") / len(given)


def _cosine(given: Any, target: Any) -> Any:
    import torch

    return torch.nn.functional.cosine_embedding_loss(given, target, torch.ones(len(given), dtype=given.dtype))


def _divergence(given: Any, target: Any) -> Any:
    import torch

    return torch.nn.functional.kl_div(given.log(), target, reduction="batchmean")


def _compared(function: Any, given: np.ndarray, target: np.ndarray) -> Table:
    import torch

    arriving = torch.tensor(given, requires_grad=True)
    value = function(arriving, torch.tensor(target))
    value.backward()
    return {"given": given, "t": target, "value": value.detach().numpy(), "d": arriving.grad.numpy()}
