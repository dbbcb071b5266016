"""Every type of parameter: takes what it allows, refuses all else with a ParamError, and survives JSON."""
import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ParamError
from core.initializers import INITIALIZERS
from core.layers import LAYERS
from core.optimizers import OPTIMIZERS
from core.params import (
    Bool,
    Choice,
    Declared,
    Float,
    FloatTuple,
    Int,
    IntTuple,
    Kind,
    KindList,
    KindOf,
    Labels,
    Names,
    Path,
    Points,
    Text,
)
from tests.core.io.test_schema import valid


class Sample(Declared):
    whole = Int(default=3, low=-5, high=100, doc="A whole number.")
    number = Float(default=0.5, low=-1.0, high=2.0, doc="A number.")
    free = Float(default=0.0, doc="Any number.")
    flag = Bool(default=True, doc="Yes or no.")
    word = Choice(default="one", options={"one": "One", "two": "Two"}, doc="A word.")
    shape = IntTuple(default=(2,), low=1, high=9, shortest=1, longest=3, doc="A shape.")
    weights = FloatTuple(default=(), low=0.0, high=10.0, longest=3, doc="A few numbers.")
    kind = KindOf(default="adam", of=OPTIMIZERS, doc="A kind.")
    text = Text(longest=5, doc="A text.")
    path = Path(what="folder", doc="A folder.")
    names = Names(most=3, doc="Several names.")
    labels = Labels(options={"in": "Input", "out": "Output"}, most=3, doc="What names are for.")
    kinds = KindList(of=OPTIMIZERS, most=3, doc="Several kinds.")
    points = Points(doc="Points in the plane.")


LETTERS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5)
GOOD = {
    "whole": st.integers(-5, 100),
    "number": st.floats(-1.0, 2.0),
    "free": st.floats(allow_nan=False, allow_infinity=False),
    "flag": st.booleans(),
    "word": st.sampled_from(["one", "two"]),
    "shape": st.lists(st.integers(1, 9), min_size=1, max_size=3),
    "weights": st.lists(st.one_of(st.integers(0, 10), st.floats(0.0, 10.0)), max_size=3),
    "kind": st.one_of(
        st.sampled_from(list(OPTIMIZERS)),
        st.builds(lambda m: {"kind": "momentum", "params": {"momentum": m}}, st.floats(0.0, 0.9)),
    ),
    "text": LETTERS,
    "path": LETTERS,
    "names": st.lists(LETTERS, max_size=3, unique=True),
    "labels": st.dictionaries(LETTERS, st.sampled_from(["in", "out"]), max_size=3),
    "kinds": st.lists(st.sampled_from(list(OPTIMIZERS)), max_size=3),
    "points": st.lists(st.tuples(*2 * [st.floats(-1000.0, 1000.0)], st.integers(0, 5)), max_size=3),
}
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.complex_numbers(),
                    st.just(10**400), st.just(object()))
JUNK = st.recursive(SCALARS, lambda inner: st.one_of(
    st.lists(inner, max_size=4), st.tuples(inner), st.dictionaries(st.text(), inner, max_size=3),
    st.builds(lambda v: {"kind": "adam", "params": v}, inner),
    st.builds(lambda k, v: {"kind": "adam", "params": {k: v}}, st.text(), inner)), max_leaves=6)


def attempt(param, value):
    """The checked value, or why it is refused."""
    try:
        return param.check(value), None
    except ParamError as error:
        return None, error.problem


each = pytest.mark.parametrize("name", list(Sample.params))


@given(st.fixed_dictionaries({}, optional=GOOD))
def test_allowed_values_survive_their_configuration_and_json(values):
    sample = Sample(**values)
    assert Sample(**sample.config()).config() == sample.config()
    plain = json.loads(json.dumps(Sample.plain(sample.config())))
    assert Sample(**plain).config() == sample.config()


@each
@given(value=JUNK)
def test_anything_else_is_refused_with_a_param_error_and_nothing_else(name, value):
    checked, problem = attempt(Sample.params[name], value)
    if problem is None:
        assert Sample.params[name].check(checked) == checked
    else:
        assert problem.param == name
        assert problem.message.startswith(name)
        assert len(problem.message) < 400


