"""Tables as other programs write them."""
from __future__ import annotations

import datetime

import numpy as np
import pytest

from tests.core.datasets.tables._look import kinds, values

MANY = 6


def text(*rows: str, end: str = "\n") -> str:
    return "".join(row + end for row in rows)


def test_a_german_export_from_excel_is_read(table):
    rows = text("sep=;", "Straße;Preis;Menge;Tag;PLZ", '"Hauptstraße 1";"1.234,50";3;01.02.2024;01067',
                "Nebenweg 2;12,00;4;31.12.2023;80331", "Nebenweg 2;3,25;5;15.06.2024;01067",
                '"Hauptstraße 1";1,00;6;16.06.2024;80331', end="\r\n")
    dataset = table(rows.encode("cp1252"))
    assert kinds(dataset) == {"Straße": "category", "Preis": "number", "Menge": "number", "Tag": "date",
                              "PLZ": "category"}
    found = values(dataset)
    assert found["Preis"] == [1234.5, 12, 3.25, 1]
    assert found["Menge"] == [3, 4, 5, 6]
    assert found["Tag"][1] == datetime.datetime(2023, 12, 31)
    assert found["PLZ"] == ["01067", "80331", "01067", "80331"]
    assert found["Straße"][0] == "Hauptstraße 1"


@pytest.mark.parametrize("mark", [",", ";", "|"])
def test_the_line_of_excel_names_the_mark_between_the_values(table, mark):
    dataset = table(text(f"sep={mark}", f"a{mark}b", f"1{mark}2", f"3{mark}4"))
    assert values(dataset) == {"a": [1, 3], "b": [2, 4]}


def test_dates_of_both_shores_are_read(table):
    days = [datetime.datetime(2024, 3, 4), datetime.datetime(2024, 12, 25)]
    assert values(table("day,x\n03/04/2024,1\n12/25/2024,2\n", "us.csv"))["day"] == days
    assert values(table("day;x\n04.03.2024;1\n25.12.2024;2\n", "german.csv"))["day"] == days
    assert values(table("day;x\n04/03/2024;1\n25/12/2024;2\n", "british.csv"))["day"] == days


def test_what_sets_thousands_apart_does_not_matter(table):
    dataset = table('x,y\n"1,234,567",1\n"12,345.5",2\n999,3\n')
    assert values(dataset)["x"] == [1234567, 12345.5, 999]
    assert values(table("x;y\n1 234 567;1,5\n12 345,5;2\n999;3\n", "french.csv"))["x"] == [1234567, 12345.5, 999]


@pytest.mark.parametrize(("written", "read"), [
    (["12 %", "5%", "-3.5 %"], [12, 5, -3.5]),
    (["€ 3.50", "€12", "-€ 1"], [3.5, 12, -1]),
    (["$1,234.50", "-$3", "$0"], [1234.5, -3, 0]),
    (["3.50 EUR", "7 EUR", "8EUR"], [3.5, 7, 8]),
    (["£1", "n/a", "£2.5"], [1, None, 2.5]),
])
def test_a_sign_that_every_number_has_does_not_matter(table, written, read):
    dataset = table(text("x|n", *(f"{value}|{n}" for n, value in enumerate(written))))
    assert kinds(dataset)["x"] == "number"
    np.testing.assert_array_equal(values(dataset)["x"], np.array(read, np.float32))


def test_a_sign_goes_with_a_decimal_comma(table):
    dataset = table(text("Preis;Anteil", "€ 3,50;12,5 %", "€ 1.200,00;5 %"))
    assert values(dataset) == {"Preis": [3.5, 1200], "Anteil": [12.5, 5]}


def test_numbers_with_different_signs_are_words(table):
    assert kinds(table("x,n\n3 EUR,1\n$4,2\n5 EUR,3\n"))["x"] == "text"
    assert kinds(table("x,n\n3 %,1\n4,2\n5 %,3\n", "b.csv"))["x"] == "text"


def test_a_value_without_the_sign_late_in_the_file_is_told(table):
    dataset = table(text("x,n", *(f"{n} %,{n}" for n in range(3000)), "7,7"))
    assert kinds(dataset)["x"] == "text"
    assert [note.problem.code for note in dataset.notes()] == ["table.mixed"]


@pytest.mark.parametrize(("yes", "no"), [("yes", "no"), ("true", "false"), ("ja", "nein"), ("TRUE", "FALSE")])
def test_yes_and_no_are_categories(table, yes, no):
    dataset = table(text("x,n", *(f"{yes if n % 2 else no},{n}" for n in range(MANY))))
    assert kinds(dataset)["x"] == "category"
    assert values(dataset)["x"] == [yes if n % 2 else no for n in range(MANY)]


def test_figures_that_begin_with_zero_are_no_numbers(table):
    codes = ["01234", "80331", "00501"] * 2
    dataset = table(text("zip,n", *(f"{code},{n}" for n, code in enumerate(codes))))
    assert kinds(dataset) == {"zip": "category", "n": "number"}
    assert values(dataset)["zip"] == codes
    assert kinds(table("x,n\n0,1\n0.5,2\n-0.25,3\n", "b.csv"))["x"] == "number"
    assert kinds(table("x,n\n01,1\n02.5,2\n03,3\n", "c.csv"))["x"] == "number"
    assert values(table("x,n\n007,1\n008,2\n", "d.csv", types={"x": "number"}))["x"] == [7, 8]


