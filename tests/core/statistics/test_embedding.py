"""Principal components and t-SNE."""
from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

from core.preprocessing import Column, ColumnSpec
from core.statistics import aligned, principal, telling, tsne
from core.statistics._tsne import affinities, gradient


def rows(n: int, d: int, rank: int = 6) -> np.ndarray:
    rng = np.random.default_rng(3)
    return rng.normal(size=(n, rank)) @ rng.normal(size=(rank, d)) + 0.2 * rng.normal(size=(n, d))


@pytest.mark.parametrize(("n", "d"), [(50, 3), (40, 60), (200, 900), (600, 700)])
def test_principal_components_equal_those_of_scikit_learn_up_to_their_sign(n: int, d: int) -> None:
    x = rows(n, d)
    scores, shares = principal(x)
    peer = PCA(2, svd_solver="full").fit(x)
    expected = peer.transform(x)
    np.testing.assert_allclose(np.abs(scores), np.abs(expected), atol=1e-6 * np.abs(expected).max())
    np.testing.assert_allclose(shares, peer.explained_variance_ratio_, rtol=1e-7)


def test_single_precision_gives_the_same_components() -> None:
    x = rows(1300, 800)
    np.testing.assert_allclose(principal(x.astype(np.float32))[1], principal(x)[1], rtol=1e-4)


def test_where_nothing_differs_there_is_no_component() -> None:
    scores, shares = principal(np.ones((5, 4)))
    assert not scores.any()
    assert not shares.any()
    assert principal(np.arange(6.0).reshape(6, 1))[1].tolist() == [pytest.approx(1.0), 0.0]


def test_signs_stay_what_they_were_before() -> None:
    before = principal(rows(30, 4))[0]
    np.testing.assert_array_equal(aligned(before * [-1.0, 1.0], before), before)
    np.testing.assert_array_equal(aligned(before, None), before)


def test_every_row_has_the_wanted_perplexity() -> None:
    x = rows(60, 5)
    p = affinities(x, 12.0)
    assert p.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(p, p.T)
    far = ((x[:, None] - x) ** 2).sum(axis=2)
    # A row's own probabilities: scikit-learn's search finds the same joint ones.
    from sklearn.manifold._utils import _binary_search_perplexity

    own = _binary_search_perplexity(far.astype(np.float32), 12.0, 0)
    np.testing.assert_allclose(p, (own + own.T) / (2 * len(x)), atol=2e-6)


def test_the_gradient_is_the_slope_of_the_divergence() -> None:
    p, places = affinities(rows(70, 4), 9.0), np.random.default_rng(1).normal(size=(70, 2))
    entropy = float((p[p > 0] * np.log(p[p > 0])).sum())

    def divergence(y: np.ndarray) -> float:
        near = 1.0 / (1.0 + ((y[:, None] - y) ** 2).sum(axis=2))
        np.fill_diagonal(near, 0.0)
        q = near / near.sum()
        there = p > 0
        return float((p[there] * np.log(p[there] / q[there])).sum())

    slope, told = gradient(places, p, 1.0, entropy)
    assert told == pytest.approx(divergence(places), rel=1e-10)
    for row, column in ((0, 0), (13, 1), (69, 0)):
        step = np.zeros_like(places)
        step[row, column] = 1e-5
        numeric = (divergence(places + step) - divergence(places - step)) / 2e-5
        assert slope[row, column] == pytest.approx(numeric, rel=1e-5, abs=1e-10)


def test_neighbours_are_kept_as_well_as_by_scikit_learn() -> None:
    x = load_digits().data[:300].astype(np.float32)
    states = list(tsne(x, 20.0))
    peer = TSNE(perplexity=20.0, init="pca", method="exact", random_state=0, max_iter=750).fit(x)
    ours = trustworthiness(x, states[-1].places, n_neighbors=8)
    assert ours > trustworthiness(x, peer.embedding_, n_neighbors=8) - 0.01
    assert states[-1].divergence < 1.05 * peer.kl_divergence_
    assert [state.done for state in states] == list(range(10, 751, 10))


def test_the_same_rows_give_the_same_places() -> None:
    x = rows(40, 5)
    first, second = (list(tsne(x, 10.0, rounds=60))[-1] for _ in range(2))
    np.testing.assert_array_equal(first.places, second.places)


@pytest.mark.parametrize("x", [np.zeros((2, 3)), np.zeros((20, 3)), np.repeat(np.eye(4), 5, axis=0)])
def test_few_or_equal_rows_have_finite_places(x: np.ndarray) -> None:
    assert all(np.isfinite(state.places).all() for state in tsne(x, 30.0, rounds=40))


def test_columns_that_tell_more_about_the_target_come_first() -> None:
    rng = np.random.default_rng(0)
    truth = rng.integers(0, 3, 200)
    noise, tells = rng.normal(size=200).astype(np.float32), (truth + 0.1 * rng.normal(size=200)).astype(np.float32)
    kinds = Column(ColumnSpec("kind", "category", categories=("a", "b", "c")), ((truth + 1) % 3).astype(np.int32))
    columns = [Column(ColumnSpec("noise"), noise), Column(ColumnSpec("tells"), tells), kinds]
    assert telling(columns, truth, 3) == [2, 1, 0]
    assert telling(columns, truth.astype(float))[2] == 0
