"""What is wrong with a file is said in one sentence that names the file and the line."""
from __future__ import annotations

import gzip
import os
from io import BytesIO
from pathlib import Path

import polars as pl
import pytest

from core.datasets import Recipe, Task, outline, prepare, survey
from core.datasets.table_file import TableFile
from core.errors import DataError
from tests.core.datasets.tables._look import refusal, values
from tests.core.datasets.tables._workbook import sheet, workbook

SMALL_PIECES = "core.datasets._tables.source.Source.pieces.__defaults__"


@pytest.mark.parametrize(("content", "message"), [
    ("", "table.csv: the file is empty."),
    ("\n \n\n", "table.csv: the file holds nothing but blank lines."),
    ("a,b,c\n", "table.csv, line 1: there is a heading, but no row below it."),
    ("\na,b,c", "table.csv, line 2: there is a heading, but no row below it."),
    ("a,b,c\n1,2,3\n1,2\n", "table.csv, line 3: there are 2 values, where the first line has 3."),
    ("a,b,c\n1,2,3\n1\n", "table.csv, line 3: there is 1 value, where the first line has 3."),
    ("a,b,c\n1,2,3\n\n1,2,3,4\n", "table.csv, line 4: there are 4 values, where the first line has 3."),
    ('a,b\n"1\n1",2\n1,2,3\n', "table.csv, line 4: there are 3 values, where the first line has 2."),
    ('a,b\n1,"2\n3,4\n5,6\n', "table.csv, line 2: a quotation mark is opened and never closed."),
    ('a,b\n1,2\n3,"x"y\n5,6\n', "table.csv, line 3: there is text around a value in quotation marks."),
    ('a,b\n1,2\n3,5" pipe\n5,6\n7,8" pipe\n9,9\n',
     "table.csv, line 3: there is a quotation mark in the middle of a value."),
    ("a,b\n1,2\n3,\0\n", "table.csv, line 3: this is not text."),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "table.csv, line 2: this is not text."),
    ("a,b\nä,1\n".encode() + b"\xe4,2\n", "table.csv, line 3: this is not UTF-8 text."),
    (b"a,b\n\x81\x8d,2\n", "table.csv, line 2: this is not CP1252 text."),
    (b"\x1f\x8bdamaged", "table.csv: the file is damaged, it cannot be unpacked."),
    (gzip.compress(b"a,b\n1,2\n" * 100, mtime=0)[:-9], "table.csv: the file is damaged, it cannot be unpacked."),
])
def test_bad_text_is_refused_with_its_place(table, content, message):
    assert refusal(table(content)).message == message


def test_a_ragged_line_far_down_is_named(table, monkeypatch):
    monkeypatch.setattr(SMALL_PIECES, (1000,))
    assert refusal(table("a,b\n" + "1,2\n" * 5000 + "1\n" + "1,2\n" * 5000)).message == (
        "table.csv, line 5,002: there is 1 value, where the first line has 2.")
    assert refusal(table("a,b\n" + '1,"x\n"\n' * 5000 + "1,2,3\n")).message == (
        "table.csv, line 10,002: there are 3 values, where the first line has 2.")


def test_a_table_in_a_wrong_encoding_that_somebody_names_is_refused(table):
    problem = refusal(table("a,b\n1,2\né,3\n".encode("latin-1"), encoding="utf-8"))
    assert problem.text == ("table.csv, line 3: this is not UTF-8 text. Choose the encoding that the file was written "
                            "in, or save it as UTF-8.")
    assert refusal(table(b"a,b\n1,2\n3", encoding="utf-16")).code == "table.encoding"


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused(table):
    problem = refusal(table(gzip.compress(b"a,b\n" + b"0,0\n" * (20 << 20)), "table.csv.gz"))
    assert problem.message == "table.csv.gz: unpacked, the file is more than 200 times as large."


def test_a_line_without_end_is_refused(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.records.LONGEST", 10_000)
    monkeypatch.setattr(SMALL_PIECES, (1000,))
    problem = refusal(table("a,b\n1,2\n" + "x" * 50_000 + ",1\n"))
    assert problem.message.startswith("table.csv, line 3: the line is longer than ")
    assert refusal(table("a,b\n1,2\n3,4\n5,6\n\"" + "x\n" * 50_000)).message == (
        "table.csv, line 5: a quotation mark is opened and never closed.")


def test_a_long_value_is_read(table):
    long = "x" * 1_000_000
    assert values(table(f"a,b\n1,{long}\n2,\n"))["b"] == [long, ""]


def test_no_file_is_chosen_at_first():
    assert refusal(TableFile()).text == "Table: no file is chosen. Choose a file."


def test_what_is_no_file_is_refused(tmp_path):
    folder = refusal(TableFile(path=str(tmp_path)))
    assert folder.message == f"{tmp_path.name}: this is a folder, not a file."
    missing = refusal(TableFile(path=str(tmp_path / "none.csv")))
    assert missing.message == f"none.csv: there is no such file in {tmp_path}."
    assert refusal(TableFile(path="x" * 4000)).code == "table.unreadable"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert refusal(TableFile(path=str(tmp_path / "pipe.csv"))).message == "pipe.csv: this is a device, not a file."


def test_a_file_that_may_not_be_read_is_refused(table, monkeypatch):
    dataset = table("a,b\n1,2\n")

    def refused(self, *args):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refused)
    assert refusal(dataset).message == "table.csv: the file cannot be read (permission denied)."


