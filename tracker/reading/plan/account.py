"""The account of a reading: where every cell and every line of the file went.

The readers of layouts say what they used (`Uses`); the account subtracts that from what stands in the source. Every
cell that holds something and every line ends in one use, or is unread; unread neighbours are told together.

    use            what it is                                              told
    FRONT          title, cover, letter, what stands above the head
    HEAD           head of a column, label of a card
    BANNER         heading, banner, sentence that leads over
    NUMBER TASK REQUIREMENT UNITS DEADLINE REMARK                          (a work point holds them)
    PERSON         persons, telephones: never kept
    NOTE           notes and legends
    FURNITURE      totals, page numbers, signatures, what a web page prints around an article
    GROUP          lists of members
    TEXT           running text that names nobody who answers
    LEFT_OUT       sheets and tables that are no part of the plan          once each, elsewhere
    STATE          struck through, a picture, no stored result             each, elsewhere (`cells`)
    UNREAD         nobody used it                                          once for neighbours

A line that nobody used is furniture, a note, or text; one that states who answers is unread.

    >>> from tracker.grid import from_table
    >>> grid = from_table('''
    ... | 任务   | 单位   |        |
    ... | 修水渠 | 市甲局 | 共三里 |
    ... | 清河道 | 市乙局 | 共五里 |
    ... ''')
    >>> uses = Uses({"Sheet1": {(row, column): Use.TASK for row in range(3) for column in range(2)}})
    >>> account = balance(Source("xlsx", "方案.xlsx", (grid,)), uses)
    >>> account.total, account.count(Use.TASK), [(entry.place, entry.count) for entry in account.unread]
    (8, 6, [('Sheet1!C2:C3', 2)])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import islice

from tracker import patterns as re
from tracker.grid import Grid, Notation, Paragraph, Source, as_text, column_letters
from tracker.model import Plan, WorkPoint
from tracker.numerals import HAN
from tracker.problems.base import Finding
from tracker.problems.reading import UNREAD
from tracker.reading.clauses import (
    Sense,
    insides,
    read_note,
    read_responsibility,
    senses_of,
)
from tracker.reading.lines import TextLine, is_page_furniture, leading_number
from tracker.reading.prose import is_time_alone, names_and_time, names_somebody
from tracker.reading.tables import (
    HEAD_OF,
    LONGEST_CLAUSE,
    Caption,
    Draft,
    Spot,
    Use,
    Uses,
    at_end,
    explains,
    filled,
    is_furniture,
    is_idle_label,
    is_names,
    is_note,
    opens_with_label,
    start_of,
)
from tracker.text import clean, tight
from tracker.values import dataclass


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """Neighbours that went the same way.

    Attributes:
        use: Which way.
        place: The cell, the range or the first line.
        count: How many cells or lines.
        text: The first of them, as written.
    """

    use: Use
    place: str
    count: int
    text: str


@dataclass(frozen=True, slots=True)
class Account:
    """Where every cell and line went.

    Attributes:
        counts: How many went each way.
        unread: What nobody used.
        words: What went nowhere inside cells and lines that were used.
        text: Running text that names nobody.
        left_out: Sheets and tables as wholes.
    """

    counts: Mapping[Use, int] = field(default_factory=dict)
    unread: tuple[AccountEntry, ...] = ()
    words: tuple[AccountEntry, ...] = ()
    text: tuple[AccountEntry, ...] = ()
    left_out: tuple[AccountEntry, ...] = ()

    @property
    def total(self) -> int:
        """How many cells and lines hold something."""
        return sum(self.counts.values())

    def count(self, use: Use) -> int:
        """How many went one way."""
        return self.counts.get(use, 0)

    def lines(self) -> list[tuple[str, int, str, str]]:
        """Way, count, place and text: a line for each way, below it what went nowhere, what names nobody, what was left out."""
        entries = {
            Use.UNREAD: [*self.unread, *self.words],
            Use.TEXT: self.text,
            Use.LEFT_OUT: self.left_out,
        }
        rows: list[tuple[str, int, str, str]] = []
        for use in Use:
            entry_rows = [("", entry.count, entry.place, entry.text) for entry in entries.get(use, ())]
            if entry_rows or self.count(use):
                rows += [(use.value, self.count(use), "", ""), *entry_rows]
        return rows

    def findings(self) -> list[Finding]:
        """What nobody used, once for neighbours."""
        return [
            UNREAD.at(
                entry.place,
                what="这里的文字" if entry.count == 1 else f"从这里起{entry.count}格（行）",
                text=entry.text,
            )
            for entry in (*self.unread, *self.words)
        ]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan as it was understood, and what a person should look at.

    Attributes:
        plan: What was understood.
        findings: What a person should look at.
        drafts: The text of each work point before its words were read, in the same order.
        account: Where every cell and line of the file went.
        captions: The columns of every table of the file that holds work points, each head once.
    """

    plan: Plan
    findings: tuple[Finding, ...] = ()
    drafts: tuple[Draft, ...] = ()
    account: Account = field(default_factory=Account)
    captions: tuple[Caption, ...] = ()


