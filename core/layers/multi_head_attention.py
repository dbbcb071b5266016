"""Multi-head self-attention."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._attending import SelfAttending
from core.layers._attention_passes import self_attention
from core.layers._base import Array, Example, Frame, Pass, Shape
from core.layers._padding_mask import Padding
from core.params import Bool


class MultiHeadAttention(SelfAttending):
    """Every time step gathers from all steps what it looks for: concat(head_1, ..., head_h) @ W_out + b_out with
    head = softmax(q @ k^T / sqrt(key_dim)) @ v and (q, k, v) = x @ W_in + b_in.

    Shapes: x (n, time, f) -> y (n, time, f); W_in (f, 3 h key_dim) with the columns of all queries first, then of the
    keys, then of the values, each by heads; b_in (3 h key_dim,); W_out (h key_dim, f); b_out (f,).
    PyTorch's MultiheadAttention has key_dim = f / h, stores both matrices transposed, and takes masks as arguments;
    Keras's has a query, a key and a value port and arrays by heads. Both start their weights as here (glorot_uniform),
    but PyTorch takes W_in for one matrix. With `masked`, y is 0 at padding, where both others leave what comes out.
    Source: Vaswani et al. 2017, Attention is all you need, arXiv:1706.03762, section 3.2.2.
    """

    info = Info("multi_head_attention", "Multi-head attn.", "Each step looks at all steps", "Sequence",
                "multi_head_attention", keywords=("self-attention", "mha", "transformer", "heads", "time"))
    badges = ("num_heads", "causal")
    bias = Bool(default=True, doc="Add learned constants to queries, keys, values and output.")
    examples = (
        Example({"num_heads": 2}, ((5, 4),)),
        Example({"num_heads": 3, "key_dim": 2, "causal": True, "bias": False}, ((4, 5),)),
        Example({"num_heads": 1, "masked": True, "dropout": 0.3}, ((6, 3),)),
        Example({"num_heads": 1}, ((1, 1),)),
    )

    def build(self, rng: np.random.Generator, *shapes: Shape) -> dict[str, Array]:
        features = shapes[0][1]
        width = self.width(features)
        weights = {"W_in": self.drawn(rng, features, width, 3), "W_out": self.drawn(rng, width, features)}
        return weights | ({"b_in": np.zeros(3 * width), "b_out": np.zeros(features)} if self.bias else {})

    def unpadded(self, frame: Frame, padding: Padding | None) -> tuple[Pass, Pass]:
        return self_attention(frame, self.heads(frame.x.shape[2]), padding)

    def cost(self, *shapes: Shape) -> int:
        time, features = shapes[0]
        return time * self.width(features) * (4 * features + 2 * time)

    def decays(self) -> frozenset[str]:
        return frozenset({"W_in", "W_out"})
