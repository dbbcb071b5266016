"""`layerloom examples`: what ships."""
from __future__ import annotations

import argparse

from core.cli._base import PREFIX, Command, add_json, print_columns, print_json


def _run(chosen: argparse.Namespace) -> int:
    from core.io.examples import EXAMPLES

    if chosen.json:
        print_json([{"id": e.id, "file": PREFIX + e.id, "title": e.title, "summary": e.summary}
                    for e in EXAMPLES.values()])
    else:
        print_columns((PREFIX + e.id, e.summary) for e in EXAMPLES.values())
    return 0


Command(name="examples", summary="List the networks that ship, the simplest first.", arguments=add_json, run=_run)
