"""Parquet, Excel and JSON, and telling them apart."""
from __future__ import annotations

import datetime
import gzip
import json
from io import BytesIO

import numpy as np
import polars as pl
import pytest

from core.datasets._tables import sniff_kind
from tests.core.datasets.tables._look import kinds, refusal, values
from tests.core.datasets.tables._workbook import DAY_ONE, workbook

DAYS = [datetime.datetime(2024, 1, day) for day in (1, 2, 3, 4)]
ROWS = [{"n": 1.5, "whole": 10**6 + i, "word": "ab"[i % 2], "yes": i < 2, "text": f"t {i}"} for i in range(4)]
READ = {"n": [1.5] * 4, "whole": [1e6, 1e6 + 1, 1e6 + 2, 1e6 + 3], "word": ["a", "b"] * 2,
        "yes": ["true", "true", "false", "false"], "text": ["t 0", "t 1", "t 2", "t 3"]}


def lines(rows=ROWS):
    return "".join(json.dumps(row) + "\n" for row in rows)


def parquet(frame):
    held = BytesIO()
    frame.write_parquet(held)
    return held.getvalue()


def test_json_lines_are_read(table):
    assert values(table(lines(), "table.jsonl")) == READ
    assert values(table(gzip.compress(lines().encode()), "table.jsonl.gz")) == READ


def test_a_list_of_json_objects_is_read(table):
    assert values(table(json.dumps(ROWS, indent=2), "table.json")) == READ
    assert values(table(json.dumps(ROWS), "table.txt")) == READ


def test_fields_of_json_objects_may_be_missing_null_or_nan(table):
    text = '{"a": 1, "b": "x"}\n\n{"b": null}\n{"a": NaN, "b": "x"}\n{"a": null, "b": "y"}\n{"a": 2, "b": "y"}\n'
    found = table(text, "table.jsonl")
    np.testing.assert_array_equal(values(found)["a"], [1, np.nan, np.nan, np.nan, 2])
    assert values(found)["b"] == ["x", None, "x", "y", "y"]


def test_fields_that_hold_lists_are_left_out_and_named(table):
    dataset = table('{"a": 1, "b": [1, 2]}\n{"a": 2, "b": []}\n', "table.jsonl")
    assert values(dataset) == {"a": [1, 2]}
    assert [(note.column, note.problem.code) for note in dataset.notes()] == [("b", "table.left_out")]


def test_whole_numbers_of_any_length_are_read(table):
    dataset = table(f'{{"a": {10**30}}}\n{{"a": 1}}\n{{"a": {10**400}}}\n', "table.jsonl")
    np.testing.assert_array_equal(values(dataset)["a"], np.array([1e30, 1, np.inf], np.float32))


@pytest.mark.parametrize(("text", "place"), [
    ('{"a": 1}\n{"a": 2}\n{"a": \n', "line 3"), ('{"a": 1}\n\n[1]\n', "line 3"), ('{"a": 1}\n7\n', "line 2"),
    ('{"a": 1}\n{"a": 1, "b": 2}\n', None), ('{"a": 1}\n' + "[" * 10_000, "line 2"),
    ('[{"a": 1},\n{"a" 2}]', "line 2"), ('[{"a": 1},\n3]', "entry 2 of the list")])
def test_broken_json_is_refused_with_its_line(table, text, place):
    if place is None:
        assert len(table(text, "table.jsonl").columns()) == 2
    else:
        problem = refusal(table(text, "table.jsonl"))
        assert problem.code == "table.json"
        assert problem.message.startswith(f"table.jsonl, {place}: ")


