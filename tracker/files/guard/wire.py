"""What passes between the program and its worker: framed messages, and only plain values on the way back.

A message is eight bytes of length and a pickle. The worker has met hostile bytes, so what comes from it is
not trusted: the reader here builds dates, the frozen values of `tracker.grid` and our own refusals, and
nothing else; any other class in the stream is an error.

    >>> import io
    >>> pipe = io.BytesIO()
    >>> send(pipe, ("read", 1))
    >>> _ = pipe.seek(0)
    >>> receive(pipe)
    ('read', 1)
"""

from __future__ import annotations

import io
import pickle
import struct
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")
# No worker can hold more than this, so none can have read it.
_MOST = 1 << 31
_VALUES = {
    "datetime": {"date", "datetime", "time", "timedelta", "timezone"},
    "builtins": {"frozenset", "set"},
    "tracker.grid": {"ErrorValue", "Grid", "Merge", "Notation", "Paragraph", "Source"},
    "tracker.problems.base": {"_remake"},
}
_REFUSALS = "tracker.problems.files"


class NotPlain(Exception):
    """The worker sent something that no reader of ours sends."""


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        is_value = name in _VALUES.get(module, ())
        is_refusal = module == _REFUSALS and name.isidentifier() and name != "annotations"
        if is_value or is_refusal:
            return super().find_class(module, name)
        raise NotPlain(f"{module}.{name}")


def send(pipe: BinaryIO, message: object) -> None:
    """Write one message."""
    body = pickle.dumps(message, protocol=5)
    pipe.write(_LENGTH.pack(len(body)))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> Any:
    """Read one message; raises `EOFError` when the other side has gone."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        raise EOFError
    (length,) = _LENGTH.unpack(head)
    if length > _MOST:
        raise NotPlain(f"{length} bytes")
    body = pipe.read(length)
    if len(body) < length:
        raise EOFError
    return _Plain(io.BytesIO(body)).load()
