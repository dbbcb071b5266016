"""What mends a layer that is not well: edits after which the run says so, or steps are smaller."""
import pytest

from core.errors import Problem
from core.graph.check import check
from core.graph.fixes import fixes
from core.train.control import Control
from core.train.health import examined
from core.train.loop import train
from core.train.session import Session
from tests.core._build import chain, dense


def offered(doc, code, node):
    problem = Problem(f"health.{code}", "It is not well.", "warning", node=node)
    return {fix.label: fix.apply for fix in fixes(doc, check(doc), problem)}


def kinds(doc):
    return [doc.nodes[name].kind for name in check(doc).live]


def test_dead_rectifiers_leak_or_steps_get_smaller():
    doc = chain(dense(6), "relu", dense(1), "sigmoid", source="moons", learning_rate=1.0)
    found = offered(doc, "dead", "relu")
    assert set(found) == {"Use Leaky ReLU instead of ReLU", "Lower the learning rate to 0.3"}
    after = found["Use Leaky ReLU instead of ReLU"](doc)
    assert kinds(after) == ["input", "dense", "leaky_relu", "dense", "sigmoid", "output"]
    assert check(after).ok
    assert found["Lower the learning rate to 0.3"](doc).training["learning_rate"] == 0.3


def test_saturated_units_are_rectified_or_normed():
    doc = chain(dense(6), "tanh", dense(1), "sigmoid", source="moons")
    found = offered(doc, "saturated", "tanh")
    assert set(found) == {"Use ReLU instead of Tanh", "Insert Batch norm before it"}
    assert kinds(found["Use ReLU instead of Tanh"](doc)) == ["input", "dense", "relu", "dense", "sigmoid", "output"]
    normed = found["Insert Batch norm before it"](doc)
    assert kinds(normed) == ["input", "dense", "batch_norm", "tanh", "dense", "sigmoid", "output"]
    assert check(normed).ok
    assert set(offered(normed, "saturated", "tanh")) == {"Use ReLU instead of Tanh"}


def test_a_gradient_that_vanishes_in_sigmoids_comes_through_rectifiers():
    doc = chain(*[layer for _ in range(10) for layer in (dense(8), "sigmoid")], dense(1), "sigmoid", source="moons")
    session = Session(doc)
    (problem,) = examined(session)
    (fix,) = fixes(doc, check(doc), problem)
    assert fix.label == "Use ReLU in 10 layers"
    after = fix.apply(doc)
    assert kinds(after).count("relu") == 10
    assert kinds(after)[-2:] == ["sigmoid", "output"], "the answer stays a probability"
    assert "health.vanishing" not in {found.code for found in examined(Session(after))}


def test_only_what_lies_ahead_is_rectified():
    doc = chain(dense(8), "sigmoid", dense(8), "tanh", dense(1), source="moons")
    found = offered(doc, "vanishing", "dense_2")
    assert set(found) == {"Use ReLU instead of Tanh"}
    assert kinds(found["Use ReLU instead of Tanh"](doc)) == ["input", "dense", "sigmoid", "dense", "relu", "dense",
                                                            "output"]


def test_without_flat_ends_ahead_there_is_nothing_to_offer():
    assert offered(chain(dense(8), "relu", dense(1), source="moons"), "vanishing", "dense") == {}


def test_a_gradient_that_explodes_is_clipped_once():
    doc = chain(dense(6), "relu", dense(1), "sigmoid", source="moons", learning_rate=1.0)
    found = offered(doc, "exploding", "dense")
    assert set(found) == {"Clip the gradient to 1", "Lower the learning rate to 0.3"}
    clipped = found["Clip the gradient to 1"](doc)
    assert clipped.training["clip_norm"] == 1.0
    assert set(offered(clipped, "exploding", "dense")) == {"Lower the learning rate to 0.3"}


def test_gates_that_are_stuck_get_smaller_steps():
    doc = chain(("reshape", {"target": [2, 1]}), ("lstm", {"units": 3}), dense(1), source="moons", learning_rate=1.0)
    assert set(offered(doc, "gates", "lstm")) == {"Clip the gradient to 1", "Lower the learning rate to 0.3"}


@pytest.mark.parametrize("code", ["outputs", "constant", "worse"])
def test_smaller_steps_help_where_numbers_ran_away(code):
    doc = chain(dense(6), "relu", dense(1), source="moons", learning_rate=3.0)
    assert set(offered(doc, code, "dense")) == {"Lower the learning rate to 1"}
    still = chain(dense(6), "relu", dense(1), source="moons", learning_rate=0.0)
    assert offered(still, code, "dense") == {}


def test_rectifiers_that_a_high_rate_has_killed_learn_again_when_they_leak():
    doc = chain(dense(16), "relu", dense(16), "relu", dense(1), "sigmoid", source="moons", learning_rate=10.0,
                batch_size=16)
    session = Session(doc)
    session.epochs = 20
    list(train(session, Control()))
    for problem in examined(session):
        assert problem.code == "health.dead"
        doc = next(fix for fix in fixes(doc, check(doc), problem) if "Leaky" in fix.label).apply(doc)
    assert "leaky_relu" in kinds(doc)
    other = Session(doc)
    other.network.weights.flat[...] = session.network.weights.flat
    assert "health.dead" not in {problem.code for problem in examined(other)
                                 if doc.nodes[problem.node].kind == "leaky_relu"}
