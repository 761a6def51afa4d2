"""How much work something is, counted in calls and not in seconds: the same number on every machine."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType


def calls_of(work: Callable[[], object]) -> int:
    """The functions that were called, of Python and of C."""
    count = 0

    def note(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count


def steps_of(work: Callable[[], object]) -> int:
    """The instructions of Python that ran, those of loops that call nothing too."""
    count = 0

    def note(frame: FrameType, event: str, _argument: object) -> Callable[..., object]:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def functions_of(work: Callable[[], object], room: Path) -> set[tuple[str, str]]:
    """The functions of a folder that were called, each with its module: `tables/rows`, `cells`; comprehensions are none."""
    functions: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _argument: object) -> None:
        path = Path(frame.f_code.co_filename)
        if event == "call" and not frame.f_code.co_name.startswith("<") and path.is_relative_to(room):
            functions.add((path.relative_to(room).with_suffix("").as_posix(), frame.f_code.co_name))

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return functions
