"""Figures as Word writes them, in every kind of figure that Chinese offices use."""

from __future__ import annotations

import pytest

from tracker.formats.readers.docx import count_text


@pytest.mark.parametrize(
    ("number", "figures", "text"),
    [
        (1, "decimal", "1"),
        (7, "decimalZero", "07"),
        (12, "decimalFullWidth", "１２"),
        (10, "chineseCounting", "十"),
        (11, "japaneseCounting", "十一"),
        (20, "chineseCountingThousand", "二十"),
        (21, "taiwaneseCountingThousand", "二十一"),
        (100, "chineseCountingThousand", "一百"),
        (101, "chineseCountingThousand", "一百零一"),
        (110, "chineseCountingThousand", "一百一十"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (10, "ideographDigital", "一〇"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (3, "ideographTraditional", "丙"),
        (4, "ideographZodiac", "卯"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (27, "upperLetter", "AA"),
        (3, "lowerLetter", "c"),
        (5, "bullet", ""),
        (5, "none", ""),
        (5, "somethingNew", "5"),
    ],
)
def test_a_count_in_figures(number: int, figures: str, text: str) -> None:
    assert count_text(number, figures) == text
