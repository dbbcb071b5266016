"""What tests ask a table."""
from __future__ import annotations

from core.errors import DataError


def values(dataset):
    """The values of every column as a list, by name; names of categories instead of their numbers."""
    found = {}
    for column in dataset.table(0):
        spec, array = column.spec, column.values
        found[spec.name] = [spec.categories[code] if code >= 0 else None for code in array] \
            if spec.kind == "category" else array.tolist()
    return found


def kinds(dataset):
    return {spec.name: spec.kind for spec in dataset.columns()}


def roles(dataset):
    return {spec.name: spec.role for spec in dataset.columns()}


def refusal(dataset):
    """The problem with a file that cannot be read."""
    try:
        dataset.columns()
    except DataError as error:
        problem = error.problem
        assert problem.param == "source"
        assert problem.message.endswith(".")
        assert problem.hint.endswith(".")
        assert "\n" not in problem.text
        return problem
    raise AssertionError("the file was read")
