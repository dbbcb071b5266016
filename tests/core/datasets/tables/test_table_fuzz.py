"""Random and damaged files give clean errors; well-formed ones come back as they were written."""
from __future__ import annotations

import json
import math
import tempfile
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.datasets import forget
from core.datasets._tables.options import MISSING
from core.datasets.table_file import TableFile
from core.errors import DataError
from tests.core.datasets.tables._look import values
from tests.core.datasets.tables._workbook import workbook

NUMBERS = st.one_of(st.none(), st.integers(-10**9, 10**9), st.floats(allow_nan=False, allow_infinity=False, width=32))
LETTERS = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u0085\u2028\u2029")
TEXTS = st.text(LETTERS | st.sampled_from(',;"\t\n|'), min_size=2, max_size=8).filter(
    lambda text: text.strip() == text and any(letter.isalpha() for letter in text) and text not in MISSING)
SOUND = {
    "csv": b'name,size,day\n"a ""b"" c",1.5,2024-01-01\n\xc3\xa4,-2,2024-01-02\n,NA,\n' * 3,
    "jsonl": b'{"a": 1, "b": "x"}\n{"a": null, "b": "\xc3\xa4"}\n' * 3,
    "json": b'[{"a": 1, "b": "x"},\n {"a": 2.5, "b": null}]',
    "xlsx": workbook({"S": [["a", "b"], [1, "x"], [2, "y"]]}),
}


def read(content, ending, **params):
    """The file as a table, or None if it is refused as it should be."""
    forget()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"table.{ending}")
        path.write_bytes(content)
        try:
            dataset = TableFile(path=str(path), **params)
            columns = dataset.table(0)
            assert [column.spec for column in columns] == list(dataset.columns())
            assert {len(column) for column in columns} == {dataset.count()}
            return values(dataset)
        except DataError as error:
            problem = error.problem
            assert problem.code.startswith("table.")
            assert "polars" not in problem.text
            assert problem.hint
            return None


@given(st.binary(max_size=200), st.sampled_from(["csv", "tsv", "jsonl", "json", "txt", "csv.gz"]))
def test_random_bytes_give_a_table_or_a_clean_error(content, ending):
    read(content, ending)


@given(st.text(st.sampled_from('ab12.,;-"\n\r\t |/:?é'), max_size=120),
       st.sampled_from(["auto", "comma", "space", "semicolon"]))
def test_text_that_is_nearly_a_table_gives_a_table_or_a_clean_error(text, delimiter):
    read(text.encode(), "csv", delimiter=delimiter)


@st.composite
def mutations(draw):
    """A sound file with some bytes replaced, removed or repeated."""
    ending = draw(st.sampled_from(sorted(SOUND)))
    content = bytearray(SOUND[ending])
    for _ in range(draw(st.integers(1, 5))):
        place = draw(st.integers(0, len(content) - 1))
        change = draw(st.integers(0, 2))
        if change == 0:
            content[place] = draw(st.integers(0, 255))
        elif change == 1:
            del content[place : place + draw(st.integers(1, 20))]
        else:
            content[place:place] = content[place : place + draw(st.integers(1, 40))]
        if not content:
            break
    return ending, bytes(content)


@given(mutations())
def test_a_damaged_file_gives_a_table_or_a_clean_error(damaged):
    ending, content = damaged
    read(content, ending)


@st.composite
def tables(draw):
    """Columns of numbers and of texts that differ, at least two of each value's kind."""
    rows = draw(st.integers(2, 12))
    numbers = draw(st.lists(st.lists(NUMBERS, min_size=rows, max_size=rows), min_size=1, max_size=3))
    texts = draw(st.lists(st.lists(TEXTS, min_size=rows, max_size=rows, unique=True), max_size=2))
    # A row of nothing but missing values is a blank line in some files.
    columns = {"order": [float(n) + 0.5 for n in range(rows)]}
    return columns | {f"n{i}": v for i, v in enumerate(numbers)} | {f"t{i}": v for i, v in enumerate(texts)}


def check(found, columns):
    assert list(found) == list(columns)
    for name, wanted in columns.items():
        if name.startswith("t"):
            assert found[name] == wanted
        else:
            numbers = np.array([math.nan if value is None else value for value in wanted], np.float64)
            np.testing.assert_array_equal(found[name], numbers.astype(np.float32))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@given(columns=tables())
def test_a_sound_table_comes_back_exactly(separator, columns):
    frame = pl.DataFrame({name: pl.Series(values, dtype=pl.Float64 if name[0] in "on" else pl.String)
                          for name, values in columns.items()})
    named = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "pipe"}[separator]
    types = {name: "text" if name.startswith("t") else "number" for name in columns}
    check(read(frame.write_csv(separator=separator).encode(), "csv", delimiter=named, decimal="point", header="yes",
               types=types), columns)


@given(columns=tables())
def test_sound_json_lines_come_back_exactly(columns):
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    types = {name: "text" if name.startswith("t") else "number" for name in columns}
    check(read("\n".join(map(json.dumps, rows)).encode(), "jsonl", types=types), columns)
