"""The cells of a row whose separators were lost: where the units stand in it, and what is before and behind them.

    公布审计结果 省审计厅 各设区市，各县 在网站公开。     task, lead, responsible, requirement
    开展普查 市统计局、各县 6月底                        requirement, responsible, time

The units are found by their separators first: what stands between two of them and is a whole name belongs to the
run; its first name touches the text before it, its last one the text behind it (`gluednames`). Two names that touch
each other are the border of two cells. Where more than one reading is left, or the first or last name is not
certain, the row is not cut.

    >>> cells = cut_cells("公布审计结果省审计厅各设区市，各县在网站公开。", columns=2, ends_row=False)
    >>> cells.before, cells.groups, cells.behind
    ('公布审计结果', ('省审计厅', '各设区市，各县'), '在网站公开。')
    >>> cut_cells("开展普查，由大家参加", columns=1, ends_row=True) is None
    True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Set
from dataclasses import dataclass
from itertools import pairwise

from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.running import gluednames
from tracker.reading.running.gluednames import SEPARATORS

_NUMERAL = r"[\d一二两三四五六七八九十]{1,3}"
_MONTH = r"(?:1[0-2]|0?[1-9])月(?:份|底|末|初|中旬|上旬|下旬|(?:[12]\d|3[01]|0?[1-9])日)?"
_WHEN = "|".join(
    (
        rf"(?:20\d\d年|今年|本年|当年)?(?:\d{{1,2}}[-—~～至]+)?{_MONTH}",
        r"20\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?",
        r"(?:20\d\d年?|今年|本年|当年)?(?:年?(?:底|末|内)|年度|上半年|下半年|全年|第?[一二三四1-4]季度?(?:末|底|初)?)",
        r"20\d\d年",
        r"每(?:半年|两周|半月|季度?|[年月周日旬])(?:末|底|度|初)?(?:\d{1,2}日)?|[按逐]月|按季度?|汛期每月",
        rf"(?:印发|发文|交办|启动)?(?:之日起|后)?{_NUMERAL}个?(?:工作日|自然日|小时|日|天|月|周)(?:之?内)",
        r"长期|持续|常态化?|贯穿全年|适时|立即|即时|尽快|按时|立行立改|[入主]?汛期?前|(?:国庆节?|元旦|五一|七一|春节|中秋节?|开学)前",
    )
)
_TIME_TAIL = r"(?:之?前|以前|起)?(?:各?一次|完工|完成|办结|启动|建成|开工|并?(?:长期|持续)?(?:坚持|推进|落实|实施|调度|开展|任务|整改|抓落实))*"
_TIME = re.compile(rf"(?:{_WHEN}){_TIME_TAIL}(?:(?:至|到|—+|-+|~|～|、|和|，|；)?(?:{_WHEN}){_TIME_TAIL})*")
_FURTHEST = 70
_SHORTEST_TEXT = 4
_LONGEST_TIME = 24
# No row is longer; what is has not been told from the next ones.
_LONGEST_ROW = 3000


@dataclass(frozen=True, slots=True)
class GluedCells:
    """A row that was cut.

    Attributes:
        before: The text before the units.
        groups: The units, one text for each cell.
        behind: The text behind them.
        time: The time limit that closes the row or stands right behind the units.
        is_unparted: Whether one of the groups holds several cells, nobody knows which.
    """

    before: str
    groups: tuple[str, ...]
    behind: str = ""
    time: str = ""
    is_unparted: bool = False


def cut_cells(
    text: str, *, columns: int, ends_row: bool, has_time: bool = False, unit_names: Set[str] = frozenset()
) -> GluedCells | None:
    """Cut a row; None if there is no cut that is certain.

    Args:
        text: The row without its number.
        columns: How many columns of units it has.
        ends_row: Whether nothing but a time limit follows the units.
        has_time: Whether a column holds a time limit.
        unit_names: Names that are known to be units.
    """
    text = text.strip(" \u3000\n")
    if len(text) > _LONGEST_ROW:
        return None
    body, time = _without_time(text) if has_time else (text, "")
    plain = marks.blank_inside(marks.fold_characters(body))
    run = _at_end(plain, unit_names) if ends_row else _inside(plain, columns, unit_names)
    if run is None:
        return None
    start, end = run
    groups = _groups(body, plain, start, end, unit_names)
    is_unparted = len(groups) > columns
    if is_unparted:
        groups = _fewer(groups, columns)
    behind = body[end:].strip(" \u3000\n")
    if has_time and not time and (lead := _TIME.match(behind)):
        time, behind = lead[0], behind[lead.end() :].strip()
    return GluedCells(
        body[:start].strip(" \u3000\n，、"),
        tuple(groups),
        behind,
        time,
        is_unparted and len(groups) < columns,
    )


def _fewer(groups: list[str], columns: int) -> list[str]:
    """More names touch each other than there are columns: bodies before a collective name are the first cell.

    Otherwise it is not known where the border is, and all of them are one statement.
    """
    collective = [names.is_group(re.split("[、，；]", group)[0]) for group in groups]
    if columns == 2 and collective[-1] and not any(collective[:-1]):
        return ["、".join(groups[:-1]), groups[-1]]
    return ["、".join(groups)]


def ends_in_time(text: str) -> bool:
    """Whether a text ends in a time limit, as a row does whose last column that is."""
    return bool(_without_time(text)[1])


def _without_time(text: str) -> tuple[str, str]:
    """A row without the time limit at its end: the longest one that ends it."""
    end = len(text.rstrip(" 。\n"))
    for start in range(max(0, end - _LONGEST_TIME), end):
        if (match := _TIME.match(text, start, end)) is not None and match.end() == end:
            if text[start].isdecimal() and text[start - 1 : start].isdecimal():
                continue
            return text[:start].rstrip(), match[0]
    return text, ""


def _tokens(plain: str) -> list[tuple[int, int]]:
    """The stretches between separators and full stops; a full stop belongs to the stretch before it."""
    return [(match.start(), match.end()) for match in re.finditer(rf"[^{SEPARATORS}。；：]+[。：]?", plain)]


def _at_end(plain: str, unit_names: Set[str]) -> tuple[int, int] | None:
    """The run of names that ends a text, with a text before it."""
    plain = plain.rstrip(SEPARATORS + "。")
    start = len(plain)
    for begin, end in reversed(_tokens(plain)):
        piece = plain[begin:end]
        if piece.endswith(("。", "：")):
            break
        opens = begin == 0 or plain[begin - 1] in "。："
        if begin and _all_names(piece, unit_names) and not (opens and _hides_text(piece, unit_names)):
            start = begin
            continue
        if (inner := _begins(piece, unit_names)) > 0:
            start = begin + inner
        elif start < len(plain) and not _is_cell_border(plain, start):
            return None
        break
    return (start, len(plain)) if 0 < start < len(plain) else None


def _is_cell_border(plain: str, start: int) -> bool:
    """Whether a run of names is set apart from the text before it by more than a comma of that text."""
    return plain[start - 1] in " \n。：；"


def _hides_text(piece: str, unit_names: Set[str]) -> bool:
    """Whether a stretch that could be a name holds the end of a text and a name behind it."""
    if names.starts_like_unit(piece) or piece in unit_names:
        return False
    first = gluednames.pieces(gluednames.without_role(piece), unit_names)[0]
    return first not in unit_names and gluednames.begins(first, unit_names) > 3


def _all_names(piece: str, unit_names: Set[str]) -> bool:
    return all(gluednames.is_name(name) for name in gluednames.pieces(piece, unit_names))


def _begins(piece: str, unit_names: Set[str]) -> int:
    """Where the names begin that a stretch ends with; several can touch each other."""
    bare = gluednames.without_role(piece)
    start = gluednames.begins(bare, unit_names)
    while start > 0 and (start_before := gluednames.begins(bare[:start], unit_names)) >= 0:
        start = start_before
    return start


def _inside(plain: str, columns: int, unit_names: Set[str]) -> tuple[int, int] | None:
    """The first run of names that has a text on both sides; None where the text may begin with one more of them."""
    for start in _starts(plain, unit_names):
        end, borders = _run_end(plain, start, columns, unit_names)
        behind = plain[end:].lstrip()
        if end > start and len(behind) >= _SHORTEST_TEXT:
            maybe_more = borders + 1 < columns and names.whole_prefix(behind[:40])
            return None if maybe_more else (start, end)
    return None


def _starts(plain: str, unit_names: Set[str]) -> Iterator[int]:
    """Where a run of names can begin: behind a blank, or inside the first sentence where a name is certain."""
    stop = plain.find("。")
    limit = min(stop if stop > 0 else len(plain), _FURTHEST)
    for blank in re.finditer(r"[ \n]", plain[:limit]):
        if gluednames.ends(plain[blank.end() :], unit_names) > 0:
            yield blank.end()
    for at in range(2, limit):
        if plain[at - 1] in SEPARATORS:
            continue
        rest = plain[at:]
        if any(rest.startswith(name) for name in unit_names) or names.starts_like_unit(rest):
            size = gluednames.ends(rest, unit_names)
            # The same name, found from its end: a level inside a word begins none.
            if size > 0 and gluednames.begins(
                plain[: at + len(gluednames.without_role(rest[:size]))], unit_names
            ) in (at,):
                yield at


def _run_end(plain: str, start: int, columns: int, unit_names: Set[str]) -> tuple[int, int]:
    """Where a run of names ends, and how many borders it holds: names that touch fill one column each."""
    at, borders = start, 0
    while True:
        size = gluednames.ends(plain[at:], unit_names)
        if size <= 0:
            return (at if at == start or plain[at - 1] not in SEPARATORS else at - 1), borders
        at += size
        if at < len(plain) and plain[at] in SEPARATORS.replace(" ", "").replace("\n", ""):
            at += 1
            continue
        blank = plain[at : at + 1] in (" ", "\n")
        rest = plain[at + blank :]
        opens = names.starts_like_unit(rest) or any(rest.startswith(name) for name in unit_names)
        if borders + 1 < columns and opens and gluednames.ends(rest, unit_names) > 0:
            borders += 1
            at += blank
            continue
        return at, borders


def _groups(body: str, plain: str, start: int, end: int, unit_names: Set[str]) -> list[str]:
    """The run cut where two names touch each other."""
    cuts = [start]
    for begin, stop in _tokens(plain[start:end]):
        at = start + begin
        for piece in gluednames.pieces(plain[start + begin : start + stop], unit_names)[:-1]:
            at += len(piece)
            cuts.append(at)
        if begin and plain[start + begin - 1] in " \n":
            cuts.append(start + begin)
    cuts = sorted({*cuts, end})
    groups = [body[a:b].strip(SEPARATORS) for a, b in pairwise(cuts)]
    return [group for group in groups if group]
