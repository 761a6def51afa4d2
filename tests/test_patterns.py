"""`tracker.patterns`: patterns of the library, compiled when they are first used."""

from __future__ import annotations

import ast
import copy
import gc
import importlib
import pkgutil
import re
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

import tracker
from tracker import patterns

TEXTS = st.text("ab1 牵头、", max_size=12)


@given(
    st.sampled_from(["[a-z]+", "(牵)?头", "(?P<unit>.)、", "", r"^\s*1"]), st.sampled_from([0, re.I]), TEXTS
)
def test_a_pattern_says_what_that_of_the_library_says(text, flags, where):
    ours, theirs = patterns.compile(text, flags), re.compile(text, flags)
    for name in ("search", "match", "fullmatch"):
        one, other = getattr(ours, name)(where), getattr(theirs, name)(where)
        assert (one and (one.span(), one.groups())) == (other and (other.span(), other.groups()))
    assert [match.span() for match in ours.finditer(where)] == [
        match.span() for match in theirs.finditer(where)
    ]
    assert (ours.findall(where), ours.split(where)) == (theirs.findall(where), theirs.split(where))
    assert (ours.sub("#", where), ours.subn("#", where, count=1)) == (
        theirs.sub("#", where),
        theirs.subn("#", where, count=1),
    )
    assert (ours.pattern, ours.flags, ours.groups, dict(ours.groupindex)) == (
        theirs.pattern,
        theirs.flags,
        theirs.groups,
        dict(theirs.groupindex),
    )


def test_a_pattern_is_compiled_once_and_not_before_it_is_used(monkeypatch):
    texts = []
    library = re.compile
    monkeypatch.setattr(re, "compile", lambda text, flags: texts.append(text) or library(text, flags))
    patterns.compile.cache_clear()
    number = patterns.compile("[0-9]+")
    assert number.pattern == "[0-9]+" and texts == []
    assert number.search("第 12 项") and number.sub("", "12") == "" and number.match("1")
    assert texts == ["[0-9]+"] and patterns.compile("[0-9]+") is number


def test_a_pattern_that_is_wrong_says_so_at_its_first_use():
    with pytest.raises(re.error, match="unterminated"):
        patterns.LatePattern("[").search("")


def test_a_copy_of_a_pattern_is_a_pattern():
    assert copy.deepcopy(patterns.compile("a+")).fullmatch("aa")


def test_every_pattern_of_the_program_can_be_compiled():
    for module in pkgutil.walk_packages(tracker.__path__, "tracker."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    gc.collect()
    ours = [thing for thing in gc.get_objects() if type(thing) is patterns.LatePattern]
    assert len(ours) > 300
    for pattern in ours:
        re.compile(pattern.pattern, pattern._flags)


def test_nobody_else_in_the_program_compiles_patterns_when_it_is_loaded():
    root = Path(tracker.__file__).parent
    for path in root.rglob("*.py"):
        statements = ast.parse(path.read_text("utf-8")).body
        names = [alias.name for node in statements if isinstance(node, ast.Import) for alias in node.names]
        assert "re" not in names or path.name == "patterns.py", (
            f"{path.name}: from tracker import patterns as re"
        )
