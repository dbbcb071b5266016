"""Multi-head cross-attention."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.kinds import Info
from core.layers._attending import Attending
from core.layers._attention_passes import cross_attention
from core.layers._base import Array, Example, Frame, Pass, Port, Shape
from core.layers._padding_mask import Padding, without_padding
from core.params import Bool


class CrossAttention(Attending):
    """Every step of one sequence gathers from the steps of another what it looks for: as multi-head attention, with
    queries x @ W_query + b_query, and keys and values memory @ W_memory + b_memory.

    Shapes: x (n, time, f) and memory (n, steps, g) -> y (n, time, f); W_query (f, h key_dim); W_memory
    (g, 2 h key_dim) with the columns of all keys first, then of the values, each by heads; b_query (h key_dim,);
    b_memory (2 h key_dim,); W_out (h key_dim, f); b_out (f,).
    What PyTorch's MultiheadAttention gives for query=x, key=value=memory, and Keras's for query=x, value=memory, but
    that with `masked` y is 0 at padding of x. Where all of the memory is padding nothing is gathered and y is b_out, as
    in PyTorch with need_weights=False; with need_weights=True it gives NaN, and Keras a mean of the padding.
    Source: Vaswani et al. 2017, Attention is all you need, arXiv:1706.03762, section 3.2.3.
    """

    info = Info("cross_attention", "Cross-attention", "Each step looks at another sequence", "Sequence",
                "cross_attention", keywords=("encoder-decoder attention", "mha", "transformer", "heads", "time"))
    inputs = (Port("x", "the sequence that asks: time, features"), Port("memory", "the sequence that is looked at"))
    bias = Bool(default=True, doc="Add learned constants to queries, keys, values and output.")
    examples = (
        Example({"num_heads": 2}, ((3, 4), (5, 3))),
        Example({"num_heads": 2, "key_dim": 3, "bias": False}, ((4, 5), (2, 5))),
        Example({"num_heads": 1, "masked": True, "dropout": 0.3}, ((2, 3), (6, 2))),
    )

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        (_, features), (_, known) = shapes
        width = self.width(features)
        weights = {"W_query": self.drawn(rng, features, width), "W_memory": self.drawn(rng, known, width, 2),
                   "W_out": self.drawn(rng, width, features)}
        biases = {"b_query": np.zeros(width), "b_memory": np.zeros(2 * width), "b_out": np.zeros(features)}
        return weights | (biases if self.bias else {})

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        heads = self.heads(frame.y.shape[2])
        if not self.masked:
            return cross_attention(frame, heads, None)
        asking, known = (Padding(frame, x) for x in frame.xs)
        return without_padding(frame, asking, lambda inner: cross_attention(inner, heads, known))

    def queries_and_keys(self, weights: Mapping[str, Array], *xs: Array) -> tuple[Array, Array]:
        x, memory = xs
        q, known = x @ weights["W_query"], memory @ weights["W_memory"]
        if self.bias:
            q, known = q + weights["b_query"], known + weights["b_memory"]
        return q, known[..., : q.shape[2]]

    def cost(self, *shapes: Shape) -> int:
        (time, features), (steps, known) = shapes
        return self.width(features) * 2 * (time * features + steps * known + time * steps)

    def decays(self) -> frozenset[str]:
        return frozenset({"W_query", "W_memory", "W_out"})