@pytest.mark.parametrize("name", ["table.csv", "table.jsonl"])
@pytest.mark.parametrize(("change", "message"), [
    (lambda path: path.write_bytes(path.read_bytes()[:500]), "the file changed while it was being read"),
    (lambda path: path.write_bytes(path.read_bytes() * 2), "the file changed while it was being read"),
    (lambda path: path.unlink(), "there is no such file in")])
def test_a_file_that_changes_or_vanishes_while_it_is_read_is_refused(table, monkeypatch, name, change, message):
    monkeypatch.setattr(SMALL_PIECES, (100,))
    dataset = table("a,b\n" + "1,2\n" * 500 if name == "table.csv" else '{"a": 1}\n' * 250, name)
    shares = []

    def told(text, share):
        shares.append(share)
        # The first piece is read twice; the rest is being read now.
        if len(shares) == 8:
            change(Path(dataset.path))

    with pytest.raises(DataError) as caught:
        survey(dataset, Task(told))
    assert caught.value.problem.message.startswith(f"{name}: {message}")


def test_a_file_that_changed_since_is_read_anew(table):
    dataset = table("a,b\n1,2\n3,4\n")
    assert dataset.count() == 2
    table("a,b,c\n1,2,3\n4,5,6\n7,8,9\n")
    assert (dataset.count(), list(values(dataset))) == (3, ["a", "b", "c"])


def parquet():
    held = BytesIO()
    pl.DataFrame({"a": range(1000), "b": [f"word {n}" for n in range(1000)]}).write_parquet(held)
    return held.getvalue()


@pytest.mark.parametrize("damage", [lambda d: d[:-1], lambda d: d[:100], lambda d: b"PAR1", lambda d: d[:500] + d[700:],
                                    lambda d: d[:200] + bytes(600) + d[800:]])
def test_damaged_parquet_is_refused(table, damage, capfd):
    assert refusal(table(damage(parquet()), "table.parquet")).message == (
        "table.parquet: this is no Parquet file, or it is damaged.")


def test_parquet_without_rows_or_useful_columns_is_refused(table):
    for frame, what in ((pl.DataFrame({"a": []}, schema={"a": pl.Float64}), "no row"),
                        (pl.DataFrame({"a": [[1]]}), "no column of numbers, words or dates")):
        held = BytesIO()
        frame.write_parquet(held)
        assert refusal(table(held.getvalue(), "table.parquet")).message == f"table.parquet: the file holds {what}."


BOOK = workbook({"S": [["a", "b"], [1, 2], [3, 4]]})


@pytest.mark.parametrize("content", [
    BOOK[:-30], BOOK[:300], b"PK\x03\x04" + bytes(100), BOOK[:200] + bytes(200) + BOOK[400:],
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)])
def test_a_damaged_workbook_is_refused(table, content, capfd):
    assert refusal(table(content, "table.xlsx")).message == "table.xlsx: this is no Excel workbook, or it is damaged."


@pytest.mark.parametrize(("sheets", "message"), [
    ({"S": []}, "the sheet is empty"), ({"S": [["a", "b"]]}, "the sheet has a heading, but no row below it")])
def test_a_workbook_without_rows_is_refused(table, sheets, message):
    assert refusal(table(workbook(sheets), "table.xlsx")).message == f"table.xlsx: {message}."


def test_a_workbook_with_a_password_is_refused(table):
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    assert refusal(table(content, "table.xlsx")).message == "table.xlsx: the workbook is protected by a password."


def test_a_workbook_that_unpacks_to_a_huge_one_is_refused(table):
    book = workbook({"S": [["a"], [1]]}, {"xl/sharedStrings.xml": bytes(80 << 20)})
    assert refusal(table(book, "table.xlsx")).message == (
        "table.xlsx: unpacked, the workbook is larger than any real one.")


def test_a_workbook_with_a_cell_far_out_is_refused(table):
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    book = workbook({"S": [["a"], [1]]}, {"xl/worksheets/sheet1.xml": sheet(rows).encode()})
    assert refusal(table(book, "table.xlsx")).message == (
        "table.xlsx: xl/worksheets/sheet1.xml spans 1,048,576 rows and 16,384 columns.")


def test_a_file_of_another_kind_is_refused(table):
    problem = refusal(table(b"GIF89a...", "picture.gif"))
    assert problem.message == "picture.gif: this is no table that can be read."


def test_a_file_with_too_many_columns_is_refused(table):
    assert refusal(table(",".join(map(str, range(100_001))))).message == (
        "table.csv: there are 100,001 columns, and 100,000 is the most.")


def test_too_many_values_are_refused(table, monkeypatch):
    monkeypatch.setattr("core.datasets._tables.reading.MOST_VALUES", 100)
    assert refusal(table("a,b\n" + "1,2\n" * 51)).message == "table.csv: more than 100 values are too many."


def test_a_target_with_one_class_is_refused(table):
    dataset = table("a,class\n1,x\n2,x\n3,x\n")
    with pytest.raises(DataError) as caught:
        outline(dataset, Recipe(roles={"class": "target"}))
    assert 'the target "class" has one class only' in caught.value.problem.message


def test_missing_and_infinite_values_are_refused_with_their_row(table):
    for value, word in (("NaN", "missing"), ("inf", "infinite")):
        with pytest.raises(DataError) as caught:
            prepare(table(f"a,y\n1,2\n{value},3\n3,4.5\n"), Recipe())
        assert f'column "a" is {word}' in caught.value.problem.message
