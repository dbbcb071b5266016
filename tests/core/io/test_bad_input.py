"""Whatever is opened: a document, or one clear sentence. Never another exception."""
import copy
import json
import os
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import FormatError
from core.graph.check import check
from core.graph.document import Document
from core.io import documents, examples
from tests.core._build import xor
from tests.core.io.test_documents import V1

TEXT = V1.read_bytes()
BODY = json.loads(TEXT)
SMALL = examples.EXAMPLES["xor-mlp"].path.read_bytes()


def opened(raw, name="net.json"):
    """The document, or None if it was refused in one clear sentence that names the file."""
    try:
        doc = documents.loads(raw, name)
    except FormatError as error:
        problem = error.problem
        assert name in problem.message
        assert problem.message.endswith((".", "?"))
        assert len(problem.text) < 500
        assert "\n" not in problem.text
        return None
    assert isinstance(doc, Document)
    check(doc)
    assert documents.loads(documents.dumps(doc)) == doc
    return doc


def refused(raw, *words):
    with pytest.raises(FormatError) as caught:
        documents.loads(raw, "net.json")
    opened(raw)
    for word in words:
        assert word in caught.value.problem.message
    return caught.value.problem


def changed(**members):
    return json.dumps({**BODY, **members})


def node(**fields):
    return json.dumps({"format": "layerloom", "version": 1, "nodes": {"hidden": {"kind": "dense", **fields}}})


def wired(*rows):
    nodes = {"a": {"kind": "input"}, "b": {"kind": "dense"}, "c": {"kind": "relu"}, "d": {"kind": "output"}}
    return json.dumps({"format": "layerloom", "version": 1, "nodes": nodes, "edges": list(rows)})


def edge(source, target, port="x"):
    return {"from": source, "port": port, "to": target}


@pytest.mark.parametrize("raw", [
    b"", b" \n", b"{", b"[]", b"null", b"3", b'"layerloom"', b"{}", b"nonsense", b'{"format": "other"}', b"\x00" * 50,
    b'{"format": "layerloom"}', b"\xff\xfe{\x00}\x00", b"\x89PNG\r\n\x1a\n", b"PK\x03\x04", b"\xef\xbb\xbf",
    b"{'a': 1}",
    b'{"format": "layerloom", "version": 1,}', b"// a comment\n{}", b'{"format": ["layerloom"], "version": 1}',
])
def test_what_is_no_network_is_refused(raw):
    refused(raw, "net.json")


def test_a_file_cut_off_anywhere_is_refused():
    assert opened(SMALL) is not None
    for end in range(len(SMALL.rstrip()) - 1):
        assert opened(SMALL[:end]) is None


def test_a_file_with_any_line_missing_is_opened_or_refused():
    lines = TEXT.splitlines(keepends=True)
    for number in range(len(lines)):
        opened(b"".join(lines[:number] + lines[number + 1 :]))


def test_a_huge_file_is_refused_without_reading_all_of_it(tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as stream:
        stream.truncate(100 * 2**20)
    with pytest.raises(FormatError, match=r"huge\.json is too large for a network: it has more than 32 MB\."):
        documents.read(file)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no endless device here")
def test_an_endless_device_is_refused():
    with pytest.raises(FormatError, match="too large"):
        documents.read("/dev/zero")


@pytest.mark.parametrize("raw", [
    b"[" * 10_000 + b"]" * 10_000, b'{"a":' * 10_000 + b"1" + b"}" * 10_000, b"[" * 10_000, b'{"a":[' * 100_000,
])
def test_deep_nesting_is_refused(raw):
    refused(raw)
    deep = {"format": "layerloom", "version": 1}
    refused(json.dumps(deep)[:-1].encode() + b', "deep": ' + raw + b"}")


def test_nesting_that_a_person_could_read_is_fine():
    assert opened(changed(remarks=json.loads("[" * 40 + "]" * 40))) is not None
    refused(changed(remarks=json.loads("[" * 80 + "]" * 80)), "nested too deeply")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "9" * 400 + ".0"])
@pytest.mark.parametrize("place", ["learning_rate", "anything"])
def test_numbers_that_are_none_are_refused(number, place):
    refused(f'{{"format": "layerloom", "version": 1, "training": {{"{place}": {number}}}}}')