def test_a_field_that_turns_up_late_is_refused_with_its_line(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.source.Source.pieces.__defaults__", (100,))
    problem = refusal(table('{"a": 1}\n' * 50 + '{"late": 1}\n', "table.jsonl"))
    assert problem.message == 'table.jsonl, line 51: the field "late" occurs here for the first time.'


def test_parquet_is_read_with_its_types(table):
    frame = pl.DataFrame(ROWS).with_columns(
        pl.Series("day", DAYS), pl.Series("date", [day.date() for day in DAYS]),
        pl.Series("zone", DAYS).dt.replace_time_zone("Europe/Berlin"), pl.Series("gap", [1, None, 3, None]),
        pl.Series("kind", ["u", "v", "u", None], dtype=pl.Categorical))
    found = values(table(parquet(frame), "table.parquet"))
    assert {name: found[name] for name in READ} == READ
    assert found["day"] == found["date"] == DAYS
    assert found["zone"][0] == datetime.datetime(2023, 12, 31, 23)
    np.testing.assert_array_equal(found["gap"], [1, np.nan, 3, np.nan])
    assert found["kind"] == ["u", "v", "u", ""]


def test_columns_of_parquet_that_hold_lists_or_bytes_are_left_out_and_named(table):
    frame = pl.DataFrame({"a": [1.0, 2.0], "b": [[1], [2]], "c": [b"x", b"y"]})
    dataset = table(parquet(frame), "table.parquet")
    assert values(dataset) == {"a": [1, 2]}
    assert [(note.column, note.problem.code) for note in dataset.notes()] == [
        ("b", "table.left_out"), ("c", "table.left_out")]


def test_parquet_is_read_in_parts(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.parquet.Parquet.batches.__defaults__", (7,))
    frame = pl.DataFrame({"n": np.arange(100) / 4, "text": [f"t{i}" for i in range(100)]})
    found = values(table(parquet(frame), "table.parquet"))
    assert (found["n"], found["text"]) == (frame["n"].to_list(), frame["text"].to_list())


def test_a_workbook_is_read_with_its_types(table):
    rows = [[0.1 * i, "ab"[i % 2], i < 2, (DAY_ONE + i,), f"t {i}"] for i in range(4)]
    rows.insert(0, ["n", "word", "yes", "day", "text"])
    dataset = table(workbook({"First": rows, "Second": [["z"], [1], [2]]}), "table.xlsx")
    assert kinds(dataset) == {"n": "number", "word": "category", "yes": "category", "day": "date", "text": "text"}
    found = values(dataset)
    assert found["n"] == [np.float32(0.1 * i) for i in range(4)]
    assert (found["yes"], found["day"]) == (["true", "true", "false", "false"], DAYS)


def test_a_sheet_is_chosen_by_name_or_number(table):
    book = workbook({"First": [["a"], [1], [2]], "Second": [["z"], [3], [4]]})
    assert values(table(book, "table.xlsx")) == {"a": [1, 2]}
    for sheet in ("Second", "2"):
        assert values(table(book, "table.xlsx", sheet=sheet)) == {"z": [3, 4]}
    problem = refusal(table(book, "table.xlsx", sheet="Third"))
    assert problem.text == 'table.xlsx: there is no sheet "Third". There is "First", "Second".'


def test_empty_cells_are_missing_and_empty_rows_do_not_count(table):
    book = workbook({"S": [["a", "b"], [1, "x"], [], [None, "x"], [3, None], [4, "y"], [5, "y"]]})
    found = values(table(book, "table.xlsx"))
    np.testing.assert_array_equal(found["a"], [1, np.nan, 3, 4, 5])
    assert found["b"] == ["x", "x", None, "y", "y"]


def test_a_word_in_a_column_of_a_workbook_is_refused_with_its_row(table):
    book = workbook({"S": [["a"], [1], [], ["two"]]})
    assert refusal(table(book, "table.xlsx", types={"a": "number"})).message == (
        'table.xlsx, row 4: "two" in the column "a" is no number.')


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("a.csv", b"a,b\n1,2\n", "csv"), ("a.TSV", b"a\tb\n", "csv"), ("a.txt", b"words", "csv"),
    ("a.csv.gz", gzip.compress(b"a,b\n", mtime=0), "csv"), ("a.jsonl", b'{"a": 1}\n', "jsonl"),
    ("a.json", b'[{"a": 1}]', "jsonl"), ("a.json", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
    ("a.txt", b'{"a": 1}\n', "jsonl"), ("a.json", b'{\n  "format": 1\n}', ""),
    ("a.parquet", b"PAR1....", "parquet"), ("a", b"PAR1....", "parquet"), ("a.xlsx", b"PK\x03\x04....", "excel"),
    ("a.csv", b"PK\x03\x04....", "excel"), ("a.parquet", b"a,b\n", ""), ("a.png", b"\x89PNG", ""),
    ("a.zip", b"PK\x03\x04", ""), ("a.py", b"import sys", "")])
def test_the_kind_of_a_file_is_seen_from_its_name_and_its_first_bytes(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert sniff_kind(tmp_path / name) == kind


def test_what_is_no_file_is_of_no_kind(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    assert [sniff_kind(tmp_path / name) for name in ("folder.csv", "none.csv", "bad\0name.csv")] == ["", "", ""]
