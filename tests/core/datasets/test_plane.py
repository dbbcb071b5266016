"""The point sets keep their formulas."""
from __future__ import annotations

import numpy as np
import pytest

from core.datasets import DATASETS
from core.errors import ParamError


def load(kind, seed=0, **params):
    return DATASETS[kind](**params).load(seed)


def radius(x):
    return np.hypot(x[:, 0], x[:, 1])


@pytest.mark.parametrize("kind", ["circle", "gaussians", "spiral", "moons"])
def test_points_are_shared_evenly_by_the_classes(kind):
    assert np.bincount(load(kind).y).tolist() == [250, 250]


@pytest.mark.parametrize("kind", ["circle", "gaussians", "spiral", "moons"])
def test_class_0_gets_the_odd_point(kind):
    assert np.bincount(load(kind, samples=7).y).tolist() == [4, 3]


@pytest.mark.parametrize("kind", ["line", "circle", "gaussians", "spiral", "moons"])
def test_noise_above_one_half_is_refused_by_name(kind):
    with pytest.raises(ParamError, match=r"^noise: a number from 0 to 0\.5"):
        DATASETS[kind](noise=0.51)


@pytest.mark.parametrize("kind", ["circle", "spiral"])
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_bounded_sets_stay_on_the_plane_from_minus_6_to_6(kind, noise):
    assert np.abs(load(kind, noise=noise).x).max() < 6.0


def test_line_has_100_points_by_default():
    assert len(load("line")) == 100


def test_line_class_is_the_sign_of_the_sum():
    points = load("line", samples=5000)
    np.testing.assert_array_equal(points.y, points.x.sum(axis=1) > 0)


def test_line_points_are_standard_normal():
    x = load("line", samples=20_000).x
    np.testing.assert_allclose(x.mean(axis=0), 0.0, atol=0.03)
    np.testing.assert_allclose(np.cov(x.T), np.eye(2), atol=0.04)


def test_line_noise_puts_only_points_near_the_line_on_the_wrong_side():
    points = load("line", samples=5000, noise=0.2)
    total = points.x.sum(axis=1)
    wrong = (total > 0) != (points.y == 1)
    assert 0.01 < wrong.mean() < 0.15
    assert np.abs(total[wrong]).max() < 5 * 0.2 * np.sqrt(2)


def test_circle_is_a_disc_inside_a_ring():
    points = load("circle", samples=5000)
    disc, ring = radius(points.x[points.y == 1]), radius(points.x[points.y == 0])
    assert disc.max() < 2.5
    assert disc.min() < 0.1
    assert ring.min() >= 3.5
    assert ring.max() <= 5.0
    np.testing.assert_allclose([disc.mean(), ring.mean()], [1.25, 4.25], atol=0.05)


def test_circle_noise_changes_classes_but_moves_no_point():
    clean, noisy = load("circle", samples=5000), load("circle", samples=5000, noise=0.3)
    inside = radius(noisy.x) < 2.5
    assert inside.sum() == (clean.y == 1).sum()
    assert ((radius(noisy.x) < 2.5) | (radius(noisy.x) >= 3.5)).all()
    assert 0.02 < (inside != (noisy.y == 1)).mean() < 0.3


def test_gaussians_stand_at_minus_2_and_2():
    points = load("gaussians", samples=20_000)
    np.testing.assert_allclose(points.x[points.y == 0].mean(axis=0), -2.0, atol=0.05)
    np.testing.assert_allclose(points.x[points.y == 1].mean(axis=0), 2.0, atol=0.05)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.25, 2.25), (0.5, 4.0)])
def test_gaussian_variance_grows_with_noise(noise, variance):
    points = load("gaussians", samples=20_000, noise=noise)
    for label in (0, 1):
        cloud = points.x[points.y == label]
        np.testing.assert_allclose(np.cov(cloud.T), variance * np.eye(2), atol=0.06 * variance)


def test_spiral_arms_are_images_of_each_other_through_the_origin():
    points = load("spiral", samples=400)
    arms = [points.x[points.y == label] for label in (0, 1)]
    first, second = (arm[radius(arm).argsort()] for arm in arms)
    np.testing.assert_allclose(first, -second, atol=1e-5)


def test_spiral_arms_alternate_along_a_ray_from_the_origin():
    points = load("spiral", samples=100_000)
    on_ray = (np.abs(points.x[:, 0]) < 0.01) & (points.x[:, 1] > 0.1)
    labels = points.y[on_ray][radius(points.x[on_ray]).argsort()]
    runs = labels[np.flatnonzero(np.diff(labels, prepend=-1))]
    assert runs.tolist() == [0, 1, 0]


def test_spiral_arm_makes_one_and_three_quarter_turns_to_radius_5():
    points = load("spiral", samples=2000)
    arm = points.x[points.y == 1].astype(float)
    arm = arm[radius(arm).argsort()][1:]
    turned = np.unwrap(np.arctan2(arm[:, 0], arm[:, 1]))
    np.testing.assert_allclose((turned[-1] - turned[0]) / (2 * np.pi), 1.75, atol=0.01)
    np.testing.assert_allclose(radius(arm)[-1], 5.0, atol=0.01)
    np.testing.assert_allclose(np.diff(turned), np.diff(turned)[0], rtol=1e-2)


def test_spiral_noise_moves_points_by_no_more_than_itself():
    clean, noisy = (load("spiral", noise=noise).x.astype(float) for noise in (0.0, 0.2))
    shift = np.abs(noisy[:, None] - clean[None]).max(axis=2).min(axis=1)
    assert 0.05 < shift.max() <= 0.2 + 1e-6


def test_moons_lie_on_their_half_circles():
    points = load("moons", noise=0.0)
    upper, lower = points.x[points.y == 0], points.x[points.y == 1]
    np.testing.assert_allclose(radius(upper), 1.0, atol=1e-6)
    np.testing.assert_allclose(radius(lower - np.array([1.0, 0.5])), 1.0, atol=1e-6)
    assert upper[:, 1].min() >= 0.0
    assert lower[:, 1].max() <= 0.5


def test_moons_noise_is_the_standard_deviation_of_the_shift():
    points = load("moons", samples=20_000, noise=0.1)
    upper = points.x[points.y == 0]
    np.testing.assert_allclose((radius(upper) - 1.0).std(), 0.1, atol=0.01)
