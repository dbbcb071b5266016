"""t-SNE: points in the plane whose neighbours are those of many dimensions."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.statistics._pca import principal

ROUNDS, EARLY = 750, 250
EXAGGERATION = 12.0
# A block of rows that stays in the cache.
BLOCK = 64
SEARCH = 50
SHOWN = 10
TINY = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """`places` (n, 2) after `done` of `rounds`; `divergence` is the Kullback-Leibler divergence in nats."""

    places: np.ndarray
    done: int
    rounds: int
    divergence: float


def tsne(x: np.ndarray, perplexity: float = 30.0, rounds: int = ROUNDS) -> Iterator[Neighbours]:
    """Embed rows x (n, d), n up to some thousands; yields a state now and then, the last one at the end.

    Exact gradients in single precision, momentum 0.5 and later 0.8, gains, early exaggeration 12, the first two
    principal components as a start, and a learning rate of n / 12 but at least 50. The same rows give the same places.
    Source: van der Maaten & Hinton 2008, Visualizing data using t-SNE; Belkina et al. 2019 (learning rate).
    """
    n = len(x)
    if n < 3:
        yield Neighbours(np.zeros((n, 2)), rounds, rounds, 0.0)
        return
    p = affinities(x, min(perplexity, (n - 1) / 3)).astype(np.float32)
    entropy = float(np.sum(p * np.log(np.maximum(p, TINY)), dtype=np.float64))
    places = principal(x)[0]
    places = (places / max(float(places[:, 0].std()), TINY) * 1e-4).astype(np.float32)
    rate = max(n / EXAGGERATION / 4.0, 50.0)
    speed, gains = np.zeros_like(places), np.ones_like(places)
    early = min(EARLY, rounds // 3)
    for done in range(1, rounds + 1):
        slope, divergence = gradient(places, p, EXAGGERATION if done <= early else 1.0, entropy)
        gains = np.maximum(np.where(slope * speed < 0, gains + 0.2, gains * 0.8), 0.01)
        speed = (0.5 if done <= early else 0.8) * speed - rate * gains * slope
        places = places + speed
        places -= places.mean(axis=0)
        if done % SHOWN == 0 or done == rounds:
            yield Neighbours(places.astype(np.float64), done, rounds, divergence)


def affinities(x: np.ndarray, perplexity: float) -> np.ndarray:
    """Joint probabilities (n, n) that sum up to 1: Gaussians around every row, as wide as the perplexity wants."""
    x = x - x.mean(axis=0)
    norms = np.einsum("ij,ij->i", x, x, dtype=np.float64)
    far = np.maximum(norms[:, None] + norms - 2.0 * (x @ x.T), 0.0)
    np.fill_diagonal(far, np.inf)
    far -= far.min(axis=1, keepdims=True)
    wanted, n = np.log(perplexity), len(x)
    scale = np.maximum(np.where(np.isfinite(far), far, 0.0).sum(axis=1) / (n - 1), TINY)
    low, high = np.zeros(n), np.full(n, np.inf)
    sharp = 1.0 / scale
    np.fill_diagonal(far, 0.0)
    for _ in range(SEARCH):
        weights = np.exp(-far * sharp[:, None])
        np.fill_diagonal(weights, 0.0)
        total = weights.sum(axis=1)
        entropy = np.log(total) + sharp * (weights * far).sum(axis=1) / total
        wide = entropy > wanted
        low, high = np.where(wide, sharp, low), np.where(wide, high, sharp)
        sharp = np.where(np.isinf(high), sharp * 2.0, (low + np.where(np.isinf(high), 0.0, high)) / 2.0)
        if np.abs(entropy - wanted).max() < 1e-5:
            break
    found = weights / total[:, None]
    return np.asarray((found + found.T) / (2.0 * n))


def gradient(places: np.ndarray, p: np.ndarray, exaggeration: float = 1.0,
             entropy: float = 0.0) -> tuple[np.ndarray, float]:
    """The slope (n, 2) of the divergence of p from the kinship of places, and the divergence itself without
    exaggeration, where `entropy` is the sum of p log p."""
    n, kind = len(places), places.dtype
    norms = (places * places).sum(axis=1)
    left = np.column_stack([-2.0 * places, norms + 1.0, np.ones(n, kind)]).astype(kind)
    right = np.ascontiguousarray(np.column_stack([places, np.ones(n, kind), norms]).T.astype(kind))
    known = np.column_stack([places, np.ones(n, kind)])
    pull, push = np.empty((n, 3), kind), np.empty((n, 3), kind)
    total = crossed = 0.0
    for start in range(0, n, BLOCK):
        rows = slice(start, min(start + BLOCK, n))
        near = left[rows] @ right
        # Rounding may bring two places nearer than nothing.
        np.maximum(near, 1.0, out=near)
        crossed += float(np.vdot(p[rows], np.log(near)))
        np.divide(1.0, near, out=near)
        near[np.arange(len(near)), np.arange(rows.start, rows.stop)] = 0.0
        total += float(near.sum())
        pull[rows] = (p[rows] * near) @ known
        push[rows] = (near * near) @ known
    weigh = exaggeration * pull - push / kind.type(total)
    slope = 4.0 * (weigh[:, 2:] * places - weigh[:, :2])
    return slope.astype(kind, copy=False), entropy + crossed + float(np.log(total)) * float(p.sum(dtype=np.float64))
