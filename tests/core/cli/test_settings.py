"""What --set can change about the data."""
from __future__ import annotations

import pytest

from core.cli._settings import apply, setting
from core.errors import FormatError
from core.graph.settings import DataSettings
from core.io import examples
from core.params import Kind


def changed(*settings, example="xor-mlp"):
    return apply(examples.load(example), map(setting, settings), "some.json")


def data(*settings):
    return DataSettings.known(changed(*settings).data)


@pytest.mark.parametrize(("written", "name", "value"), [
    ("data.fold=2", "fold", 2), ("data.folds=10", "folds", 10), ("data.split=folds", "split", "folds"),
    ("data.split_column=part", "split_column", "part"), ("data.split_column=2024", "split_column", "2024"),
    ("data.split_column=true", "split_column", "true"), ('data.split_column="a.b"', "split_column", '"a.b"'),
    ("data.split_column=", "split_column", ""), ("data.validation=0.25", "validation", 0.25),
    ('data.roles={"age":"ignore"}', "roles", (("age", "ignore"),)),
    ("data.roles.age=target", "roles", (("age", "target"),)),
    ("data.roles.age (in years, v1.2)=ignore", "roles", (("age (in years, v1.2)", "ignore"),)),
])
def test_settings_of_the_data_are_set_by_their_place(written, name, value):
    assert getattr(data(written), name) == value


def test_steps_are_given_as_a_list_of_ids_or_of_objects():
    steps = data('data.steps=["standardise", {"kind": "tokens", "params": {"length": 9}}]').steps
    assert [step.kind for step in steps] == ["standardise", "tokens"]
    assert steps[1].params["length"] == 9


@pytest.mark.parametrize("place", ["1", "tokens"])
def test_one_step_is_reached_by_its_place_or_its_id(place):
    steps = data('data.steps=["min_max", "tokens"]', f"data.steps.{place}.params.length=5",
                 f"data.steps.{place}.params.by=characters").steps
    assert (steps[1].params["length"], steps[1].params["by"]) == (5, "characters")
    assert steps[0] == Kind("min_max", steps[0].params)


def test_one_step_can_be_replaced_by_another():
    assert data('data.steps=["min_max"]', "data.steps.0=standardise").steps[0].kind == "standardise"


def test_a_source_is_chosen_and_then_told_its_file():
    source = data("data.source=arrays", "data.source.params.path=/some/where/2024.npz",
                  "data.source.params.x_name=5").source
    assert source.kind == "arrays"
    assert (source.params["path"], source.params["x_name"]) == ("/some/where/2024.npz", "5")


def test_a_source_is_given_as_an_object():
    source = data('data.source={"kind": "arrays", "params": {"path": "a.npz"}}').source
    assert (source.kind, source.params["path"]) == ("arrays", "a.npz")


def test_roles_are_added_one_by_one():
    roles = data("data.roles.a=ignore", "data.roles.b=target", "data.roles.a=input").roles
    assert roles == (("a", "input"), ("b", "target"))


@pytest.mark.parametrize(("written", "words"), [
    ("data.steps.0.params.length=5", "no setting data.steps.0.params.length"),
    ("data.steps=standardise", 'a list of at most 100 kinds of preprocessing step, got "standardise"'),
    ("data.roles.age=ignored", "for each name one of input, target, ignore"),
    ("data.source.params.path=x.npz", "no setting data.source.params.path"),
    ("data.fold=0", "a whole number from 1 to 20, got 0"),
    ("edges.0.from=input", "no setting edges.0.from"),
])
def test_what_cannot_be_set_is_refused_by_name(written, words):
    with pytest.raises(FormatError) as caught:
        changed(written)
    assert words in caught.value.problem.text
