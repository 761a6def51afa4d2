"""A door that loads what stands behind it when somebody asks for it.

A room's `__init__` lists what others may use. Whoever imports one name should not pay for the whole room:

    with late(globals()):
        from tracker.rules.plans.identity import bare, match

Inside of the block an import only notes where each name lives; the first `from tracker.rules.plans import bare` loads that
module. Type checkers, `scripts/house.py` and packers see ordinary imports. No name may be that of a module of the room, which
would hide it.
"""

from __future__ import annotations

import builtins
import sys
from types import SimpleNamespace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType
    from typing import Any


class late:  # noqa: N801 - reads as a statement
    """The imports of its block are made when their names are first asked for."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._room: str = names["__name__"]
        self._homes: dict[str, str] = {}

    def __enter__(self) -> None:
        self._import = builtins.__import__
        builtins.__import__ = self._note

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        builtins.__import__ = self._import
        for name in self._homes:
            del self._names[name]
        self._names["__getattr__"] = self._load

    def _note(
        self,
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> Any:
        if globals is not self._names:  # another thread, or a module that is loaded meanwhile
            return self._import(name, globals, locals, fromlist, level)
        self._homes |= dict.fromkeys(fromlist or (), name)
        return SimpleNamespace(**dict.fromkeys(fromlist or ()))

    def _load(self, name: str) -> Any:
        home = self._homes.get(name)
        if home is None:
            raise AttributeError(f"module {self._room!r} has no attribute {name!r}")
        self._import(home)
        value = self._names[name] = getattr(sys.modules[home], name)
        return value
