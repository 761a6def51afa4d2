"""The process in which files are parsed: it may hang, run out of memory or be aborted, and nobody minds.

It takes requests from its standard input until that is closed and answers each with one of

    ("source", Source)      read
    ("pictures", tuple)     the pictures and links of a file, where that was asked for
    ("refusal", error)      a `TrackerError`: the file is named and refused
    ("old", kind)           a file of an old kind, for the caller to have converted
    ("broken", name)        a parser gave up with an exception of its own; its name, for the record

and with whether it retires: a worker that has grown large, or whose parser gave up, is not used again.

No reader is imported before a file needs it: a worker starts in the time of a bare interpreter.
"""

from __future__ import annotations

import gc
import hashlib
import importlib
import os
import signal
import sys
from dataclasses import replace
from typing import Any
from typing import BinaryIO

from tracker.files.guard import kinds
from tracker.files.guard import limits
from tracker.files.guard import wire
from tracker.files.guard import zipgate
from tracker.files.readers.rectangle import overlap
from tracker.grid import Source
from tracker.problems import TrackerError
from tracker.problems.door import Damaged

# Kind, module and function of its reader: `function(data, name) -> Source`.
READERS = {
    "xlsx": ("tracker.files.readers.sheets", "read_xlsx"),
    "xlsm": ("tracker.files.readers.sheets", "read_xlsx"),
    "xls": ("tracker.files.readers.sheets", "read_xls"),
    "xlsb": ("tracker.files.readers.sheets", "read_xlsb"),
    "ods": ("tracker.files.readers.opendocs", "read_ods"),
    "docx": ("tracker.files.readers.words", "read_docx"),
    "html": ("tracker.files.readers.pages", "read_html"),
    "text": ("tracker.files.readers.texts", "read_text"),
    "pdf": ("tracker.files.readers.pdfs", "read_pdf"),
}
# Kinds that may hold pictures and links.
PICTURED = frozenset({"xlsx", "xlsm", "docx"})


def read(data: bytes, name: str) -> tuple[str, Any]:
    """Read a file in this very process: tell its kind, pass the gate, call its reader."""
    try:
        kind = kinds.tell(data, name)
        if kind not in READERS:
            return "old", kind
        if kind in zipgate.ZIP_KINDS:
            zipgate.pass_gate(data, name)
        module, function = READERS[kind]
        source: Source = getattr(importlib.import_module(module), function)(data, name)
        if any(overlap(grid.merges, grid.rows) for grid in source.grids):
            raise Damaged(file=name, what="合并单元格互相重叠")
        return "source", replace(source, sha256=hashlib.sha256(data).hexdigest())
    except TrackerError as refusal:
        return "refusal", refusal
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a Rust panic is no Exception
        return "broken", type(failure).__name__


def read_pictures(data: bytes, name: str) -> tuple[str, Any]:
    """Take the pictures and links out of a packed file, behind the same gate; others hold none that we know."""
    try:
        if kinds.tell(data, name) not in PICTURED:
            return "pictures", ()
        zipgate.pass_gate(data, name)
        module = importlib.import_module("tracker.files.readers.pictures")
        return "pictures", module.read_pictures(data, name)
    except TrackerError as refusal:
        return "refusal", refusal
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        return "broken", type(failure).__name__


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            task, name, data = wire.receive(requests)
        except EOFError:
            return
        limits.allow_processor_time()
        answer = read_pictures(data, name) if task == "pictures" else read(data, name)
        del data
        retires = answer[0] == "broken" or limits.memory_in_use() > limits.RETIRE_BYTES
        try:
            wire.send(answers, (*answer, retires))
        except MemoryError:
            wire.send(answers, ("broken", "MemoryError", True))


def main() -> None:
    """Start as a process: keep the answers' pipe to ourselves, be silent, take the limits."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a parser prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # Ctrl-C is for the program; it closes our input when it leaves.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.confine_this_process()
    # Cells make no cycles, and looking for some takes a third of the time; a worker that grew is replaced.
    gc.disable()
    serve(sys.stdin.buffer, answers)