@pytest.mark.parametrize("digits", [20, 300, 4000, 5000, 100_000])
@pytest.mark.parametrize("field", ["learning_rate", "epochs", "seed", "optimizer"])
def test_endless_whole_numbers_are_refused(digits, field):
    endless = "9" * digits
    refused(f'{{"format": "layerloom", "version": 1, "training": {{"{field}": {endless}}}}}')
    refused(f'{{"format": "layerloom", "version": {endless}}}')
    body = json.dumps({"format": "layerloom", "version": 1, "nodes": {"a": {"kind": "dense", "position": ["HERE", 0]}}})
    refused(body.replace('"HERE"', endless))


@pytest.mark.parametrize(("raw", "words"), [
    (node(params={"units": "four"}), ['nodes.hidden.params.units: a whole number from 1 to 65536, got "four".']),
    (node(params={"units": 0}), ["nodes.hidden.params.units", "got 0."]),
    (node(params={"initializer": {"kind": "normal", "params": {"scale": -1}}}),
     ["nodes.hidden.params.initializer.params.scale", "from 0 to 100"]),
    (node(params=[1]), ["nodes.hidden.params: an object in braces"]),
    (node(position=[1]), ["nodes.hidden.position: two numbers"]),
    (node(position=["1", 2]), ["nodes.hidden.position"]),
    (node(position=[1e9, 0]), ["nodes.hidden.position"]),
    (node(position=[True, 0]), ["nodes.hidden.position"]),
    (node(title=3), ["nodes.hidden.title: a text"]),
    (node(frozen=1), ["nodes.hidden.frozen: true or false"]),
    (node(version=0), ["nodes.hidden.version: a whole number from 1"]),
    (node(version=True), ["nodes.hidden.version"]),
    (node(kind=5), ["nodes.hidden.kind: the id of a layer"]),
    (node(kind=""), ["nodes.hidden.kind"]),
    (node(kind="x" * 300), ["nodes.hidden.kind"]),
    (changed(nodes=[]), ["nodes: an object in braces"]),
    (changed(nodes={"": {"kind": "relu"}}), ["nodes: a name of 1 to 200 characters"]),
    (changed(nodes={"n" * 300: {"kind": "relu"}}), ["nodes: a name of 1 to 200 characters"]),
    (changed(data=7), ["data: an object in braces"]),
    (changed(data={"validation": 2}), ["data.validation: a number from 0 to 0.9, got 2."]),
    (changed(training={"epochs": 1.5}), ["training.epochs: a whole number from 1"]),
    (changed(training={"optimizer": {"kind": "adam", "params": {"self": 1}}}), ["training.optimizer.params.self"]),
    (changed(edges={}), ["edges: a list in brackets"]),
    (changed(version="1"), ["version: a whole number from 1"]),
    (changed(version=-1), ["version: a whole number from 1"]),
])
def test_the_message_names_the_place_what_is_allowed_and_what_came(raw, words):
    refused(raw, *words)


@pytest.mark.parametrize(("rows", "words"), [
    ([edge("a", "ghost")], ['edges[0]: there is no node "ghost".']),
    ([edge("a", "b"), edge("ghost", "c")], ['edges[1]: there is no node "ghost".']),
    ([edge("a", "b"), edge("a", "b")], ["edges[1]: the input x of b has a wire already (edges[0])."]),
    ([edge("a", "c"), edge("b", "c")], ["edges[1]: the input x of c has a wire already (edges[0])."]),
    ([edge("b", "b")], ["edges[0]: This wire from Dense to Dense would close a loop."]),
    ([edge("b", "c"), edge("c", "b")], ["edges: the nodes", "form a loop"]),
    ([edge("a", "b", "y")], ["edges[0]: Dense has no input 'y'."]),
    ([edge("b", "a")], ["edges[0]: Input has no input 'x'."]),
    ([edge("d", "b")], ["edges[0]: Output is the end of the network"]),
    ([{"from": "a", "to": "b"}], ["edges[0]: an edge like"]),
    ([{"from": "a", "to": "b", "port": 3}], ["edges[0]: an edge like"]),
    ([{"from": "a", "to": "b", "port": "x", "more": 1}], ["edges[0]: an edge like"]),
    (["a-b"], ["edges[0]: an object in braces"]),
])
def test_wires_that_cannot_be_are_named_by_their_number(rows, words):
    refused(wired(*rows), *words)


