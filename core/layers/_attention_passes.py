"""Attention between projections: passes over weights W_in or W_query and W_memory, W_out, and their biases."""
from __future__ import annotations

from core.layers._attention import Attention, Heads
from core.layers._base import Array, Frame, Pass
from core.layers._padding_mask import Padding
from core.layers._parts import Affine, Parts, rows, split


def self_attention(frame: Frame, heads: Heads, padding: Padding | None) -> tuple[Pass, Pass]:
    """Forward and backward of queries, keys and values that are all made from x: weights W_in, b_in, W_out, b_out.

    `padding` has to have been found before.
    """
    n, time, _ = frame.x.shape
    width = heads.count * heads.key_dim
    parts = Parts(frame, n, max(heads.count * time * time, 3 * width * time))
    inward, outward = Affine(frame, "W_in", "b_in"), Affine(frame, "W_out", "b_out")
    packed = parts.kept(time, 3 * width)
    core = Attention(frame, heads, parts, padding, *_blocks(packed, heads, 3))
    xs, ys = (_flat(parts.of(a)) for a in (frame.x, frame.y))
    contexts, flat = _flat(core.context), _flat(packed)
    groups = range(len(xs))

    def forward() -> None:
        for i in groups:
            inward.forward(xs[i], flat[i])
            core.forward(i)
            outward.forward(contexts[i], ys[i])

    if not frame.gradient:
        return forward, forward
    dpacked = parts.passing(time, 3 * width)
    thirds = list(zip(*_blocks(dpacked, heads, 3), strict=True))
    dys, dcontexts, dflat = _flat(parts.of(frame.dy)), _flat(core.dcontext), _flat(dpacked)
    dxs = parts.wanted(frame.dx)

    def backward() -> None:
        for i in groups:
            outward.backward(contexts[i], dys[i], dcontexts[i], first=i == 0)
            core.backward(i, *thirds[i])
            inward.backward(xs[i], dflat[i], dxs[i], first=i == 0)

    return forward, backward


def cross_attention(frame: Frame, heads: Heads, padding: Padding | None) -> tuple[Pass, Pass]:
    """Forward and backward of queries from the first input, and keys and values from the second one.

    `padding` is that of the second input, and is found here.
    """
    (x, memory), (dx, dmemory) = frame.xs, frame.dxs
    n, time, _ = x.shape
    steps, width = memory.shape[1], heads.count * heads.key_dim
    parts = Parts(frame, n, max(heads.count * time * steps, width * time, 2 * width * steps))
    asking, knowing = Affine(frame, "W_query", "b_query"), Affine(frame, "W_memory", "b_memory")
    outward = Affine(frame, "W_out", "b_out")
    asked, known = parts.kept(time, width), parts.kept(steps, 2 * width)
    core = Attention(frame, heads, parts, padding, *_blocks(asked, heads, 1), *_blocks(known, heads, 2))
    xs, memories, ys = (_flat(parts.of(a)) for a in (x, memory, frame.y))
    qs, kvs, contexts = (_flat(a) for a in (asked, known, core.context))
    groups = range(len(xs))

    def forward() -> None:
        if padding is not None:
            padding.find()
        for i in groups:
            asking.forward(xs[i], qs[i])
            knowing.forward(memories[i], kvs[i])
            core.forward(i)
            outward.forward(contexts[i], ys[i])

    if not frame.gradient:
        return forward, forward
    dasked, dknown = parts.passing(time, width), parts.passing(steps, 2 * width)
    slopes = list(zip(*_blocks(dasked, heads, 1), *_blocks(dknown, heads, 2), strict=True))
    dys, dcontexts = _flat(parts.of(frame.dy)), _flat(core.dcontext)
    dqs, dkvs, dxs, dmemories = _flat(dasked), _flat(dknown), parts.wanted(dx), parts.wanted(dmemory)

    def backward() -> None:
        for i in groups:
            outward.backward(contexts[i], dys[i], dcontexts[i], first=i == 0)
            core.backward(i, *slopes[i])
            asking.backward(xs[i], dqs[i], dxs[i], first=i == 0)
            knowing.backward(memories[i], dkvs[i], dmemories[i], first=i == 0)

    return forward, backward


def _blocks(packed: list[Array], heads: Heads, count: int) -> list[list[Array]]:
    """Each of `count` blocks of columns of packed (m, time, count * width) by heads."""
    width = heads.count * heads.key_dim
    return [[split(a[..., k * width : (k + 1) * width], heads.count) for a in packed] for k in range(count)]


def _flat(arrays: list[Array]) -> list[Array]:
    return [rows(a) for a in arrays]
