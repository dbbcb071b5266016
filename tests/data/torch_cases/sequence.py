"""Layers for sequences: Embedding, the recurrent ones (whose weights PyTorch stores transposed), places in time."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Array, LayerCase, Table, renamed

TIME, FEATURES, UNITS = 6, 3, 4
# Real steps of each sample where there is padding: at its end, none, and all but one step.
LENGTHS = (6, 4, 1, 5, 2)
# Which of PyTorch's gates each of ours is.
GATES = {"simple_rnn": (0,), "lstm": (0, 1, 2, 3), "gru": (1, 0, 2)}
CLASSES = {"simple_rnn": "RNN", "lstm": "LSTM", "gru": "GRU"}


def weights(kind: str) -> Callable[[Mapping[str, Array]], Table]:
    """W, U and the bias from weight_ih_l0, weight_hh_l0 and the two biases; gates in our order."""
    def ordered(a: Array) -> Array:
        blocks = np.split(a, len(GATES[kind]), axis=0)
        return np.concatenate([blocks[gate] for gate in GATES[kind]]).T

    def both(theirs: Mapping[str, Array], bias: Callable[[Array, Array], Array]) -> Table:
        found = {}
        for ours, reverse in (("", ""), ("_back", "_reverse")):
            if f"weight_ih_l0{reverse}" in theirs:
                W, U, b, c = (ordered(theirs[f"{name}_l0{reverse}"])
                              for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
                found |= {f"W{ours}": W, f"U{ours}": U, f"b{ours}": bias(b, c)}
        return found

    return lambda theirs: both(theirs, (lambda b, c: np.stack([b, c])) if kind == "gru" else np.add)


def gradients(kind: str) -> Callable[[Mapping[str, Array]], Table]:
    """Likewise. Where two biases are added to one, the gradient of each of them is that of the sum."""
    def halved(theirs: Mapping[str, Array]) -> Table:
        found = weights(kind)(theirs)
        return found if kind == "gru" else {k: v / 2 if k.startswith("b") else v for k, v in found.items()}

    return halved


def padded(rng: np.random.Generator, xs: list[Array]) -> list[Array]:
    """Zeros behind the first LENGTHS steps."""
    for x, length in zip(xs[0], LENGTHS, strict=True):
        x[length:] = 0.0
    return xs


def run(every: bool, masked: bool) -> Callable[[Any, Any], Any]:
    """The outputs of all steps, or the last states of all directions side by side."""
    def walk(module: Any, x: Any) -> Any:
        from torch.nn.utils import rnn

        given = rnn.pack_padded_sequence(x, list(LENGTHS), batch_first=True, enforce_sorted=False) if masked else x
        y, last = module(given)
        last = last[0] if isinstance(last, tuple) else last
        if not every:
            return last.transpose(0, 1).reshape(len(x), -1)
        return rnn.pad_packed_sequence(y, batch_first=True, total_length=TIME)[0] if masked else y

    return walk


def recurrent(kind: str, *, every: bool = False, both: bool = False, masked: bool = False,
              **activation: str) -> LayerCase:
    """3 features to 4 units in 6 steps."""
    def module() -> Any:
        import torch

        arguments = {"nonlinearity": activation["activation"]} if activation else {}
        return getattr(torch.nn, CLASSES[kind])(FEATURES, UNITS, batch_first=True, bidirectional=both, **arguments)

    params = {"units": UNITS, "return_sequences": every, "bidirectional": both, "masked": masked, **activation}
    return LayerCase(kind, module, params, ((TIME, FEATURES),), len(LENGTHS), run(every, masked), weights(kind),
                     gradients(kind), inputs=padded if masked else lambda rng, xs: xs)


def variants(kind: str) -> dict[str, LayerCase]:
    """The last output and all of them, in one direction and both, without padding and with it."""
    return {
        kind: recurrent(kind), f"{kind} sequences": recurrent(kind, every=True),
        f"{kind} both ways": recurrent(kind, both=True),
        f"{kind} both ways, sequences": recurrent(kind, every=True, both=True),
        f"{kind} masked": recurrent(kind, masked=True),
        f"{kind} masked, sequences": recurrent(kind, every=True, masked=True),
        f"{kind} masked, both ways": recurrent(kind, both=True, masked=True),
        f"{kind} masked, both ways, sequences": recurrent(kind, every=True, both=True, masked=True),
    }


def embedding(padding: int | None = None) -> LayerCase:
    """7 words as vectors of 3 numbers."""
    def module() -> Any:
        import torch

        return torch.nn.Embedding(7, FEATURES, padding_idx=padding)

    params = {"input_dim": 7, "output_dim": FEATURES} | ({} if padding is None else {"padding_index": padding})
    return LayerCase("embedding", module, params, ((TIME,),), weights=renamed(weight="W"), integers=7)


def place(name: str) -> Callable[[], Any]:
    """A module that adds a table of places: "sine" as Vaswani et al. have it, or "learned"."""
    def module() -> Any:
        import torch

        class Places(torch.nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.table = torch.nn.Parameter(torch.zeros(TIME, FEATURES)) if name == "learned" else _sines()

            def forward(self, x: Any) -> Any:
                return x + self.table

        return Places()

    return module


def _sines() -> Any:
    import torch

    t, table = torch.arange(TIME, dtype=torch.float64), torch.zeros(TIME, FEATURES, dtype=torch.float64)
    table[:, 0::2] = torch.sin(t[:, None] * torch.tensor([1.0, 10_000.0 ** (-2 / FEATURES)]).double())
    table[:, 1::2] = torch.cos(t[:, None])
    return table


def mean(masked: bool) -> LayerCase:
    """The mean over time, of the steps that are not padding where there is some."""
    def module() -> Any:
        import torch

        return torch.nn.Identity()

    def average(_: Any, x: Any) -> Any:
        real = (x != 0).any(-1, keepdim=True)
        return (x * real).sum(1) / real.sum(1) if masked else x.mean(1)

    return LayerCase("global_average_pool1d", module, {"masked": masked}, ((TIME, FEATURES),), run=average,
                     inputs=padded if masked else lambda rng, xs: xs)


LAYERS = {
    "embedding": embedding(), "embedding with padding": embedding(2),
    **variants("simple_rnn"), "simple_rnn relu": recurrent("simple_rnn", every=True, activation="relu"),
    **variants("lstm"), **variants("gru"),
    "positional_encoding": LayerCase("positional_encoding", place("sine"), {}, ((TIME, FEATURES),)),
    "position_embedding": LayerCase("position_embedding", place("learned"), {}, ((TIME, FEATURES),),
                                    weights=renamed(table="W")),
    "global_average_pool1d": mean(False), "global_average_pool1d masked": mean(True),
}
