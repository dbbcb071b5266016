"""Chains of preprocessing in files."""
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.graph import edits
from core.io import documents
from core.params import Kind
from core.preprocessing import STEPS
from tests.core._build import xor

kinds = st.sampled_from(list(STEPS))


def with_steps(*steps):
    return edits.set_data(xor(), {"steps": steps})


@given(chosen=st.lists(kinds, max_size=12))
def test_a_chain_comes_back_in_its_order_and_is_written_the_same_again(chosen):
    doc = with_steps(*chosen)
    text = documents.dumps(doc)
    assert documents.loads(text) == doc
    assert documents.dumps(documents.loads(text)) == text
    assert [step["kind"] for step in json.loads(text)["data"]["steps"]] == chosen


@pytest.mark.parametrize("kind", list(STEPS))
def test_a_step_is_written_with_all_its_parameters_and_may_leave_them_out(kind):
    text = documents.dumps(with_steps(kind))
    (step,) = json.loads(text)["data"]["steps"]
    assert step["params"].keys() == STEPS[kind].params.keys()
    body = json.loads(text)
    for short in (kind, {"kind": kind}, {"kind": kind, "params": {}}):
        body["data"]["steps"] = [short]
        assert documents.loads(json.dumps(body)) == with_steps(kind)


def test_parameters_that_were_chosen_come_back():
    steps = (Kind("fill_missing", {"strategy": "constant", "number": -1.5, "category": "keine", "columns": ["a", "ü"]}),
             Kind("one_hot", {"missing": True}), Kind("class_weights", {"weights": [1.0, 2.5]}),
             Kind("shuffle", {"seed": 2**31 - 1}), Kind("random_flip", {"across": False, "down": True}))
    doc = with_steps(*steps)
    again = documents.loads(documents.dumps(doc)).data["steps"]
    assert again == doc.data["steps"]
    assert again[0].params["columns"] == ("a", "ü")
    assert again[2].params["weights"] == (1.0, 2.5)


def test_steps_of_a_newer_version_survive_edits_of_everything_else():
    body = json.loads(documents.dumps(with_steps("standardise")))
    strange = {"kind": "whiten", "params": {"axes": [1, None, {"deep": "value"}]}}
    body["data"]["steps"].insert(0, strange)
    doc = documents.loads(json.dumps(body))
    doc = edits.set_training(edits.set_data(doc, {"validation": 0.25, "seed": 3}), {"epochs": 7})
    back = json.loads(documents.dumps(documents.loads(documents.dumps(doc))))
    assert back["data"]["steps"] == body["data"]["steps"]
    assert (back["data"]["validation"], back["training"]["epochs"]) == (0.25, 7)


@pytest.mark.parametrize(("steps", "place"), [
    ([{"kind": "robust", "params": {"columns": "a"}}], "data.steps[0].params.columns: "),
    (["min_max", {"kind": "random_noise", "params": {"deviation": -1}}], "data.steps[1].params.deviation: "),
    ([["min_max"]], "data.steps[0]: "), ("min_max", "data.steps: "), (["min_max"] * 101, "data.steps: "),
])
def test_a_chain_that_is_malformed_is_refused_naming_the_place(steps, place):
    body = json.loads(documents.dumps(xor()))
    body["data"]["steps"] = steps
    with pytest.raises(documents.FormatError) as caught:
        documents.loads(json.dumps(body))
    assert place in caught.value.problem.message
