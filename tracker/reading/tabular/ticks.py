"""Ticks: what a cell means that holds a symbol or a word for a role instead of a name.

>>> role_of("牵头", {}).name, role_of("▲", {"▲": Field.SUPPORT}).name, role_of("市甲局", {}) is None
('LEAD', 'SUPPORT', True)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tracker.reading.plans.drafts import Field
from tracker.reading.plans.notes import SYMBOLS

# What offices mean by a symbol when they do not say.
USUAL: Mapping[str, Field] = {
    **dict.fromkeys("▲★◎■◆⊙▼", Field.LEAD),
    **dict.fromkeys("●√✓✔☑#※*＊", Field.RESPONSIBLE),
    **dict.fromkeys("○△☆□◇◯〇▽Ｏ", Field.SUPPORT),
}
_WORDS: tuple[tuple[Field, re.Pattern[str]], ...] = (
    (Field.LEAD, re.compile(r"^(?:牵头|主办|总牵头|牵头单位|主办单位|主|牵)$")),
    (Field.SUPPORT, re.compile(r"^(?:配合|协办|协助|参与|参加|会办|支持|指导|配合单位|协办单位|协|配)$")),
    (Field.RESPONSIBLE, re.compile(r"^(?:责任|负责|承办|落实|实施|责任单位|是|有|1|[YyVv])$")),
)


def role_of(tick: str, legend: Mapping[str, Field]) -> Field | None:
    """The role that a cell of a matrix gives; None if it is no tick."""
    tick = re.sub(r"\s+", "", tick)
    if tick in legend:
        return legend[tick]
    if len(tick) == 1 and tick in SYMBOLS:
        return USUAL.get(tick, Field.RESPONSIBLE)
    return next((field for field, pattern in _WORDS if pattern.match(tick)), None)
