"""Fixes for layers that a run has found not to be well: another activation, a norm before it, smaller steps."""
from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.graph import edits, rewire
from core.graph.document import Document
from core.graph.fixes._base import Case, Fix, insert, mends
from core.graph.fixes._training import CLIP, lower
from core.graph.naming import title_of
from core.layers import LAYERS

# Activations that are flat at both ends, through many of which a gradient fades: Glorot & Bengio 2010.
FLAT = ("sigmoid", "tanh", "softsign", "hard_sigmoid")
NORM = "batch_norm"


@mends("health.dead")
def leaky(case: Case) -> Iterator[Fix]:
    """A rectifier that lets some of the gradient through on its lower side. Source: Maas et al. 2013."""
    if case.layer is not None and case.layer.info.category == "Activation":
        yield _swap(case.doc, [case.name], "leaky_relu")


@mends("health.saturated")
def rectifier(case: Case) -> Iterator[Fix]:
    """An activation without a flat upper side."""
    if case.layer is not None and case.layer.info.category == "Activation":
        yield _swap(case.doc, [case.name], "relu")


@mends("health.saturated")
def norm(case: Case) -> Iterator[Fix]:
    """Numbers of a size for which the activation is steep. Source: Ioffe & Szegedy 2015, arXiv:1502.03167."""
    wire = case.wire(case.name, case.layer.inputs[0].name) if case.layer is not None and case.layer.inputs else None
    if wire is not None and case.doc.nodes[wire.source].kind != NORM:
        yield Fix(f"Insert {LAYERS[NORM].info.title} before it", lambda doc: insert(doc, wire, [(NORM, {})]))


@mends("health.vanishing")
def rectifiers(case: Case) -> Iterator[Fix]:
    """No flat ends between a layer and the answers of the network."""
    ahead = edits.downstream(case.doc, case.name)
    answers = {source for output in case.outputs for source in case.doc.sources(output).values()}
    found = [name for name in case.report.live
             if name in ahead and name not in answers and case.doc.nodes[name].kind in FLAT]
    if found:
        yield _swap(case.doc, found, "relu")


@mends("health.exploding", "health.gates")
def clip(case: Case) -> Iterator[Fix]:
    """Bound the length of the gradient. Source: Pascanu et al. 2012, arXiv:1211.5063."""
    if not 0.0 < float(case.doc.training["clip_norm"]) <= CLIP:
        yield Fix(f"Clip the gradient to {CLIP:g}", lambda doc: edits.set_training(doc, {"clip_norm": CLIP}))


@mends("health.dead", "health.gates", "health.exploding", "health.outputs", "health.constant", "health.worse")
def slower(case: Case) -> Iterator[Fix]:
    """A lower learning rate."""
    rate = lower(float(case.doc.training["learning_rate"]))
    if 0.0 < rate < float(case.doc.training["learning_rate"]):
        yield Fix(f"Lower the learning rate to {rate:g}", lambda doc: edits.set_training(doc, {"learning_rate": rate}))


def _swap(doc: Document, names: Sequence[str], kind: str) -> Fix:
    """Another activation in place of some, wired alike, each with a title of its own kind."""
    title = LAYERS[kind].info.title
    here = f"instead of {title_of(doc, names[0])}" if len(names) == 1 else f"in {len(names)} layers"

    def apply(now: Document) -> Document:
        for name in names:
            now = edits.rename(rewire.replace_kind(now, name, kind), name, "")
        return now

    return Fix(f"Use {title} {here}", apply)
