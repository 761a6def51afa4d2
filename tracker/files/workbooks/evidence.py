"""佐证清单.xlsx: which file, picture or link shows what, and where its original lies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.files.lists.books import BookColumn
from tracker.files.lists.books import BookSheet
from tracker.files.lists.books import lay_out


@dataclass(frozen=True, slots=True)
class EvidenceListRow:
    """One row, in words."""

    point_id: str
    requirement: str
    unit: str
    round: str
    name: str
    state: str
    source: str
    place: str
    original: str


def lay_out_evidence(rows: Sequence[EvidenceListRow]) -> bytes:
    """Lay out the list."""
    sheet = BookSheet(
        "佐证清单",
        "佐证材料清单",
        (
            "各单位报来的佐证材料：填报表里的图片和链接、“各单位报送/单位/佐证…”文件夹里的文件、填报表“佐证材料”栏写到的。",
            "“未收到”是单位写了文件名而没有报来的；没有事项编号的，是对不上任何一项的。本表由程序生成，请勿填写。",
        ),
        (
            BookColumn("事项编号", 10, ours=True),
            BookColumn("具体要求", 36, ours=True),
            BookColumn("单位", 18, ours=True),
            BookColumn("期次", 12, ours=True),
            BookColumn("佐证材料", 36, ours=True),
            BookColumn("情况", 10, ours=True),
            BookColumn("来源", 10, ours=True),
            BookColumn("位置", 16, ours=True),
            BookColumn("原件留存", 40, ours=True),
        ),
        tuple(
            (
                row.point_id,
                row.requirement,
                row.unit,
                row.round,
                row.name,
                row.state,
                row.source,
                row.place,
                row.original,
            )
            for row in rows
        ),
    )
    return lay_out((sheet,))
