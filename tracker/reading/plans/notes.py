"""Notes that change the meaning of a whole table or plan.

    注：责任单位中排在第一位的为牵头单位，其余为配合单位。
    注：★为牵头单位。
    注：▲为牵头单位，●为责任单位，○为配合单位。      (the legend of a matrix)
    以下均需相关乡镇配合，不再列出                      (inside the first clause; `clauses` reads it)

What a note does to a clause is read and applied by `clauses`; here it is only found, and the legend of a
matrix is read:

    >>> {symbol: field.name for symbol, field in legend("注：▲为牵头单位，●为责任单位，○为配合单位").items()}
    {'▲': 'LEAD', '●': 'RESPONSIBLE', '○': 'SUPPORT'}
    >>> {symbol: field.name for symbol, field in legend("责任单位（牵头★ 配合☆）").items()}
    {'★': 'LEAD', '☆': 'SUPPORT'}
"""

from __future__ import annotations

import re

from tracker.reading.plans.drafts import Field

SYMBOLS = "▲△●○◎★☆■□◆◇√✓✔☑✕※#＊*◯〇⊙▼▽Ｏ√"
_ROLES: tuple[tuple[str, Field], ...] = (
    ("牵头", Field.LEAD),
    ("主办", Field.LEAD),
    ("第一责任", Field.LEAD),
    ("配合", Field.SUPPORT),
    ("协办", Field.SUPPORT),
    ("协助", Field.SUPPORT),
    ("参与", Field.SUPPORT),
    ("参加", Field.SUPPORT),
    ("指导", Field.SUPPORT),
    ("监督", Field.SUPPORT),
    ("支持", Field.SUPPORT),
    ("会办", Field.SUPPORT),
    ("责任", Field.RESPONSIBLE),
    ("负责", Field.RESPONSIBLE),
    ("承办", Field.RESPONSIBLE),
    ("落实", Field.RESPONSIBLE),
    ("实施", Field.RESPONSIBLE),
    ("主责", Field.RESPONSIBLE),
)
_WORD = "|".join(word for word, _ in _ROLES)
_SYMBOL_FIRST = re.compile(
    rf"[“\"‘'（(]?(?P<symbol>[{re.escape(SYMBOLS)}])[”\"’'）)]?[\s\u3000]*(?:号)?(?:为|是|表示|代表|指|[:：=＝—\-])*[\s\u3000]*(?P<word>{_WORD})"
)
_WORD_FIRST = re.compile(
    rf"(?P<word>{_WORD})(?:单位|部门|科室|处室)?(?:的)?[\s\u3000]*(?:用|以|为|标|打|划|画|记|[:：=＝—\-（(“\"])*[\s\u3000]*(?P<symbol>[{re.escape(SYMBOLS)}])"
)

_IN_BRACKET = re.compile(r"[（(]([^（）()]*)[)）]")


def legend(text: str) -> dict[str, Field]:
    """What the symbols of a matrix mean, where a text says so; empty if it does not."""
    for inside in _IN_BRACKET.findall(text):
        if inside != text and (symbols := legend(inside)):
            return symbols  # in 责任单位（★牵头 √责任） the word before the bracket belongs to no symbol
    readings = [list(pattern.finditer(text)) for pattern in (_SYMBOL_FIRST, _WORD_FIRST)]
    readings = [reading for reading in readings if reading]
    if not readings:
        return {}
    # A symbol belongs to the word on its own side; the side that is met first is the side of all.
    first = min(readings, key=lambda matches: matches[0].start())
    return {match["symbol"]: dict(_ROLES)[match["word"]] for match in first}
