"""A bundle that is damaged, cut off, tampered with or newer gives one sentence, and nothing else ever."""
import io
import json
import zipfile
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import load, save

from core.errors import FormatError
from core.io import checkpoints
from core.train.control import Control
from core.train.events import Failed
from core.train.loop import train
from tests.core.io.test_checkpoints import loaded, perceptron, rich, stopped

NAMES = ["network.json", "training.json", "training.safetensors", "weights.safetensors"]
JUNK = st.recursive(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
                    | st.text(max_size=5), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=5)


@cache
def good(kind="rich"):
    return checkpoints.encode(checkpoints.capture(stopped(rich() if kind == "rich" else perceptron(), 9)))


@cache
def members(kind="rich"):
    with zipfile.ZipFile(io.BytesIO(good(kind))) as archive:
        return {name: archive.read(name) for name in NAMES}


def packed(changed=None, without=(), kind="rich"):
    """A sound archive with other content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {**members(kind), **(changed or {})}.items():
            if name not in without:
                archive.writestr(name, content)
    return buffer.getvalue()


def tried(raw):
    """Resume from these bytes and train on: the session, or the one sentence of the refusal."""
    try:
        session = checkpoints.resume(loaded(raw), name="x.loom")
    except FormatError as error:
        message = error.problem.message
        assert "\n" not in message
        assert message[-1] in ".?"
        return message
    end = list(train(session, Control()))[-1]
    assert not (isinstance(end, Failed) and end.trace), end.trace
    return session


def test_the_sound_one_goes_on():
    assert not isinstance(tried(packed()), str)


@given(st.data())
def test_bytes_that_changed_are_refused_or_make_no_difference(data):
    raw = bytearray(good())
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    tried(bytes(raw))


@given(st.integers(0, 10**6))
def test_a_file_that_was_cut_off_is_refused(cut):
    assert isinstance(tried(good()[: cut % len(good())]), str)


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"{}", b"\x89PNG", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_archive_is_refused(content):
    assert isinstance(tried(content), str)


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_member_is_named(name):
    assert f"{name} is missing" in tried(packed(without=[name]))


def places(tree, before=()):
    for key, value in tree.items():
        yield (*before, key)
        if isinstance(value, dict):
            yield from places(value, (*before, key))


@pytest.mark.parametrize("kind", ["rich", "perceptron"])
@given(data=st.data())
def test_any_value_may_be_anything(kind, data):
    tree = json.loads(members(kind)["training.json"])
    *way, last = data.draw(st.sampled_from(list(places(tree))))
    here = tree
    for key in way:
        here = here[key]
    if data.draw(st.booleans()):
        here[last] = data.draw(JUNK)
    else:
        del here[last]
    tried(packed({"training.json": json.dumps(tree).encode()}, kind=kind))


@pytest.mark.parametrize("member", ["weights.safetensors", "training.safetensors"])
@given(data=st.data())
def test_any_array_may_be_missing_or_of_another_type_or_shape(member, data):
    arrays = load(members()[member])
    name = data.draw(st.sampled_from(sorted(arrays)))
    what = data.draw(st.sampled_from(["gone", "type", "shape", "rank", "empty"]))
    array = arrays.pop(name)
    if what != "gone":
        arrays[name] = {"type": lambda: array.astype(np.float16), "shape": lambda: np.repeat(array, 2, 0),
                        "rank": lambda: array[None], "empty": lambda: array[:0]}[what]()
    message = tried(packed({member: save({k: np.ascontiguousarray(v) for k, v in arrays.items()})}))
    assert isinstance(message, str)
    assert name.removeprefix("rule.").removeprefix("best.") in message


def test_an_order_that_is_none_is_refused():
    arrays = load(members()["training.safetensors"])
    arrays["rule.order"][:] = 0
    assert "is no order of" in tried(packed({"training.safetensors": save(arrays)}))


def test_counters_that_do_not_agree_are_refused():
    tree = json.loads(members()["training.json"])
    tree["values"]["step"] += 1
    assert "do not agree" in tried(packed({"training.json": json.dumps(tree).encode()}))


def test_a_newer_one_is_refused_in_one_sentence():
    tree = json.loads(members()["training.json"])
    tree["version"] = 2
    message = tried(packed({"training.json": json.dumps(tree).encode(), "new.bin": b"1"}))
    assert "written by a newer Layerloom" in message


def test_members_that_nobody_knows_are_never_looked_at_wherever_they_want_to_go():
    strange = {"../../evil": b"1", "/etc/evil": b"1", "preview.png": b"no picture", "history.csv": b"\0"}
    assert not isinstance(tried(packed(strange)), str)


def test_small_files_do_not_unpack_to_huge_ones():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members().items():
            bomb = name == "training.safetensors"
            archive.writestr(name, b"\0" * 10**7 if bomb else content, zipfile.ZIP_DEFLATED)
    assert "larger than it may be" in tried(buffer.getvalue())
    bomb = {"training.json": b" " * (checkpoints.LARGEST["training.json"] + 1)}
    assert "training.json in it is larger than it may be" in tried(packed(bomb))


def test_a_member_that_is_there_twice_is_refused():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members().items():
            archive.writestr(name, content)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("training.json", b"{}")
    assert "more than belongs there" in tried(buffer.getvalue())


def test_a_network_that_cannot_be_trained_is_refused():
    tree = json.loads(members()["network.json"])
    tree["edges"] = []
    assert tried(packed({"network.json": json.dumps(tree).encode()})).startswith("x.loom")


def test_what_is_no_file_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "none.loom", "/dev/zero", "a\0b"):
        assert not checkpoints.is_bundle(path)
        with pytest.raises(FormatError):
            checkpoints.read(path)