@pytest.mark.parametrize("values", [
    {"whole": True}, {"whole": 1.0}, {"whole": "1"}, {"whole": 101}, {"whole": -6}, {"number": math.nan},
    {"number": math.inf}, {"free": -math.inf}, {"free": 10**400}, {"number": "0.5"}, {"number": True},
    {"number": 1j}, {"number": b"1"}, {"flag": 1}, {"flag": "true"}, {"word": "three"}, {"word": ["one"]},
    {"shape": []}, {"shape": [1, 2, 3, 4]}, {"shape": [0]}, {"shape": [True]}, {"shape": [1.0]}, {"shape": "12"},
    {"weights": [1.0] * 4}, {"weights": [-0.5]}, {"weights": [math.nan]}, {"weights": [math.inf]}, {"weights": 0.5},
    {"weights": [10**400]}, {"weights": [True]}, {"weights": ["1"]}, {"weights": [1j]},
    {"kind": "no_such"}, {"kind": {}}, {"kind": {"kind": "adam", "extra": 1}}, {"kind": {"kind": 3}},
    {"kind": {"kind": "adam", "params": {"beta1": 2.0}}}, {"kind": {"kind": "adam", "params": {"no_such": 1}}},
    {"kind": {"kind": "adam", "params": {"self": 1}}}, {"kind": {"kind": "adam", "params": [1]}},
    {"text": "longer"}, {"text": 1}, {"text": "a\0b"}, {"path": None}, {"path": "a\0b"}, {"path": "x" * 4097},
    {"names": "ab"}, {"names": ["a", "a"]}, {"names": ["a", 1]}, {"names": ["a", "b", "c", "d"]},
    {"labels": ["a"]}, {"labels": {"a": "up"}}, {"labels": {1: "in"}}, {"labels": dict.fromkeys("abcd", "in")},
    {"kinds": "adam"}, {"kinds": ["adam"] * 4}, {"kinds": ["no_such"]}, {"kinds": [{"kind": "adam", "params": [1]}]},
    {"points": [[0, 0]]}, {"points": [[0, 0, 6]]}, {"points": [[1001, 0, 0]]}, {"points": [[math.nan, 0, 0]]},
    {"points": [[0, 0, 0.5]]}, {"points": [[0, True, 0]]},
])
def test_values_that_are_not_allowed_are_refused_naming_the_parameter(values):
    (name,) = values
    with pytest.raises(ParamError, match=f"^{name}") as caught:
        Sample(**values)
    assert caught.value.problem.param == name


def test_the_message_says_what_is_allowed_and_what_came():
    with pytest.raises(ParamError, match=r'^whole: a whole number from -5 to 100, got "four"\.$'):
        Sample(whole="four")
    with pytest.raises(ParamError, match=r"^kind\.params\.beta1: a number from 0 to 0\.9999, got 2\.0\.$"):
        Sample(kind={"kind": "adam", "params": {"beta1": 2.0}})


def test_a_misspelt_kind_or_parameter_gets_a_suggestion():
    with pytest.raises(ParamError, match="Did you mean 'adam'"):
        Sample(kind="adan")
    with pytest.raises(ParamError, match="Did you mean 'whole'"):
        Sample(whoel=1)


def test_values_of_any_length_make_short_messages():
    endless = 10**5000  # more digits than Python writes out
    for values in ({"whole": endless}, {"number": endless}, {"shape": [endless]}, {"word": "x" * 10**6},
                   {"kind": "x" * 10**6}, {"shape": list(range(10**5))}, {"y" * 10**6: 1}):
        with pytest.raises(ParamError) as caught:
            Sample(**values)
        assert len(caught.value.problem.text) < 300


def test_numpy_numbers_become_python_numbers():
    sample = Sample(whole=np.int64(7), number=np.float32(0.25), weights=[np.float32(0.5), 2])
    assert type(sample.whole) is int
    assert type(sample.number) is float
    assert [(type(value), value) for value in sample.weights] == [(float, 0.5), (float, 2.0)]


def test_a_class_shows_the_declaration_and_an_instance_the_value():
    assert isinstance(Sample.whole, Int)
    assert Sample().whole == 3


def test_a_kind_is_hashable_and_equal_by_value():
    one, other = Sample(kind="adam").kind, Sample(kind={"kind": "adam"}).kind
    assert one == other
    assert hash(one) == hash(other)
    assert one == Kind("adam", OPTIMIZERS["adam"]().config())


