"""How weights start: shape, mean, spread, and which fan counts."""
import math

import numpy as np
import pytest

from core.initializers import INITIALIZERS

SHAPE, FAN_IN, FAN_OUT = (300, 200), 300, 200
SPREAD = {
    "zeros": 0.0,
    "normal": 0.01,
    "glorot_normal": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "glorot_uniform": math.sqrt(2 / (FAN_IN + FAN_OUT)),
    "he_normal": math.sqrt(2 / FAN_IN),
    "he_uniform": math.sqrt(2 / FAN_IN),
}
each = pytest.mark.parametrize("name", list(INITIALIZERS))


def draw(name, seed=0, shape=SHAPE, fan_in=FAN_IN, fan_out=FAN_OUT, **params):
    return INITIALIZERS[name](**params).draw(np.random.default_rng(seed), shape, fan_in, fan_out)


def test_every_initializer_has_a_known_spread_here():
    assert set(INITIALIZERS) == set(SPREAD)


@each
def test_the_moments_are_those_of_the_paper(name):
    drawn = draw(name)
    assert drawn.shape == SHAPE
    assert drawn.dtype == np.float64
    assert drawn.std() == pytest.approx(SPREAD[name], rel=0.02)
    assert drawn.mean() == pytest.approx(0.0, abs=4 * SPREAD[name] / math.sqrt(drawn.size) + 1e-300)


@each
def test_the_same_chance_gives_the_same_weights(name):
    assert np.array_equal(draw(name, 1), draw(name, 1))
    assert name == "zeros" or not np.array_equal(draw(name, 1), draw(name, 2))


@pytest.mark.parametrize("name", ["glorot_uniform", "he_uniform"])
def test_uniform_weights_reach_their_limit_and_do_not_pass_it(name):
    drawn, limit = draw(name), SPREAD[name] * math.sqrt(3)
    assert abs(drawn).max() <= limit
    assert abs(drawn).max() == pytest.approx(limit, rel=0.01)


@pytest.mark.parametrize(("name", "both"), [("he_normal", False), ("he_uniform", False), ("glorot_normal", True),
                                            ("glorot_uniform", True)])
def test_the_number_of_outputs_matters_to_glorot_only(name, both):
    narrow, wide = draw(name, fan_out=10).std(), draw(name, fan_out=1000).std()
    assert (narrow > 1.5 * wide) == both


def test_the_spread_of_normal_is_what_was_chosen():
    assert draw("normal", scale=2.0).std() == pytest.approx(2.0, rel=0.02)
    assert not draw("normal", scale=0.0).any()


@each
def test_any_shape_can_be_drawn(name):
    for shape in [(1, 1), (3,), (3, 3, 2, 4)]:
        assert draw(name, shape=shape, fan_in=1, fan_out=1).shape == shape


@each
def test_the_declaration_is_complete(name):
    kind = INITIALIZERS[name]
    assert kind.info.title
    assert kind.info.summary
    assert kind.__doc__
    assert all(p.doc.endswith(".") for p in kind.params.values())
