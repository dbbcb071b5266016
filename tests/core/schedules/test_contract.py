"""Every schedule against values worked out by hand. A new schedule needs some here."""
import re

import numpy as np
import pytest

from core.schedules import SCHEDULES

HALF = 0.5**0.5
# (kind, parameters, epochs): share of the learning rate by the number of epochs done
KNOWN = [
    ("constant", {}, 10, {0: 1.0, 3.7: 1.0, 10: 1.0}),
    ("step", {}, 100, {0: 1.0, 29.99: 1.0, 30: 0.1, 60: 0.01, 99: 0.001}),
    ("step", {"every": 2, "gamma": 0.5}, 5, {1.9: 1.0, 2: 0.5, 3.5: 0.5, 4: 0.25}),
    ("step", {"every": 1, "gamma": 0.0}, 5, {0: 1.0, 1: 0.0, 4: 0.0}),
    ("exponential", {}, 10, {0: 1.0, 1: 0.95, 2: 0.9025}),
    ("exponential", {"gamma": 0.25}, 10, {0.5: 0.5, 1.5: 0.125}),
    ("cosine", {}, 8, {0: 1.0, 2: (1 + HALF) / 2, 4: 0.5, 6: (1 - HALF) / 2, 8: 0.0, 20: 0.0}),
    ("cosine", {"final": 0.2}, 8, {0: 1.0, 4: 0.6, 8: 0.2}),
    ("warmup", {}, 100, {0: 0.1, 2.5: 0.55, 5: 1.0, 99: 1.0}),
    ("warmup", {"warmup": 2, "start": 0.0}, 100, {0: 0.0, 0.5: 0.25, 2: 1.0}),
    ("one_cycle", {}, 10, {0: 0.04, 1.5: 0.52, 3: 1.0, 6.5: (1 + 4e-6) / 2, 10: 4e-6, 11: 4e-6}),
    ("one_cycle", {"rise": 1.0, "divide": 2.0}, 10, {0: 0.5, 5: 0.75, 10: 1.0}),
    ("reduce_on_plateau", {}, 10, {0: 1.0, 3.7: 1.0, 11: 1.0}),
    ("one_cycle", {"rise": 0.0, "divide": 2.0, "final_divide": 5.0}, 10, {0: 1.0, 5: 0.55, 10: 0.1}),
]
each = pytest.mark.parametrize("kind", list(SCHEDULES))


def test_every_schedule_has_known_values_here():
    assert {kind for kind, *_ in KNOWN} == set(SCHEDULES)


@pytest.mark.parametrize(("kind", "params", "epochs", "wanted"), KNOWN)
def test_the_share_is_the_one_worked_out_by_hand(kind, params, epochs, wanted):
    schedule = SCHEDULES[kind](**params)
    assert {epoch: schedule.share(epoch, epochs) for epoch in wanted} == pytest.approx(wanted, rel=1e-12, abs=1e-15)


@each
@pytest.mark.parametrize("epochs", [1, 2, 1000])
def test_the_share_is_a_number_from_0_to_1_at_all_times(kind, epochs):
    shares = [SCHEDULES[kind]().share(epoch, epochs) for epoch in np.linspace(0.0, epochs + 2.0, 301)]
    assert all(isinstance(share, float) and 0.0 <= share <= 1.0 for share in shares)


@each
@pytest.mark.parametrize("falling", [True, False])
def test_what_a_schedule_makes_of_a_run_is_a_share_and_depends_on_nothing_but_the_numbers_so_far(kind, falling):
    values = [*np.random.default_rng(0).normal(size=60).tolist(), np.nan, np.inf, 0.0, 0.0, -np.inf]
    first, again = (SCHEDULES[kind]().reaction(falling=falling) for _ in range(2))
    if first is None:
        assert again is None
        return
    shares = [first(value) for value in values]
    assert all(isinstance(share, float) and 0.0 <= share <= 1.0 for share in shares)
    assert [again(value) for value in values] == shares


@each
def test_the_declaration_is_complete(kind):
    schedule = SCHEDULES[kind]
    assert re.fullmatch(r"[a-z][a-z0-9_]*", kind)
    assert schedule.info.title
    assert schedule.info.summary
    assert "Source:" in schedule.__doc__
    assert all(p.doc.endswith(".") for p in schedule.params.values())
    assert schedule(**schedule().config()).config() == schedule().config()
