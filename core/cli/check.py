"""`layerloom check`: all problems of a network at once."""
from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING

from core.cli._base import Command, add_file, add_json, open_document, print_json

if TYPE_CHECKING:
    from core.errors import Problem


def _arguments(parser: argparse.ArgumentParser) -> None:
    add_file(parser)
    add_json(parser)


def _run(chosen: argparse.Namespace) -> int:
    from core.graph.check import check

    report = check(open_document(chosen.file))
    if chosen.json:
        print_json({"ok": report.ok, "problems": [asdict(problem) for problem in report.problems],
                    "shapes": {name: list(shape) for name, shape in report.shapes.items()}})
    else:
        for problem in report.problems:
            print(_line(problem))
        if not report.problems:
            print("No problems.")
    return 0 if report.ok else 1


def _line(problem: Problem) -> str:
    place = f" {problem.node}:" if problem.node else ""
    return f"{problem.severity}:{place} {problem.text}"


Command(name="check", summary="Say everything that is wrong with a network; exit status 1 if it cannot be trained.",
        arguments=_arguments, run=_run)
