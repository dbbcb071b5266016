import pytest

from core.registry import Registry


def test_kinds_come_in_alphabetical_order():
    table: Registry[int] = Registry("thing")
    for number, key in enumerate(["b", "c", "a"]):
        table.add(key, number)
    assert list(table) == ["a", "b", "c"]
    assert table.values() == [2, 0, 1]
    assert table.items() == [("a", 2), ("b", 0), ("c", 1)]
    assert len(table) == 3
    assert "a" in table


def test_a_key_that_is_taken_by_something_else_is_refused():
    table: Registry[str] = Registry("thing")
    assert table.add("a", "x") == "x"
    assert table.add("a", "x") == "x"
    with pytest.raises(ValueError, match="thing 'a' is declared twice"):
        table.add("a", "y")


def test_an_unknown_key_gets_the_nearest_one_as_a_suggestion():
    table: Registry[int] = Registry("thing")
    table.add("sigmoid", 1)
    with pytest.raises(KeyError, match=r"There is no thing 'sigmiod'\. Did you mean 'sigmoid'\?"):
        table["sigmiod"]
    assert table.unknown("xyz") == "There is no thing 'xyz'."


def test_a_key_of_any_length_makes_a_short_message():
    assert len(Registry[int]("thing").unknown("k" * 10**7)) < 100