@pytest.mark.parametrize("raw", [
    '{"format": "layerloom", "version": 1, "version": 1}',
    '{"format": "layerloom", "version": 1, "nodes": {"a": {"kind": "relu"}, "a": {"kind": "tanh"}}}',
    '{"format": "layerloom", "version": 1, "training": {"epochs": 1, "epochs": 2}}',
])
def test_anything_that_stands_there_twice_is_refused(raw):
    refused(raw, "stands there twice")


def test_thousands_of_nodes_in_a_loop_are_refused_shortly():
    nodes = {f"n{i}": {"kind": "relu"} for i in range(10_000)}
    rows = [edge(f"n{i}", f"n{(i + 1) % 10_000}") for i in range(10_000)]
    refused(json.dumps({"format": "layerloom", "version": 1, "nodes": nodes, "edges": rows}), "form a loop")


def test_too_many_nodes_are_refused():
    nodes = {f"n{i}": {"kind": "relu"} for i in range(20_001)}
    refused(json.dumps({"format": "layerloom", "version": 1, "nodes": nodes}), "at most 20000 nodes")


def test_unknown_kinds_and_fields_are_kept_not_refused():
    doc = opened(changed(future={"a": [1, None]}))
    assert doc.extra["future"] == {"a": [1, None]}


@pytest.mark.parametrize("name", ["__proto__", "__class__", "constructor", "self", "\ud800", "a.b", "x\ny", "💥", " "])
def test_strange_names_are_names_like_any_other(name):
    body = {"format": "layerloom", "version": 1, "nodes": {name: {"kind": "relu", name: 1}}, name: [name],
            "training": {name: name}, "edges": []}
    doc = documents.loads(json.dumps(body))
    assert set(doc.nodes) == {name}
    assert documents.loads(documents.dumps(doc).encode()) == doc


WRONG = [None, True, 0, -1, 1.5, 10**30, "", "x" * 5000, [], [None], [1, 2], {}, {"kind": 1}, {"": ""}, "\ud800",
         {"kind": "adam", "params": {"self": {}}}]


def places(value, path=()):
    yield path
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from places(value[key], (*path, key))


def replaced(path, value):
    body = copy.deepcopy(BODY)
    if not path:
        return value
    target = body
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return body


def removed(path):
    body = replaced(path, None)
    target = body
    for key in path[:-1]:
        target = target[key]
    del target[path[-1]]
    return body


def test_any_value_in_any_place_is_opened_or_refused():
    outcomes = {opened(json.dumps(replaced(path, wrong))) is None for path in places(BODY) for wrong in WRONG}
    assert outcomes == {True, False}


def test_any_part_may_be_missing_or_have_another_name():
    for path in places(BODY):
        if path:
            opened(json.dumps(removed(path)))
            if isinstance(path[-1], str):
                opened(json.dumps(replaced((*path[:-1], path[-1] + "_"), 1)))


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(raw):
    assert opened(raw) is None


@given(st.integers(), st.integers(1, 8))
def test_damaged_bytes_are_opened_or_refused(seed, count):
    chance = random.Random(seed)
    raw = bytearray(TEXT)
    for _ in range(count):
        place = chance.randrange(len(raw))
        match chance.randrange(3):
            case 0:
                raw[place] = chance.randrange(256)
            case 1:
                del raw[place : place + chance.randrange(1, 30)]
            case _:
                raw[place:place] = bytes(chance.choices(b'{}[]",:0123456789.eE-truefalsn\\\xff ', k=3))
    opened(bytes(raw))


JSON = st.recursive(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8)),
                    lambda inner: st.one_of(st.lists(inner, max_size=3),
                                            st.dictionaries(st.text(max_size=8), inner, max_size=3)), max_leaves=8)


@given(path=st.sampled_from(list(places(BODY))), value=JSON)
def test_random_values_in_random_places_are_opened_or_refused(path, value):
    opened(json.dumps(replaced(path, value)))


@pytest.mark.parametrize("name", ["no_such.json", "", "folder", "a\0b", "x" * 5000, "file.json/inside"])
def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path, name):
    (tmp_path / "folder").mkdir()
    documents.write(xor(), tmp_path / "file.json")
    with pytest.raises(FormatError) as caught:
        documents.read(f"{tmp_path}/{name}")
    assert caught.value.problem.code == "file.read"
    assert "cannot be read: " in caught.value.problem.message
    assert caught.value.problem.hint == "Check that it is there and that you may read it."