def balance(
    source: Source, uses: Uses, *, emptied: Sequence[str] = (), words: Sequence[AccountEntry] = ()
) -> Account:
    """Subtract what was used from what stands in a source.

    Args:
        source: The file, its cells settled.
        uses: What the readers used.
        emptied: The places of the cells and lines that hold nothing any more since their state was settled.
        words: What went nowhere inside cells that were used (`leftovers`).
    """
    counts: Counter[Use] = Counter()
    unread: list[AccountEntry] = []
    text: list[AccountEntry] = []
    left_out: list[AccountEntry] = []
    line_uses = _by_line(uses.lines) if uses.lines else uses.lines
    loose: dict[Use, list[Paragraph]] = {}
    for block in source.blocks:
        if isinstance(block, Paragraph):
            if not block.text.strip():
                continue
            use = line_uses.get(block.place) or _use_of_line(block.text)
            counts[use] += 1
            for other in (Use.UNREAD, Use.TEXT):
                entries = unread if other is Use.UNREAD else text
                if use is other:
                    loose.setdefault(other, []).append(block)
                elif other in loose:
                    entries.append(_entry_of_lines(other, loose.pop(other)))
            continue
        cell_uses = uses.cells.get(block.name, {})
        spots = {
            spot: cell_uses.get(spot)
            or line_uses.get(block.place(*spot))
            or uses.grids.get(block.name, Use.UNREAD)
            for spot in filled(block)
        }
        counts.update(spots.values())
        spots_out = [spot for spot, use in spots.items() if use is Use.LEFT_OUT]
        if spots_out:
            left_out.append(AccountEntry(Use.LEFT_OUT, block.name, len(spots_out), block.text(*spots_out[0])))
        unread += _neighbours(block, spots) if Use.UNREAD in spots.values() else []
    for use, entries in ((Use.UNREAD, unread), (Use.TEXT, text)):
        if use in loose:
            entries.append(_entry_of_lines(use, loose[use]))
    counts[Use.STATE] = len(emptied)
    return Account(
        counts={use: counts[use] for use in Use if counts[use]},
        unread=tuple(unread),
        words=tuple(words),
        text=tuple(text),
        left_out=tuple(left_out),
    )


def _by_line(lines: Mapping[str, Use]) -> dict[str, Use]:
    """The use of whole lines: one with an unread item is unread, else its weightiest item speaks for it."""
    order = list(Use)
    by_line: dict[str, Use] = dict(lines)
    for place, use in lines.items():
        line = place.rpartition("#")[0]
        if line:
            before = by_line.get(line)
            weight = (Use.UNREAD, Use.REQUIREMENT, Use.UNITS, Use.DEADLINE, *order)
            by_line[line] = use if before is None else min(before, use, key=weight.index)
    return by_line


def _use_of_line(text: str) -> Use:
    """What a line is that nobody used."""
    bare = clean(text.strip()).text
    if not tight(bare) or is_page_furniture(bare) or is_furniture(bare):
        return Use.FURNITURE
    if is_note(bare):
        return Use.NOTE
    return Use.UNREAD if at_end(bare).statements and not is_idle_label(bare) else Use.TEXT


def _entry_of_lines(use: Use, lines: Sequence[Paragraph]) -> AccountEntry:
    return AccountEntry(use, lines[0].place, len(lines), _together(line.text for line in lines))


# So many of several neighbours are shown.
_FIRST = 3


def _together(texts: Iterable[str]) -> str:
    """The first of several texts, each cut short."""
    return "；".join(start_of(text) for text in islice(texts, _FIRST))


def _neighbours(grid: Grid, spots: Mapping[Spot, Use]) -> Iterator[AccountEntry]:
    """The unread cells of a grid, those together that stand side by side or below each other with nothing between."""
    last_in_row: dict[int, Spot] = {}
    last_in_column: dict[int, Spot] = {}
    group: dict[Spot, list[Spot]] = {}
    for spot, use in spots.items():
        row, column = spot
        if use is Use.UNREAD:
            group[spot] = [spot]
            for other in (last_in_row.get(row), last_in_column.get(column)):
                if other in group and other is not None and group[other] is not group[spot]:
                    lesser, larger = sorted((group[other], group[spot]), key=len)
                    larger += lesser
                    for member in lesser:
                        group[member] = larger
        last_in_row[row] = last_in_column[column] = spot
    for members in {id(members): sorted(members) for members in group.values()}.values():
        yield AccountEntry(
            Use.UNREAD, _range(grid, members), len(members), _together(grid.text(*spot) for spot in members)
        )


