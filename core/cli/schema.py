"""`layerloom schema`: the JSON Schema of documents."""
from __future__ import annotations

import argparse

from core.cli._base import Command, print_json


def _arguments(parser: argparse.ArgumentParser) -> None:
    """It takes nothing."""


def _run(chosen: argparse.Namespace) -> int:
    from core.io.schema import document_schema

    print_json(document_schema())
    return 0


Command(name="schema", summary="Print the JSON Schema of the files that hold networks.", arguments=_arguments, run=_run)
