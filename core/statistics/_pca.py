"""Principal components."""
from __future__ import annotations

import numpy as np

# Up to this size the matrix of covariances is taken apart whole.
DIRECT = 400
# More numbers than these stay in single precision.
WIDE = 1_000_000
SPARE, ROUNDS, CLOSE = 6, 60, 1e-7


def principal(x: np.ndarray, count: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Scores (n, count) of rows x (n, d) on their first principal components, and the share of the variance that each
    explains. Signs are such that the largest score of each component is positive. A component that is not there is 0.

    Of few numbers or few rows by the eigenvectors of the smaller one of X'X and XX'; else by subspace iteration.
    Source: Jolliffe 2002, Principal component analysis; Halko, Martinsson & Tropp 2011, algorithm 4.4.
    """
    x = x.astype(np.float64) if x.size <= WIDE else x
    x = x - x.mean(axis=0, dtype=np.float64).astype(x.dtype)
    whole = float(np.einsum("ij,ij->", x, x, dtype=np.float64))
    scores, shares = np.zeros((len(x), count)), np.zeros(count)
    if not np.isfinite(whole) or whole <= 0.0:
        return scores, shares
    axes = _axes(x, count)
    found = x.astype(np.float64, copy=False) @ axes
    scores[:, : found.shape[1]] = found
    shares[:] = (scores**2).sum(axis=0) / whole
    largest = np.abs(scores).argmax(axis=0)
    return scores * np.where(scores[largest, np.arange(count)] < 0, -1.0, 1.0), shares


def aligned(scores: np.ndarray, before: np.ndarray | None) -> np.ndarray:
    """The scores with the signs that bring them nearest to those of the same rows before."""
    if before is None or before.shape != scores.shape:
        return scores
    return scores * np.where((scores * before).sum(axis=0) < 0, -1.0, 1.0)


def _axes(x: np.ndarray, count: int) -> np.ndarray:
    """Orthonormal directions (d, at most count), the one with the largest variance first."""
    n, d = x.shape
    if d <= DIRECT:
        wide = x.astype(np.float64, copy=False)
        return np.asarray(np.linalg.eigh(wide.T @ wide)[1][:, ::-1][:, :count])
    if n <= DIRECT:
        wide = x.astype(np.float64, copy=False)
        values, vectors = np.linalg.eigh(wide @ wide.T)
        keep = np.maximum(values[::-1][:count], 0.0) > 1e-12 * max(float(values[-1]), 1e-300)
        return np.asarray(np.linalg.qr(wide.T @ vectors[:, ::-1][:, :count][:, keep])[0])
    return _iterated(x, count)


def _iterated(x: np.ndarray, count: int) -> np.ndarray:
    start = np.random.default_rng(0).standard_normal((x.shape[1], count + SPARE)).astype(x.dtype)
    basis, before = np.linalg.qr(start)[0], np.zeros(count)
    for _ in range(ROUNDS):
        basis, small = np.linalg.qr(x.T @ (x @ basis))
        values = np.sort(np.abs(np.linalg.svd(small, compute_uv=False)))[::-1][:count].astype(np.float64)
        if np.abs(values - before).max() <= CLOSE * values.max():
            break
        before = values
    inside = (x @ basis).astype(np.float64)
    turn = np.linalg.eigh(inside.T @ inside)[1][:, ::-1][:, :count]
    return np.asarray(basis.astype(np.float64) @ turn)