def test_long_numbers_of_things_stay_different(table):
    codes = [str(9_007_199_254_740_993 + n) for n in range(MANY)]
    dataset = table(text("id,n", *(f"{code},{n}" for n, code in enumerate(codes))))
    assert values(dataset)["id"] == codes
    assert kinds(dataset) == {"id": "text", "n": "number"}
    assert kinds(table("x,n\n0.12345678901234567,1\n0.5,2\n", "b.csv"))["x"] == "number"


def test_a_value_may_go_over_several_lines(table):
    dataset = table('note,n\n"first\nsecond",1\n"with ""marks"", and a comma",2\n')
    assert values(dataset) == {"note": ["first\nsecond", 'with "marks", and a comma'], "n": [1, 2]}


def test_marks_at_the_ends_of_lines_make_no_column(table):
    dataset = table("a,b,\n1,2,\n3,4,\n")
    assert values(dataset) == {"a": [1, 3], "b": [2, 4]}
    assert list(values(table("a,b,\n1,2,\n3,4,x\n", "b.csv"))) == ["a", "b", "Column 3"]
    assert list(values(table("a,,b\n1,,2\n3,,4\n", "c.csv"))) == ["a", "b"]


def test_comments_above_the_table_are_passed_over(table):
    dataset = table("# made by a station, 2024\n# a;b\n\na,b\n1,2\n3,x\n")
    assert list(values(dataset)) == ["a", "b"]
    assert values(table("#id,a\n1,2\n3,4\n", "b.csv")) == {"#id": [1, 3], "a": [2, 4]}
    assert values(table("#ff0000,1\n#00ff00,2\n#ff0000,3\n#00ff00,4\n", "c.csv"))["Column 2"] == [1, 2, 3, 4]


def test_a_line_below_comments_is_named_as_it_stands_in_the_file(table):
    dataset = table(text("# comment", "a,b", *(f"{n},{n}" for n in range(3000)), "1,unknown"))
    assert dataset.notes()[0].problem.message.startswith("table.csv, line 3,003:")


@pytest.mark.parametrize("above", ["Report 2024\n\n", "Report 2024;;\n;;\n", "Sales;;\n", "Size;;Weight\n"])
def test_titles_above_the_heading_are_passed_over(table, above):
    dataset = table(above + "long;wide;heavy\n1;2;3\n4;5;6\n")
    assert values(dataset) == {"long": [1, 4], "wide": [2, 5], "heavy": [3, 6]}


def test_rows_with_gaps_below_the_heading_are_no_titles(table):
    dataset = table("a,b,c\n,,1\nx,,2\nx,y,3\nx,y,4\n")
    assert values(dataset)["c"] == [1, 2, 3, 4]
    dataset = table("k,a,b\nx,,\ny,,\ny,p,q\nx,p,q\n", "b.csv", header="yes")
    assert values(dataset)["k"] == ["x", "y", "y", "x"]


def test_a_mark_of_utf_8_is_no_part_of_a_name(table):
    assert values(table(b"\xef\xbb\xbf" + text("a,b", "1,2").encode())) == {"a": [1], "b": [2]}
    assert list(values(table(b"\xef\xbb\xbf" + text("sep=;", "a;b", "1;2").encode(), "b.csv"))) == ["a", "b"]


def test_lines_of_old_macintoshes_are_read(table):
    assert values(table(text("a,b", "1,2", "3,4", end="\r"))) == {"a": [1, 3], "b": [2, 4]}


@pytest.mark.parametrize("odd", ["", "1,5,x"])
def test_a_wide_table_is_read_in_any_dialect(table, odd):
    """Thousands of columns take another way than few."""
    width, rng = 1500, np.random.default_rng(0)
    numbers = rng.integers(-999, 999, (40, width)) / 8
    head = ";".join(f"x{n}" for n in range(width)) + ";word\n"
    rows = "".join(";".join(f"{x}".replace(".", ",") for x in row) + f";{'ab'[n % 2]}\n"
                   for n, row in enumerate(numbers))
    last = ";".join([odd or "0,5"] * width) + ";a\n"
    found = table(head + rows + last)
    wanted = ["text" if odd else "number"] * width
    assert list(kinds(found).values())[:-1] == wanted
    assert kinds(found)["word"] == "category"
    if not odd:
        read = np.array([column.values for column in found.table(0)[:-1]])
        np.testing.assert_array_equal(read[:, :-1], numbers.T.astype(np.float32))
        assert (read[:, -1] == 0.5).all()


@pytest.mark.parametrize("rows", [3, 10, 60])
@pytest.mark.parametrize("cell", ["{}.5", "word {}", "{}"])
def test_of_a_table_of_one_column_no_row_is_taken_for_a_title(table, rows, cell):
    found = table("value\n" + "".join(cell.format(row) + "\n" for row in range(rows)), header="yes")
    assert list(values(found)) == ["value"]
    assert found.count() == rows
