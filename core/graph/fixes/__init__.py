"""One-click fixes: what would mend a problem, as edits."""
from __future__ import annotations

from core.datasets import deferred
from core.errors import CoreError, Problem
from core.graph.check import Report, check
from core.graph.document import Document
from core.graph.fixes import (
    _columns,
    _ends,
    _fit,
    _health,
    _parameters,
    _settings,
    _shapes,
    _sources,
    _split,
    _steps,
    _training,
    _wires,
    _words,
)
from core.graph.fixes._base import FINDERS, Case, Fix
from core.graph.fixes._fit import FIT, End, end_for, fit_output, predicting
from core.graph.fixes._training import DIVERGED

# Importing a file declares what it mends; a new one is added here.
FILES = (_wires, _ends, _shapes, _parameters, _settings, _sources, _split, _fit, _steps, _words, _columns,
         _training, _health)

__all__ = ["DIVERGED", "FIT", "End", "Fix", "end_for", "fit_output", "fixes", "predicting"]


def fixes(doc: Document, report: Report, problem: Problem) -> list[Fix]:
    """What mends `problem`, the best first: what leaves the fewest others. Nothing if no single edit does.

    `report` is that of `doc`. Every fix has been tried: the problem is gone with it, there is no new error in its
    place, and there are no more errors than before.
    """
    case = Case(doc, report, problem)
    found: dict[str, tuple[int, Fix]] = {}
    for finder in FINDERS.get(problem.code, ()):
        for fix in finder(case):
            if fix.label not in found and (left := _left(case, fix)) is not None:
                found[fix.label] = left, fix
    return [fix for _, fix in sorted(found.values(), key=lambda pair: pair[0])]


def _left(case: Case, fix: Fix) -> int | None:
    """How many problems there are after a fix, or None if it mends nothing."""
    try:
        with deferred():
            after = check(fix.apply(case.doc), case.report)
    except CoreError:
        return None
    here = _place(case.problem)
    before = sum(_place(p) == here for p in case.report.problems)
    # What only a run has found is in no report.
    still = before > 0 and sum(_place(p) == here for p in after.problems) >= before
    # A wire that was missing may show what was hidden; any other fix is to leave its node in order.
    worse = case.problem.code != "port.open" and case.problem.node is not None and _new_here(case, after)
    # As long as the data could not be described, nobody could say what does not fit them.
    shown = case.report.spec is None and after.spec is not None
    # What has to be read first may be in order.
    shown = shown or any(problem.code == "data.reading" for problem in after.problems)
    still = still or (case.report.spec is not None and after.spec is None and not shown)
    more = not shown and _errors(after) > _errors(case.report)
    return None if still or worse or more else len(after.problems)


def _new_here(case: Case, after: Report) -> bool:
    known = {problem.code for problem in case.report.problems if problem.node == case.problem.node}
    return any(p.blocks and p.node == case.problem.node and p.code not in known for p in after.problems)


def _place(problem: Problem) -> tuple[str, str | None, str | None, str | None]:
    return problem.code, problem.node, problem.port, problem.param


def _errors(report: Report) -> int:
    return sum(problem.blocks for problem in report.problems)
