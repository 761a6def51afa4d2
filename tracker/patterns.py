"""`re` as the standard library has it, with patterns that are compiled when somebody first uses them.

A command declares some hundred patterns and looks for a few of them; to compile one takes 0.1 to 10 ms. So `compile` only notes
what to compile:

    >>> from tracker import patterns as re
    >>> number = re.compile("[0-9]+")
    >>> vars(number)
    {'pattern': '[0-9]+', '_flags': 0}
    >>> number.sub("#", "第 12 项"), number.pattern
    ('第 # 项', '[0-9]+')

What is wrong with a pattern is raised at its first use; a test uses all of ours. Type checkers see nothing but the library.
"""

from __future__ import annotations

import re as library
from functools import lru_cache
from re import *  # noqa: F403 - all that the library lists
from typing import TYPE_CHECKING, Any

if not TYPE_CHECKING:

    @lru_cache(maxsize=512)
    def compile(pattern, flags=0):
        """See `re.compile`."""
        return LatePattern(pattern, flags)


class LatePattern:
    """A pattern of the library, from the first use on: its methods become attributes of this one."""

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = library.compile(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)
