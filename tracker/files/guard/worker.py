"""The process in which files are parsed: it may hang, run out of memory or be aborted, and nobody minds.

It takes requests from its standard input until that is closed, each a task and some files, and answers each file with
one of

    ("source", Source)      read
    ("pictures", tuple)     the pictures and links of a file, where that was asked for
    ("both", (Source, tuple))   both, where that was asked for
    ("refusal", error)      a `TrackerError`: the file is named and refused
    ("old", kind)           a file of an old kind, for the caller to have converted
    ("broken", name)        a parser gave up with an exception of its own; its name, for the record
    ("alone", None)         it broke beside other files: to be asked for by itself

and all of them with whether it retires: a worker that has grown large, or whose parser gave up, is not used again, and
the files behind the one that it retires for have no answer.

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
from typing import Any, BinaryIO

from tracker.files.guard.kinds import tell
from tracker.files.guard.limits import RETIRE_BYTES, allow_processor_time, confine_this_process, memory_in_use
from tracker.files.guard.wire import receive, send
from tracker.files.guard.zipgate import ZIP_KINDS, pass_gate
from tracker.grid import Block, Paragraph, Source, overlap
from tracker.printable import is_printable, printable
from tracker.problems.base import TrackerError
from tracker.problems.files import Damaged

# Kind, module and function of its reader: `function(data, name) -> Source`.
READERS = {
    "xlsx": ("tracker.formats.readers.sheets", "read_xlsx"),
    "xlsm": ("tracker.formats.readers.sheets", "read_xlsx"),
    "xls": ("tracker.formats.readers.sheets", "read_xls"),
    "xlsb": ("tracker.formats.readers.sheets", "read_xlsb"),
    "ods": ("tracker.formats.readers.ods", "read_ods"),
    "docx": ("tracker.formats.readers.docx", "read_docx"),
    "html": ("tracker.formats.readers.html", "read_html"),
    "text": ("tracker.formats.readers.texts", "read_text"),
    "pdf": ("tracker.formats.readers.pdf", "read_pdf"),
}
# Kinds that may hold pictures and links.
PICTURED = frozenset({"xlsx", "xlsm", "docx"})


def read(data: bytes, name: str) -> tuple[str, Any]:
    """Read a file in this very process: tell its kind, pass the gate, call its reader."""
    try:
        kind = tell(data, name)
        if kind not in READERS:
            return "old", kind
        if kind in ZIP_KINDS:
            pass_gate(data, name)
        module, function = READERS[kind]
        source: Source = getattr(importlib.import_module(module), function)(data, name)
        if any(overlap(grid.merges, grid.rows) for grid in source.grids):
            raise Damaged(file=name, what="合并单元格互相重叠")
        blocks = tuple(map(_fit_to_show, source.blocks))
        return "source", replace(source, blocks=blocks, sha256=hashlib.sha256(data).hexdigest())
    except TrackerError as refusal:
        return "refusal", refusal
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:  # a Rust panic is no Exception
        return "broken", type(failure).__name__


def _fit_to_show(block: Block) -> Block:
    """A block without what acts on whoever shows its texts (`tracker.printable`): nothing inside holds such marks."""
    if isinstance(block, Paragraph):
        if is_printable(block.text + block.comment + block.deleted):
            return block
        text, comment, deleted = map(printable, (block.text, block.comment, block.deleted))
        return replace(block, text=text, comment=comment, deleted=deleted)
    beside = (block.struck, block.comments, block.deleted)
    texts_beside = [text for texts in beside for text in texts.values()]
    values = [value for row in block.rows for value in row if isinstance(value, str)]
    if is_printable("\n".join((*values, *texts_beside))):
        return block
    struck, comments, deletions = (
        {place: printable(text) for place, text in texts.items()} for texts in beside
    )
    rows = tuple(
        tuple(printable(value) if isinstance(value, str) else value for value in row) for row in block.rows
    )
    return replace(block, rows=rows, struck=struck, comments=comments, deleted=deletions)


def read_pictures(data: bytes, name: str) -> tuple[str, Any]:
    """Take the pictures and links out of a packed file, behind the same gate; others hold none that we know."""
    try:
        if tell(data, name) not in PICTURED:
            return "pictures", ()
        pass_gate(data, name)
        module = importlib.import_module("tracker.formats.readers.pictures")
        return "pictures", module.read_pictures(data, name)
    except TrackerError as refusal:
        return "refusal", refusal
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as failure:
        return "broken", type(failure).__name__


def read_both(data: bytes, name: str) -> tuple[str, Any]:
    """Read a file, and take what it shows beside its cells, past one gate.

    What is wrong with a picture never keeps the cells from being taken.
    """
    word, value = read(data, name)
    if word != "source":
        return word, value
    pictures: tuple[Any, ...] = ()
    if value.kind in PICTURED:
        try:
            pictures = importlib.import_module("tracker.formats.readers.pictures").read_pictures(data, name)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:
            pictures = ()
    return "both", (value, pictures)


_ALONE = ("alone", None)
_TASKS = {"source": read, "pictures": read_pictures, "both": read_both}


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while True:
        try:
            task, files = receive(requests)
        except EOFError:
            return
        is_alone, values, retires = len(files) == 1, [], False
        for name, data in files:
            allow_processor_time()
            answer = _TASKS[task](data, name)
            is_broken = answer[0] == "broken"
            # Beside others it may have lacked what they took.
            values.append(answer if is_alone or not is_broken else _ALONE)
            retires = is_broken or memory_in_use() > RETIRE_BYTES
            if retires:
                break
        del files
        try:
            send(answers, (values, retires))
        except MemoryError:
            send(answers, ([("broken", "MemoryError") if is_alone else _ALONE] * len(values), True))


def main() -> None:
    """Start as a process: keep the answers' pipe to ourselves, be silent, take the limits."""
    answers = os.fdopen(os.dup(1), "wb")
    # What a parser prints must not get between the answers.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # Ctrl-C is for the program; it closes our input when it leaves.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confine_this_process()
    # Cells make no cycles, and looking for some takes a third of the time; a worker that grew is replaced.
    gc.disable()
    serve(sys.stdin.buffer, answers)
