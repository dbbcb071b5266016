"""Workbooks as people make them."""
from __future__ import annotations

import datetime

import numpy as np

from tests.core.datasets.tables._look import kinds, values
from tests.core.datasets.tables._workbook import DAY_ONE, sheet, workbook

STYLES = ('<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="3">'
          '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/></cellXfs></styleSheet>')


def test_rows_above_the_table_are_passed_over(table):
    rows = [[], ["Sales 2024"], [], ["n", "word", "day"], [1, "a", (DAY_ONE,)], [2, "b", (DAY_ONE + 1,)],
            [3, "a", (DAY_ONE + 2,)], [4, "b", (DAY_ONE + 3,)]]
    dataset = table(workbook({"S": rows}), "table.xlsx")
    assert kinds(dataset) == {"n": "number", "word": "category", "day": "date"}
    assert values(dataset)["n"] == [1, 2, 3, 4]
    assert values(dataset)["day"][0] == datetime.datetime(2024, 1, 1)


def test_a_heading_over_several_columns_is_passed_over(table):
    rows = [["Size", None, "Weight"], ["long", "wide", "heavy"], [1, 2, 3], [4, 5, 6]]
    assert values(table(workbook({"S": rows}), "table.xlsx")) == {"long": [1, 4], "wide": [2, 5], "heavy": [3, 6]}


def test_numbers_kept_as_text_are_numbers_but_postcodes_are_not(table):
    rows = [["n", "zip"], *([f"{n}.5", f"0123{n % 2}"] for n in range(6))]
    dataset = table(workbook({"S": rows}), "table.xlsx")
    assert kinds(dataset) == {"n": "number", "zip": "category"}
    assert values(dataset)["n"] == [n + 0.5 for n in range(6)]


def test_formulas_count_with_their_results_and_percentages_with_their_values(table):
    cells = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><f>A{n}*2</f><v>{n * 2}</v></c>'
                    f'<c r="C{n}" s="2"><v>0.12</v></c></row>' for n in range(2, 6))
    head = "".join(f'<c r="{letter}1" t="inlineStr"><is><t>{letter}</t></is></c>' for letter in "ABC")
    book = workbook({"S": []}, {"xl/worksheets/sheet1.xml": sheet(f'<row r="1">{head}</row>{cells}').encode(),
                                "xl/styles.xml": STYLES.encode()})
    found = values(table(book, "table.xlsx"))
    assert (found["A"], found["B"]) == ([2, 3, 4, 5], [4, 6, 8, 10])
    np.testing.assert_allclose(found["C"], 0.12, rtol=1e-6)