def _range(grid: Grid, spots: Sequence[Spot]) -> str:
    """The address of cells: of a sheet as a range, else the first."""
    first = grid.place(*spots[0])
    bottom, right = max(row for row, _ in spots), max(column for _, column in spots)
    first_column = min(column for _, column in spots)
    if len(spots) == 1 or grid.notation is not Notation.SHEET or first.rpartition("!")[0] != grid.name:
        return first
    return f"{grid.name}!{column_letters(first_column)}{spots[0][0] + 1}:{column_letters(right)}{bottom + 1}"


# Labels of units and time: what may go nowhere when a text is cut into its parts.
_IDLE = re.compile(
    r"(?:责任|牵头|配合|承办|主办|协办|落实|负责|参与|完成|办结|截止|时间|重点|工作|任务|主要|具体|目标|整改|整治|事项|项目|交办|督办|督查|分解|办理|年度|推进|细化|解决)(?:单位|名称|部门|科室|处室|股室|部室|领导|时限|时间|期限|日期|节点|分工|内容|要求|任务|措施|举措|事项)"
    r"|会议(?:研究)?[\u4e00-\u9fff]{2}(?:如下|以下事项)?|(?:任务|分工|事项|安排|具体)?如下"
    rf"|责任人|联系人|联系电话|同上|第[{HAN}]{{1,3}}[项件则款](?:任务|工作|事项|措施|行动|工程)?"
)
# 包联领导：某某
_PERSONS = re.compile(
    r"(?:[\u4e00-\u9fff]{2}领导|(?:第一)?责任人|联系人|联系电话|负责人|督办人)\s*[：:]\s*[^，,；;。：:（(）)】\n]{1,20}?(?=$|[，,；;。（(）)】\s])"
)
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z]+")
_NO_WORD = re.compile(r"[\W_]+")
# Fewer characters are an accident of cutting.
_FEWEST = 4


def leftovers(
    source: Source,
    drafts: Sequence[Draft],
    unanswered: Sequence[tuple[str, str]] = (),
    uses: Uses | None = None,
) -> list[AccountEntry]:
    """The words of a requirement's cell or line that no work point carries, and those of its units that name nobody.

    Args:
        source: The file, its cells settled.
        drafts: The work points.
        unanswered: Place and text of items that are told of as having no unit.
        uses: What the readers used: where a row is one line, its remarks and persons have the place of its requirement.

    >>> from tracker.reading.tables import RoleStatement
    >>> grid = Grid("表", (("1.修水渠。（市甲局）另建泵站两座",),))
    >>> draft = Draft("修水渠。", "表!A1", no="1", statements=(RoleStatement("市甲局"),))
    >>> [(entry.place, entry.text) for entry in leftovers(Source("xlsx", "", (grid,)), [draft])]
    [('表!A1', '另建泵站两座')]
    """
    pieces: dict[str, set[str]] = {}
    entries: list[AccountEntry] = []
    for draft in drafts:
        if _HINTS.search(draft.requirement) and (inner := _inner_names(draft)):
            entries.append(AccountEntry(Use.UNREAD, draft.place, len(inner), _together(inner)))
        for statement in draft.statements:
            # A longer clause is cut, and told of.
            is_read = not statement.is_continued and len(statement.text) <= LONGEST_CLAUSE
            # Where nobody at all is named the work point itself is told.
            alone = len(draft.statements) == 1
            if is_read and (words := _unread_words(statement.text, HEAD_OF[statement.field], alone=alone)):
                place = statement.place or draft.place
                entries.append(AccountEntry(Use.UNREAD, place, 1, _together(words)))
        texts = [draft.requirement, draft.section, draft.task, as_text(draft.deadline)]
        for statement in draft.statements:
            texts += (statement.text, statement.header)
        for label, text in draft.remarks:
            texts += (label, text)
        line = draft.place.rpartition("#")[0] or draft.place
        pieces.setdefault(line, set()).update("\n".join(texts).split("\n"))
    for place, text in unanswered:
        pieces.setdefault(place.rpartition("#")[0] or place, set()).update(text.split("\n"))
    whole = set().union(*pieces.values())
    # Remarks, persons and labels of a table whose rows are lines have the place of a requirement.
    whole |= {
        grid.text(*spot)
        for grid in source.grids
        if grid.notation is Notation.BARE and uses is not None
        for spot, use in uses.cells.get(grid.name, {}).items()
        if use in _ASIDES
    }
    for place, text in source.entries(but=whole):
        if place in pieces and (
            words := _rest_of(_bare(_PERSONS.sub("", text)), set(map(_bare, pieces[place])))
        ):
            entries.append(AccountEntry(Use.UNREAD, place, 1, _together(words)))
    return entries