def test_a_kind_that_is_not_known_is_foreign_and_stays_as_it_stands():
    choice = KindOf(name="how", default="normal", of=INITIALIZERS, doc="How.")
    assert choice.foreign({"kind": "newest", "params": {"a": [1]}}) == Kind("newest", {"a": [1]})
    assert choice.to_json(choice.foreign("newest")) == {"kind": "newest", "params": {}}
    assert choice.foreign("normal") is None
    assert choice.foreign(5) is None


@each
def test_what_was_never_checked_passes_through_to_json_unchanged(name):
    assert Sample.params[name].to_json("as it stands") == "as it stands"


@pytest.mark.parametrize("family", [LAYERS, OPTIMIZERS, INITIALIZERS])
def test_every_schema_is_plain_json(family):
    for kind in family.values():
        assert json.loads(json.dumps(kind.schema())) == kind.schema()
        assert kind.schema()["properties"].keys() == kind.params.keys()


@each
@given(data=st.data())
def test_what_is_allowed_is_valid_in_its_schema(name, data):
    param = Sample.params[name]
    written = json.loads(json.dumps(param.to_json(param.check(data.draw(GOOD[name])))))
    assert valid(written, param.schema())
    assert valid(json.loads(json.dumps(param.to_json(param.initial))), param.schema())


@pytest.mark.parametrize(("name", "value"), [
    ("text", "longer"), ("path", 1), ("names", ["a", "a"]), ("names", ["a", "b", "c", "d"]), ("labels", {"a": "up"}),
    ("labels", dict.fromkeys("abcd", "in")), ("kinds", ["adam"] * 4),
    ("kinds", [{"kind": "adam", "params": {"beta1": 2}}]),
    ("points", [[0, 0]]), ("points", [[1001, 0, 0]]),
])
def test_what_is_refused_is_not_valid_in_its_schema(name, value):
    assert attempt(Sample.params[name], value)[1]
    assert not valid(value, Sample.params[name].schema())


def test_of_several_kinds_the_wrong_one_is_named_by_its_place():
    with pytest.raises(ParamError, match=r"^kinds\[1\]\.params\.beta1: a number"):
        Sample(kinds=["sgd", {"kind": "adam", "params": {"beta1": 2.0}}])


def test_several_kinds_of_which_one_is_not_known_stay_as_they_stand_with_the_known_ones_complete():
    found = Sample.params["kinds"].foreign(["sgd", {"kind": "newer", "params": {"depth": 3}}])
    assert [kind.kind for kind in found] == ["sgd", "newer"]
    assert dict(found[0].params) == OPTIMIZERS["sgd"]().config()
    assert dict(found[1].params) == {"depth": 3}
    assert Sample.params["kinds"].foreign(["sgd", "adam"]) is None


def test_a_word_for_each_name_is_the_same_in_whatever_order_it_is_given():
    one, other = Sample(labels={"b": "in", "a": "out"}), Sample(labels=[("a", "out"), ("b", "in")])
    assert one.labels == other.labels == (("a", "out"), ("b", "in"))
    assert hash(one.labels) == hash(other.labels)


def test_parameters_stand_in_the_order_of_their_importance():
    class Base(Declared):
        common = Float(default=0.0, advanced=True, doc="Of many kinds.")
        first = Int(default=1, doc="Of the base.")
        second = Int(default=2, doc="Of the base too.")

    class Own(Base):
        rare = Float(default=0.0, advanced=True, doc="Own, and rarely needed.")
        third = Int(default=3, doc="Own.")

    class Led(Own):
        leading = ("third", "second")
        fourth = Int(default=4, doc="Own.")

    assert list(Base.params) == ["first", "second", "common"]
    assert list(Own.params) == ["first", "second", "third", "rare", "common"]
    assert list(Led.params) == ["third", "second", "first", "fourth", "rare", "common"]
    assert list(Led().config()) == list(Led.params)


def test_every_layer_that_names_leading_parameters_has_them():
    led = {kind: layer for kind, layer in LAYERS.items() if layer.leading}
    assert led
    for layer in led.values():
        assert tuple(layer.params)[: len(layer.leading)] == layer.leading
