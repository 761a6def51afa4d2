"""The verbs that work, in the order of the year, and the module that knows the words of each.

A verb is listed here on the day it works, and not before. Its module in `tracker.cli` has two functions:
`arguments(parser)` declares what may be typed after it, `run(args, call)` calls the step and returns an
`Answer`. The modules are imported one at a time, when their verb is typed, so that `--help` stays quick.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: what is typed, what it does in one Chinese sentence, and its module under `tracker.cli`."""

    name: str
    does: str
    module: str


VERBS: tuple[Verb, ...] = ()
