"""One table of numerals: no other module types them out, and what is found can be read."""

import re
from pathlib import Path

import tracker
from tracker.numerals import NUMBER, chinese_digits, chinese_number, read_number

MODULES = sorted(Path(tracker.__file__).parent.rglob("*.py"))


def test_numerals_are_typed_out_in_one_module():
    modules = [
        path.name for path in MODULES if re.search("一二三四五六[七八九]", path.read_text(encoding="utf-8"))
    ]

    assert modules == ["numerals.py"]


def test_every_number_reads_back_from_what_is_written():
    assert [read_number(chinese_number(number)) for number in range(1, 1000)] == list(range(1, 1000))
    assert [read_number(chinese_digits(year)) for year in range(1900, 2100)] == list(range(1900, 2100))


def test_what_the_pattern_finds_is_a_number_and_a_mixture_is_none():
    assert all(re.fullmatch(NUMBER, chinese_number(number)) for number in range(1, 100))
    assert [read_number(text) for text in ("2十", "二10", "1.2", "", "第一")] == [0, 0, 0, 0, 0]
