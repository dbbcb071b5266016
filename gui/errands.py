"""What mends a problem: an edit, or an errand, which changes something outside the document."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.datasets import SOURCES, offered
from core.errors import CoreError, Problem
from core.graph.document import Document
from core.graph.fixes import DIVERGED, Fix, fixes
from core.graph.settings import DataSettings

if TYPE_CHECKING:
    from gui.context import AppContext

MISSING = "data.missing"
DOWNLOAD = "file.download"


@dataclass(frozen=True, slots=True)
class Errand:
    """An action of the window that may mend a problem. `label` says it as an order: "Download MNIST…"."""

    label: str
    action: str


@dataclass(frozen=True, slots=True)
class Onward:
    """An edit after which training goes on from the last good weights."""

    label: str
    fix: Fix


Remedy = Fix | Errand | Onward


def remedies(context: AppContext, problem: Problem) -> list[Remedy]:
    """What mends `problem` of the present document, the best first."""
    mended = fixes(context.document, context.report, problem)
    if problem.code in DIVERGED:
        return [Onward(fix.label, fix) for fix in mended]
    found: list[Remedy] = [*mended]
    if problem.code == MISSING and (kind := wanted(context)):
        found.insert(0, Errand(f"Download {SOURCES[kind].title}…", DOWNLOAD))
    return found


def carry_out(context: AppContext, remedy: Remedy) -> Problem | None:
    """Do it: a fix as one undo step, an errand by its action. The reason if core refuses it."""
    if isinstance(remedy, Onward):
        refused = context.edit(remedy.label, remedy.fix.apply)
        if refused is None and not context.trainer.running:
            context.trainer.toggle()
        return refused
    if isinstance(remedy, Errand):
        context.action_wanted.emit(remedy.action)
        return None
    return context.edit(remedy.label, remedy.apply)


def missing(context: AppContext) -> bool:
    """True if files of the present data set are not where they are looked for."""
    return any(problem.code == MISSING for problem in context.report.problems)


def wanted(context: AppContext) -> str:
    """The kind of the present data set, if its files are missing and can be downloaded; else nothing."""
    return _offered(context.document) if missing(context) else ""


def _offered(document: Document) -> str:
    try:
        return offered(DataSettings.known(document.data).dataset)
    except CoreError:
        return ""