# 修渠→甲局, 修渠　责任：甲局
_LAST_SIGN = re.compile(
    r"(?:[→=＝｜|]|—{2}|(?:牵头|责任|负责|配合|承办|协办|单位|部门)[:：])\s*([^→=＝｜|—:：。]{2,40})"
)
_HINTS = re.compile(r"[(\[{（［｛【〔〖﹝〘〈→=＝｜|:：]|—{2}")


def _inner_names(draft: Draft) -> list[str]:
    """What names units inside a requirement which do not answer for it: in brackets, behind a label, or behind a last sign."""
    listed = "\n".join(statement.text for statement in draft.statements)
    behind = _LAST_SIGN.findall(draft.requirement) if draft.stream == "text" else []
    return [
        inside
        for inside in (*behind, *insides(draft.requirement))
        if len(inside) >= _FEWEST and is_names(inside) and inside not in listed and not explains(inside)
    ]


@lru_cache(maxsize=4096)
def _unread_words(wording: str, head: str, *, alone: bool) -> list[str]:
    """The words of a clause of units that name nobody and say nothing about names; cells repeat each other."""
    text = clean(wording).text
    names = read_responsibility(text, column=head).assignments
    if read_note(text) or (alone and not names):
        return []
    lost = (Sense.PROSE,) if names else (Sense.PROSE, Sense.DEED, Sense.NAME)
    return [
        words
        for sense, words in senses_of(text, column=head)
        if sense in lost and len(_bare(words)) >= _FEWEST
    ]


def _bare(text: str) -> str:
    return _NO_WORD.sub("", clean(text).text)


# Cells that are no part of what is required.
_ASIDES = (Use.REMARK, Use.PERSON, Use.HEAD)


def _without(text: str, piece: str) -> str:
    """A text without the two parts of a piece from between which units were taken.

    >>> _without("修水渠市甲局六月底前完成另建泵站", "修水渠六月底前完成")
    '|市甲局|另建泵站'
    """
    for cut in range(len(piece) - 1, 0, -1):
        at = text.find(piece[:cut])
        behind = text.find(piece[cut:], at + cut)
        if 0 <= at < behind:
            return f"{text[:at]}|{text[at + cut : behind]}|{text[behind + len(piece) - cut :]}"
    return text


def _rest_of(text: str, pieces: Iterable[str]) -> list[str]:
    """What is left of a text without the pieces that work points carry."""
    for piece in sorted(pieces, key=len, reverse=True):
        if text in piece:
            return []
        if piece and piece in text:
            text = text.replace(piece, "|")
        elif piece and piece[:_FEWEST] in text:
            text = _without(text, piece)
        # A piece that goes on in the next line of the file begins here.
        at = text.find(piece[:_FEWEST]) if len(piece) > _FEWEST else -1
        while at >= 0 and not piece.startswith(text[at:]):
            at = text.find(piece[:_FEWEST], at + 1)
        text = text[:at] if at >= 0 else text
    return [words for words in _WORDS.findall(_IDLE.sub("|", text)) if len(words) >= _FEWEST]


