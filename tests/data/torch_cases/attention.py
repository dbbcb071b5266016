"""Attention. PyTorch keeps matrices transposed, and masks are arguments there; here padding is seen in the input."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tests.data.torch_cases._base import Array, LayerCase, Table


def own_weights(theirs: Mapping[str, Array]) -> Table:
    """Self-attention."""
    found = {"W_in": theirs["in_proj_weight"].T, "W_out": theirs["out_proj.weight"].T}
    if "in_proj_bias" in theirs:
        found |= {"b_in": theirs["in_proj_bias"], "b_out": theirs["out_proj.bias"]}
    return found


def cross_weights(theirs: Mapping[str, Array]) -> Table:
    """Cross-attention, where PyTorch has one matrix each if the sequences differ in their features."""
    if "in_proj_weight" in theirs:
        query, key, value = np.split(theirs["in_proj_weight"], 3)
    else:
        query, key, value = (theirs[f"{name}_proj_weight"] for name in "qkv")
    found = {"W_query": query.T, "W_memory": np.concatenate([key, value]).T, "W_out": theirs["out_proj.weight"].T}
    if "in_proj_bias" in theirs:
        bias = theirs["in_proj_bias"]
        found |= {"b_query": bias[: len(query)], "b_memory": bias[len(query) :], "b_out": theirs["out_proj.bias"]}
    return found


def block_weights(theirs: Mapping[str, Array]) -> Table:
    """A whole block."""
    inner = {name.removeprefix("self_attn."): array for name, array in theirs.items() if name.startswith("self_attn.")}
    found = own_weights(inner)
    for i in "12":
        found |= {f"W_{i}": theirs[f"linear{i}.weight"].T, f"b_{i}": theirs[f"linear{i}.bias"],
                  f"gamma_{i}": theirs[f"norm{i}.weight"], f"beta_{i}": theirs[f"norm{i}.bias"]}
    return found


def gone(x: Any) -> Any:
    """True at padding."""
    return (x == 0.0).all(-1)


def later(x: Any) -> Any:
    """True where the key comes after the query."""
    import torch

    time = x.shape[1]
    return torch.ones(time, time, dtype=torch.bool).triu(1)


def shortened(*lengths: tuple[int, ...]) -> Callable[[np.random.Generator, list[Array]], list[Array]]:
    """Sequences of these lengths, for each input and sample; the rest is padding, and so is one step in the middle."""
    def cut(rng: np.random.Generator, xs: list[Array]) -> list[Array]:
        for x, own in zip(xs, lengths, strict=True):
            for sequence, length in zip(x, own, strict=True):
                sequence[length:] = 0.0
                sequence[1 : 1 + (length > 2)] = 0.0
        return xs

    return cut


def own(features: int, heads: int, params: Mapping[str, Any] | None = None, **case: Any) -> LayerCase:
    """Self-attention over 5 steps."""
    params = {"num_heads": heads, **(params or {})}

    def module() -> Any:
        import torch

        return torch.nn.MultiheadAttention(features, heads, bias=params.get("bias", True), batch_first=True)

    def run(theirs: Any, x: Any) -> Any:
        masks = {"attn_mask": later(x) if params.get("causal") else None,
                 "key_padding_mask": gone(x) if params.get("masked") else None}
        return theirs(x, x, x, need_weights=False, **masks)[0].masked_fill(gone(x)[..., None], 0.0)

    return LayerCase("multi_head_attention", module, params, ((5, features),), run=run, weights=own_weights, **case)


def cross(features: int, known: int, heads: int, params: Mapping[str, Any] | None = None, **case: Any) -> LayerCase:
    """Attention of 3 steps to 6."""
    params = {"num_heads": heads, **(params or {})}

    def module() -> Any:
        import torch

        return torch.nn.MultiheadAttention(features, heads, bias=params.get("bias", True), kdim=known, vdim=known,
                                           batch_first=True)

    def run(theirs: Any, x: Any, memory: Any) -> Any:
        mask = gone(memory) if params.get("masked") else None
        y = theirs(x, memory, memory, need_weights=False, key_padding_mask=mask)[0]
        return y.masked_fill(gone(x)[..., None], 0.0)

    return LayerCase("cross_attention", module, params, ((3, features), (6, known)), run=run, weights=cross_weights,
                     **case)


def block(params: Mapping[str, Any] | None = None, **case: Any) -> LayerCase:
    """A block with 6 features, 2 heads and 5 hidden units, over 5 steps."""
    params = {"num_heads": 2, "units": 5, "dropout": 0.0, **(params or {})}

    def module() -> Any:
        import torch

        same = {name: params[name] for name in ("dropout", "activation", "norm_first") if name in params}
        return torch.nn.TransformerEncoderLayer(6, 2, 5, layer_norm_eps=params.get("epsilon", 1e-5), batch_first=True,
                                                **same)

    def run(theirs: Any, x: Any) -> Any:
        y = theirs(x, src_mask=later(x) if params.get("causal") else None,
                   src_key_padding_mask=gone(x) if params.get("masked") else None)
        return y.masked_fill(gone(x)[..., None], 0.0)

    return LayerCase("transformer_encoder", module, params, ((5, 6),), run=run, weights=block_weights, **case)


LENGTHS = shortened((5, 1, 3, 0, 2))
LENGTHS_OF_BOTH = shortened((3, 1, 2, 0, 3), (6, 4, 1, 2, 0))
LAYERS = {
    "self-attention": own(6, 2),
    "self-attention of one head without bias": own(3, 1, {"bias": False}),
    "self-attention to the past": own(6, 3, {"causal": True}),
    "self-attention without padding": own(4, 2, {"masked": True}, inputs=LENGTHS),
    "self-attention to the past without padding": own(4, 2, {"masked": True, "causal": True}, inputs=LENGTHS),
    "self-attention of large scores": own(4, 2, spread=2.0),
    "self-attention of large scores without padding": own(4, 2, {"masked": True}, spread=2.0, inputs=LENGTHS),
    "cross-attention": cross(4, 3, 2),
    "cross-attention without bias": cross(4, 4, 1, {"bias": False}),
    "cross-attention without padding": cross(4, 3, 2, {"masked": True}, inputs=LENGTHS_OF_BOTH),
    "encoder block": block(),
    "encoder block with GELU": block({"activation": "gelu", "epsilon": 0.01}),
    "encoder block, norms first": block({"norm_first": True, "epsilon": 0.1}),
    "encoder block to the past": block({"causal": True, "norm_first": True, "activation": "gelu", "epsilon": 0.1}),
    "encoder block without padding": block({"masked": True}, inputs=LENGTHS),
    "encoder block without padding, norms first": block({"masked": True, "norm_first": True, "epsilon": 0.1},
                                                        inputs=LENGTHS),
    "encoder block in evaluation": block({"dropout": 0.5, "epsilon": 0.1}, mode="evaluation"),
}
