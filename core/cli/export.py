"""`layerloom export`: a network, with its weights, in another format."""
from __future__ import annotations

import argparse

from core.cli._base import Command, add_file, open_document, say


def _arguments(parser: argparse.ArgumentParser) -> None:
    from core.io.exporters import EXPORTERS

    add_file(parser)
    parser.add_argument("--to", metavar="KIND", required=True, choices=list(EXPORTERS),
                        help=", ".join(f"{kind} ({exporter.title})" for kind, exporter in EXPORTERS.items()))
    parser.add_argument("--out", metavar="PATH", required=True, help="the file to write")
    parser.add_argument("--weights", metavar="W", help="trained weights, npz or safetensors; by default those that "
                        "training would start from")


def _run(chosen: argparse.Namespace) -> int:
    from core.engine.network import Network
    from core.graph.check import check
    from core.io import weights
    from core.io.exporters import EXPORTERS

    document = open_document(chosen.file)
    network = Network(document, check(document), seed=int(document.training["seed"]))
    if chosen.weights:
        weights.fit(network, weights.read(chosen.weights))
    else:
        say("These are the weights before training; name trained ones with --weights.")
    EXPORTERS[chosen.to].write(chosen.out, network.copies(), document)
    return 0


Command(name="export", summary="Write a network's weights in another format.", arguments=_arguments, run=_run)