# A line of these belongs to the work point above it.
PARTS_OF_ITEMS = (Use.REQUIREMENT, Use.UNITS, Use.DEADLINE)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a text, and which work points stand on which of them.

    Attributes:
        lines: The lines.
        uses: What each was used for, by its place.
        drafts: The work points before their words were read, those of tables too.
        points: The work points, in the same order.
        year: The year of the plan.
        starts: For each work point of the text its first line.
        owners: For each line the work points that stand on it.
    """

    lines: Sequence[TextLine]
    uses: Mapping[str, Use]
    drafts: Sequence[Draft]
    points: Sequence[WorkPoint]
    year: int | None
    starts: dict[int, int] = field(default_factory=dict)
    owners: dict[int, list[int]] = field(default_factory=dict)

    @property
    def firsts(self) -> list[int]:
        """The first lines of the work points of the text, in order."""
        return sorted(set(self.starts.values()))

    @property
    def names(self) -> set[str]:
        """Everybody who answers for anything."""
        return {assignment.unit for point in self.points for assignment in point.responsibility.assignments}

    def is_idle(self, at: int) -> bool:
        """Whether a line is a text or a heading and no part of a work point."""
        return at not in self.owners and self.uses.get(self.lines[at].place) in (Use.TEXT, Use.BANNER)

    def points_at(self, at: int) -> list[WorkPoint]:
        """The work points of a line."""
        return [self.points[n] for n in self.owners.get(at, ())]

    def place_of(self, at: int) -> str:
        """Where a finding about a line stands: at its only work point, else at the line."""
        numbers = self.owners.get(at, ())
        return self.points[numbers[0]].place if len(numbers) == 1 else self.lines[at].place

    def has_heading(self, at: int) -> list[int]:
        """The work points that carry a line as their heading."""
        heading = self.lines[at].text.rstrip("：: 。")
        return [
            n
            for n, start in self.starts.items()
            if start >= at
            and any(text and text in heading for text in (self.points[n].section, self.points[n].task))
        ]

    def is_heading(self, at: int) -> bool:
        """Whether a line is a heading and no part of a work point."""
        return self.uses.get(self.lines[at].place) is Use.BANNER and at not in self.owners

    def points_below(self, at: int) -> list[WorkPoint]:
        """The work points below a heading: those that carry it, else all up to the next heading."""
        end = next(filter(self.is_heading, range(at + 1, len(self.lines))), len(self.lines))
        numbers = self.has_heading(at) or [n for n, start in self.starts.items() if at < start < end]
        return [self.points[n] for n in numbers]


def page_of(
    lines: Sequence[TextLine],
    uses: Mapping[str, Use],
    drafts: Sequence[Draft],
    points: Sequence[WorkPoint],
    year: int | None,
) -> Page:
    """The lines of a text beside its reading.

    Args:
        lines: The lines of the text, those above and below its work points as well.
        uses: What each line was used for, by its place.
        drafts: The work points before their words were read.
        points: The work points, in the same order.
        year: The year of the plan.
    """
    at_place = {line.place: at for at, line in enumerate(lines)}
    starts = {
        n: at
        for n, draft in enumerate(drafts)
        if (at := at_place.get(draft.place, at_place.get(draft.place.rpartition("#")[0]))) is not None
    }
    page = Page(lines, uses, drafts, points, year, starts)
    # Units may stand above what is required.
    opens = {
        n: min(
            [at]
            + [
                line
                for statement in drafts[n].statements
                if not statement.is_continued
                and starts.get(n - 1, -1) < (line := at_place.get(statement.place, at))
            ]
        )
        for n, at in starts.items()
    }
    ends = sorted({*opens.values(), len(lines)})
    for n, at in starts.items():
        for line in range(opens[n], next(end for end in ends if end > opens[n])):
            if line == at or uses.get(lines[line].place) in PARTS_OF_ITEMS:
                page.owners.setdefault(line, []).append(n)
        for statement in drafts[n].statements:
            line = at_place.get(statement.place, -1)
            is_heading_line = uses.get(statement.place) is Use.BANNER
            if line >= 0 and not is_heading_line and n not in page.owners.setdefault(line, []):
                page.owners[line].append(n)
    return page


# 办结日：9月1日; but a day with its year dates a document.
_LABEL_OF_LINE = re.compile(r"\W*[\u4e00-\u9fff]{2,6}[：:｜丨](.+)$")
_DATED = re.compile(
    r"\d{4}\s*[年.\-/]|联系|电话|抄送|制表|审核|主送|记录|主持|地点|出席|列席|签发|校对|经办|承办人|拟稿|核稿|[抄分]报|[分发]送|印发"
)


def unread_lines(page: Page) -> list[str]:
    """The places of lines behind the first work point that say who or by when, and belong to none."""
    places: list[str] = []
    firsts = page.firsts or [len(page.lines)]
    for at in filter(page.is_idle, range(firsts[0] + 1, len(page.lines))):
        line, text = page.lines[at], page.lines[at].text
        is_heading = leading_number(text) is not None or bool(page.has_heading(at))
        # Behind the last work point a name and a day sign the document.
        is_alone = (
            at < firsts[-1] and not is_heading and (names_and_time(text) is not None or is_time_alone(text))
        )
        label = _LABEL_OF_LINE.match(text)
        is_alone |= (
            label is not None
            and (names_and_time(label[1]) or is_time_alone(label[1]))
            and not _DATED.search(text)
        )
        is_text = page.uses[line.place] is Use.TEXT and (
            names_somebody(line) or bool(at_end(text).statements)
        )
        if is_text or is_alone or (opens_with_label(text) and not is_idle_label(text)):
            places.append(line.place)
    return places
