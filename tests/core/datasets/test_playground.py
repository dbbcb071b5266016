"""The sets of TensorFlow Playground agree with its definitions, written out here once more, point by point."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.datasets import DATASETS

PEAKS = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]


def load(kind, seed=0, **params):
    return DATASETS[kind](**params).load(seed)


def bump(x, y):
    """The strongest of six bumps, each falling from 1 to 0 at a distance of 2."""
    label = 0.0
    for cx, cy, sign in PEAKS:
        new = sign * max(0.0, 1 - math.dist((x, y), (cx, cy)) / 2)
        label = new if abs(new) > abs(label) else label
    return label


SURFACES = {"regression_plane": lambda x, y: (x + y) / 10, "regression_gaussian": bump}


@pytest.mark.parametrize(("kind", "height"), SURFACES.items())
def test_without_noise_every_number_is_that_of_its_point(kind, height):
    points = load(kind, samples=3000)
    expected = [[height(*point)] for point in points.x.tolist()]
    np.testing.assert_allclose(points.y, expected, atol=1e-6)


@pytest.mark.parametrize("kind", SURFACES)
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_points_of_a_surface_fill_the_plane_from_minus_6_to_6_whatever_the_noise(kind, noise):
    x = load(kind, samples=20_000, noise=noise).x
    assert np.abs(x).max() <= 6.0
    np.testing.assert_allclose(x.min(axis=0), -6.0, atol=0.01)
    np.testing.assert_allclose(x.max(axis=0), 6.0, atol=0.01)
    np.testing.assert_allclose(x.std(axis=0), 12 / math.sqrt(12), atol=0.05)


@pytest.mark.parametrize("kind", SURFACES)
def test_noise_changes_the_numbers_of_a_surface_and_moves_no_point(kind):
    clean, noisy = load(kind), load(kind, noise=0.2)
    np.testing.assert_array_equal(clean.x, noisy.x)
    assert (clean.y != noisy.y).mean() > 0.5


def test_noise_takes_the_number_of_a_slope_from_not_farther_than_its_share_of_half_the_width():
    clean, noisy = load("regression_plane", samples=20_000), load("regression_plane", samples=20_000, noise=0.25)
    # Up to 0.25 * 6 away in each direction, so up to twice that in the sum of both.
    shift = 10 * np.abs(noisy.y - clean.y)
    assert 2.9 < shift.max() <= 3.0 + 1e-4


def test_bumps_reach_from_minus_1_to_1():
    y = load("regression_gaussian", samples=50_000).y
    np.testing.assert_allclose([y.min(), y.max()], [-1.0, 1.0], atol=0.05)
    assert 0.2 < (y == 0).mean() < 0.6


def test_xor_regions_are_told_apart_by_the_signs():
    points = load("xor_regions", samples=5000)
    assert points.y.tolist() == [int(x * y >= 0) for x, y in points.x.tolist()]
    assert 0.45 < points.y.mean() < 0.55


def test_xor_regions_keep_away_from_the_axes():
    distance = np.abs(load("xor_regions", samples=20_000, noise=0.5).x)
    assert 0.3 <= distance.min() < 0.31
    assert 5.29 < distance.max() <= 5.3


def test_xor_noise_changes_classes_but_moves_no_point():
    clean, noisy = load("xor_regions", samples=5000), load("xor_regions", samples=5000, noise=0.2)
    changed = noisy.y != (noisy.x.prod(axis=1) >= 0)
    assert np.abs(noisy.x).min() >= 0.3
    assert 0.03 < changed.mean() < 0.07
    # Nobody changes sides who is farther from both axes than noise reaches.
    assert np.abs(noisy.x[changed]).min(axis=1).max() <= 0.2 * 5.0
    assert (clean.y == (clean.x.prod(axis=1) >= 0)).all()


def two_arms(seed, samples, noise):
    """The spiral as it has always been drawn: two arms, that of class 0 turned by half a turn."""
    rng = np.random.default_rng(seed)
    sizes = samples - samples // 2, samples // 2
    arms = []
    for size, turn in zip(sizes, (np.pi, 0.0), strict=True):
        along = np.arange(size) / size
        radius, angle = 5.0 * along, 1.75 * 2 * np.pi * along + turn
        arms.append(np.column_stack([radius * np.sin(angle), radius * np.cos(angle)]))
    points = np.concatenate(arms)
    points = points + noise * rng.uniform(-1.0, 1.0, points.shape)
    order = rng.permutation(samples)
    return points[order].astype(np.float32), np.repeat([0, 1], sizes)[order]


@pytest.mark.parametrize(("seed", "samples", "noise"), [(0, 500, 0.0), (0, 1000, 0.1), (3, 7, 0.5), (1, 2, 0.2)])
def test_two_arms_of_a_spiral_keep_their_bits(seed, samples, noise):
    x, y = two_arms(seed, samples, noise)
    found = load("spiral", seed, samples=samples, noise=noise)
    assert found.x.tobytes() == x.tobytes()
    assert found.y.tolist() == y.tolist()


@pytest.mark.parametrize("arms", range(2, 7))
def test_the_arms_of_a_spiral_are_turned_evenly_apart(arms):
    points = load("spiral", arms=arms, samples=100 * arms)
    turned = []
    for label in range(arms):
        arm = points.x[points.y == label].astype(float)
        arm = arm[np.hypot(*arm.T).argsort()]
        turned.append(np.arctan2(arm[50, 0], arm[50, 1]))
    steps = (turned[0] - np.array(turned)) / (2 * np.pi) * arms
    np.testing.assert_allclose(steps % arms, np.arange(arms), atol=1e-4)


@pytest.mark.parametrize(("kind", "name"), [("spiral", "arms"), ("rings", "classes")])
@pytest.mark.parametrize("classes", range(2, 7))
def test_the_spec_names_as_many_classes_as_there_are(kind, name, classes):
    points, spec = load(kind, **{name: classes}, samples=50 * classes + 1), DATASETS[kind](**{name: classes}).spec()
    assert spec.classes == tuple(map(str, range(classes)))
    assert np.bincount(points.y).tolist() == [51] + [50] * (classes - 1)


@pytest.mark.parametrize("classes", range(2, 7))
def test_rings_lie_inside_each_other_with_a_gap(classes):
    points = load("rings", classes=classes, samples=6000)
    away, wide = np.hypot(*points.x.T), 5 / classes
    for label in range(classes):
        ring = away[points.y == label]
        np.testing.assert_allclose([ring.min(), ring.max()], [(label + 0.15) * wide, (label + 0.85) * wide], atol=0.02)
        assert 0.9 < len(set(np.floor(np.arctan2(*points.x[points.y == label].T) * 3).tolist())) / 19 <= 1.1


@pytest.mark.parametrize("kind", ["rings", "checkerboard"])
def test_noise_moves_points_by_no_more_than_itself_each_way(kind):
    clean, noisy = load(kind, samples=2000), load(kind, samples=2000, noise=0.2)
    shift = np.abs(noisy.x - clean.x)
    np.testing.assert_array_equal(clean.y, noisy.y)
    assert 0.19 < shift.max() <= 0.2 + 1e-6


@pytest.mark.parametrize("cells", [2, 3, 4, 10])
def test_squares_of_a_checkerboard_take_turns(cells):
    points = load("checkerboard", cells=cells, samples=3000)
    wide = 10 / cells
    for (x, y), label in zip(points.x.tolist(), points.y.tolist(), strict=True):
        column, row = (x + 5) / wide, (y + 5) / wide
        border = min(abs(column - round(column)), abs(row - round(row)))
        assert border < 1e-5 or (int(column) + int(row)) % 2 == label
    assert np.abs(points.x).max() <= 5.0
