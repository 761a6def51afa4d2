"""Collective names and the lists that say whom they mean.

A unit cell speaks of 市有关单位（见附件1，下同）; the list is a sheet, a table or a few lines of the same file,
found by its annex number or by its title. What no list defines has no members: nobody is guessed.

    >>> annex_of("市有关单位", "市政府办、市有关单位（见附件1，下同），各县负责")
    '附件1'
    >>> defined_in("本表所称有关单位，是指市甲局、市乙局。", "有关单位")
    ('市甲局', '市乙局')
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tracker.grid import Grid
from tracker.numerals import HAN, read_number
from tracker.reading.headings import leading_number
from tracker.reading.tables import TextLine, is_names, is_pure, plain_head
from tracker.reading.text import fold
from tracker.values import dataclass

_ANNEX = re.compile(rf"附\s*(?:件|表|录)\s*(?P<no>\d{{1,2}}|[{HAN}]{{1,2}})?")


# 附件2：名单; 附：名单
_OPENS_ANNEX = re.compile(rf"^附(?:\s*[件表录]\s*(?:\d{{1,2}}|[{HAN}]{{1,2}})?\s*[:：]?|\s*[:：])")


@dataclass(frozen=True, slots=True)
class Annex:
    """A list of units.

    Attributes:
        label: `附件1`; empty where it has none.
        title: What stands over the list.
        members: The names, in order.
        place: Where it stands.
    """

    label: str
    title: str
    members: tuple[str, ...]
    place: str


def label_in(text: str) -> str:
    """The annex that a text speaks of, in one form; empty if none.

    >>> label_in("见附件 1"), label_in("附件一：名单"), label_in("附件"), label_in("名单附后")
    ('附件1', '附件1', '附件', '')
    """
    match = _ANNEX.search(fold(text))
    if match is None:
        return ""
    return f"附件{read_number(match['no'])}" if match["no"] else "附件"


def annex_of(name: str, clause: str) -> str:
    """The annex that a clause sends to for a name."""
    tight = re.sub(r"\s+", "", clause)
    match = re.search(re.escape(re.sub(r"\s+", "", name)) + r"[（(【\[]([^()（）\]】]*)[)）\]】]", tight)
    if match is None:
        return ""
    return label_in(match[1]) or ("名单" if re.search("名单|附后|见后", match[1]) else "")


def read_annex_grid(grid: Grid, above: Sequence[str] = ()) -> Annex | None:
    """Read a sheet or table as a list of units; None if it is none."""
    start, column = 0, None
    titles = [*above, grid.name]
    for row in range(min(grid.height, 8)):
        row_cells = grid.cells(row)
        unit_columns = [
            at
            for at, text in row_cells.items()
            if re.search(r"单位|部门|成员|名称|机构", plain_head(text)) and is_pure(text)
        ]
        if (
            len(row_cells) >= 1
            and unit_columns
            and (len(row_cells) > 1 or not re.search("名单", row_cells[unit_columns[0]]))
        ):
            start, column = row + 1, unit_columns[0]
            break
        alone = next(iter(row_cells.values()), "") if len(row_cells) == 1 else ""
        if not alone or _names(alone):
            break
        titles.append(alone)
        start = row + 1
    members: list[str] = []
    for row in range(start, grid.height):
        row_cells = grid.cells(row)
        if column is not None:
            texts = [row_cells[column]] if column in row_cells else []
        else:
            texts = [text for text in row_cells.values() if not re.fullmatch(r"[\d.、]+", text.strip())]
        for text in texts:
            members += _names(text)
    if not members or len(titles) == 0:
        return None
    title = " ".join(text.strip() for text in titles if text.strip())
    return Annex(label_in(title), title, tuple(dict.fromkeys(members)), grid.place(0, 0))


def read_annex_lines(lines: Sequence[TextLine]) -> list[Annex]:
    """Read lists that stand as lines under 附件1, 附件2 and so on."""
    annexes: list[Annex] = []
    label, titles, members, place = "", [""], [""], ""
    for line in [*lines, TextLine("附件", "")]:
        head = _OPENS_ANNEX.match(line.text)
        if head and len(line.text) <= 40:
            if place and any(members):
                title = " ".join(filter(None, titles))
                annexes.append(Annex(label, title, tuple(dict.fromkeys(filter(None, members))), place))
            label, place = label_in(line.text), line.place
            titles, members = [line.text[head.end() :]], []
        elif place:
            names = _names(line.text)
            if names:
                members += names
            elif not members:
                titles.append(line.text)
    return annexes


def _names(text: str) -> list[str]:
    """The names in a cell or line of a list; empty if it is something else."""
    number = leading_number(text.strip())
    body = number.rest if number is not None else text.strip()
    body = re.sub(r"^\d{1,3}\s*[.、]?\s*", "", body)
    # 市有关单位包括：甲、乙。 is the list and its name in one cell.
    body = (
        re.sub(r"^[^：:、]{0,20}(?:单位|部门|名单|成员)(?:包括|有|为|是指)?[：:]", "", body)
        .strip()
        .rstrip("。；;")
    )
    if not is_names(body) or re.search("名单|一览", body):
        return []
    return [part.strip() for part in re.split(r"[、，,；;\n]|\s{1,}", body.strip("。")) if part.strip()]


def defined_in(text: str, name: str) -> tuple[str, ...]:
    """The members that a sentence gives a collective name: 有关单位是指甲、乙; empty if it gives none."""
    match = re.search(
        re.escape(name) + r"[”\"]?[，,]?(?:是指|系指|指的是|包括|指|为)[:：]?(?P<members>[^。；;）)]+)", text
    )
    if match is None or not is_names(match["members"], lone=False):
        return ()
    return tuple(_names(match["members"]))


def members_of(
    name: str, clauses: Iterable[str], annexes: Sequence[Annex], notes: Iterable[str] = ()
) -> tuple[str, ...] | None:
    """Who a collective name means, by what the file says; None if it does not say.

    The annex that the clause names, else the one annex whose title holds the name, else a note that defines it.
    """
    for clause in clauses:
        label = annex_of(name, clause)
        if label:
            for annex in annexes:
                if (
                    annex.label == label
                    or (label == "附件" and len(annexes) == 1)
                    or (label == "名单" and fold(name) in fold(annex.title))
                ):
                    return annex.members
    candidates = [annex for annex in annexes if fold(name) in fold(annex.title)]
    if len(candidates) == 1:
        return candidates[0].members
    for note in notes:
        if members := defined_in(note, name):
            return members
    return None
