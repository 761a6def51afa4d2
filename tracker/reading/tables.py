"""Reading a table: where its head is, what its rows are, and which cells continue the ones above.

A row after the head is one of

    empty       nothing in it
    head        the head again, or another one (then the columns change meaning from here on)
    total       合计, 小计, 总计
    note        注：…, 说明：… in one cell
    furniture   page numbers, 续表, 填表人：
    banner      one text across the row, or a numbered heading with nothing but figures beside it
    continued   only unit cells, under a work point (a page break, one unit for each line)
    work point  everything else that has a text

A unit cell that a vertical merge covers speaks with the voice of the cell above (沿用上栏), so does 同上; a
blank one does not. Category and task cells hold until the next one, a merge or a blank below them alike.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace

from tracker.grid import Grid
from tracker.grid import Value
from tracker.grid import as_text
from tracker.problems import Finding
from tracker.problems import reading as problems
from tracker.reading import heads
from tracker.reading import matrix
from tracker.reading.drafts import UNIT_FIELDS
from tracker.reading.drafts import Draft
from tracker.reading.drafts import Field
from tracker.reading.drafts import Said
from tracker.reading.headings import Rank
from tracker.reading.headings import is_heading
from tracker.reading.headings import leading
from tracker.reading.notes import legend
from tracker.reading.statements import at_end
from tracker.reading.statements import has_role
from tracker.reading.statements import is_names
from tracker.reading.statements import name_of

DITTO = re.compile(r"^[\s\u3000]*(?:同上栏?|同前|同上述?单位|〃|″|＂|\"|”|々|同左上)[\s\u3000。]*$")
NOTHING = re.compile(r"^[\s\u3000\xa0/／\\—–\-－_无*]*$")
_TOTAL = re.compile(
    r"^(?:合计|总计|小计|共计|累计|总数|合计[:：(（].*|小计[:：(（].*|总计[:：(（].*|合计\d+.*)$"
)
_NOTE = re.compile(
    r"^[\s\u3000]*[※*＊★☆]?[\s\u3000]*(?:注|备注|说明|附注|注释|填表说明|图例|注意事项)[\d一二三四五]*[\s\u3000]*[:：.．、]"
)
_SYMBOL_NOTE = re.compile(r"^[\s\u3000]*[※*＊★☆▲△●○◎√■□◆◇]+[\s\u3000]*(?:为|表示|代表|号?[:：]|标注|标记|的)")
_FURNITURE = re.compile(
    r"^(?:[—–\-－\s]*\d+[—–\-－\s]*|第?\s*\d+\s*页.*|续\s*表.*|[（(]续[)）]|[（(]?接上页[)）]?|填表人.*|填报人.*|制表.*|审核人?[:：].*|单位负责人.*|"
    r"填报(?:单位|日期|时间).*|联系(?:人|电话).*|打印(?:时间|日期).*)$"
)
_TIGHT = re.compile(r"[\s\u3000\xa0\u200b\ufeff]+")


def tight(text: str) -> str:
    """A text without any blank.

    >>> tight("合　计 ")
    '合计'
    """
    return _TIGHT.sub("", text)


def is_heading_text(text: str) -> bool:
    """Whether a cell in the number column is a heading itself rather than a bare number.

    >>> is_heading_text("一、交通（2个）"), is_heading_text("（一）"), is_heading_text("1")
    (True, False, False)
    """
    return not re.fullmatch(r"[（(]?[一二三四五六七八九十\d.]+[)）]?[、.]?", text)


def is_note(text: str) -> bool:
    """Whether a text is a note on the table: 注：…, ★为牵头单位.

    >>> is_note("注：排在第一位的为牵头单位。"), is_note("注重实效")
    (True, False)
    """
    return bool(_NOTE.match(text) or _SYMBOL_NOTE.match(text))


@dataclass(frozen=True, slots=True)
class Head:
    """A head of a table.

    Attributes:
        top: First row of it.
        bottom: Last row of it.
        fields: What each column holds.
        labels: The text of each column, of two rows joined where the upper one is needed.
        units: Of a matrix: the name over each column of ticks.
    """

    top: int
    bottom: int
    fields: Mapping[int, Field]
    labels: Mapping[int, str]
    units: Mapping[int, str] = field(default_factory=dict)

    def columns(self, *wanted: Field) -> list[int]:
        """The columns that hold one of the fields, from left to right."""
        return sorted(column for column, each in self.fields.items() if each in wanted)

    @property
    def requirement(self) -> int:
        """The column of the requirement."""
        return self.columns(Field.REQUIREMENT)[0]

    @property
    def has_units(self) -> bool:
        """Whether a column states who answers."""
        return bool(self.units) or any(each in UNIT_FIELDS for each in self.fields.values())


@dataclass(slots=True)
class TableReading:
    """What a table yields.

    Attributes:
        drafts: Its work points.
        notes: Notes with their place.
        above: Texts above the head, with their place.
        head: Its last head; None when there is none.
        section: The last banner, for a table that goes on in the next one.
        findings: What is unclear about the table as a whole.
    """

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    above: list[tuple[str, str]] = field(default_factory=list)
    head: Head | None = None
    section: str = ""
    findings: list[Finding] = field(default_factory=list)


def cells(grid: Grid, row: int) -> dict[int, str]:
    """The texts of a row's own cells, blank ones and continued ones left out."""
    return {
        column: grid.text(row, column)
        for column in range(grid.width)
        if not grid.is_continuation(row, column) and tight(grid.text(row, column))
    }


def find_head(grid: Grid, row: int) -> Head | None:
    """The head that begins in a row; None if none does. Up to three rows make one head.

    | 序号 | 工作措施 | 责任分工 | <        | 完成时限 |
    | ^    | ^        | 牵头单位 | 配合单位 | ^        |
    """
    upper = cells(grid, row)
    if len(upper) < 2:
        return None
    best: Head | None = None
    labels = dict(upper)
    for bottom in range(row, min(row + 3, grid.height)):
        if bottom > row:
            joined = _join(grid, row, bottom, labels)
            if joined is None:
                break
            labels = joined
        units = matrix.unit_columns(grid, bottom, labels)
        texts = {column: text for column, text in labels.items() if column not in units}
        if units and Field.REQUIREMENT in heads.settle(texts).values():
            best = Head(row, bottom, heads.settle(texts), dict(labels), units)
        elif heads.is_head(labels):
            best = Head(row, bottom, heads.settle(labels), dict(labels))
    return best


def _join(grid: Grid, top: int, row: int, labels: Mapping[int, str]) -> dict[int, str] | None:
    """The labels with one more row below them; None if the row is no part of the head.

    A row below belongs to the head when all it holds are words of heads under a wider cell above, and every
    other column is covered from above or empty.
    """
    lower = cells(grid, row)
    if not lower or not (_is_tied(grid, top, row) or all(_could_be_head(text) for text in lower.values())):
        return None
    joined = dict(labels)
    under_wide = 0
    for column, text in lower.items():
        above = _reaching(grid, top, row, column)
        wide = [each for each in range(grid.width) if _reaching(grid, top, row, each) == above]
        under_wide += len(wide) > 1
        if column in labels and above == column and len(wide) == 1:
            return None
        if len(wide) == 1 and is_names(tight(text)) and not heads.is_pure(text):
            return None
        group = labels.get(above, "")
        if is_names(tight(text)) and not heads.is_pure(text):
            group = ""  # a name under 责任单位: the head of a column of ticks
        named = heads.meaning(text)
        is_vague = named in (None, Field.REMARK, Field.TASK) or heads.plain(text) in (
            "名称",
            "单位名称",
            "单位",
        )
        joined[column] = f"{group}{text}" if group and is_vague else text
        if above != column and above in joined and above not in lower:
            joined.pop(above, None)
    return joined if under_wide else None


def _could_be_head(text: str) -> bool:
    return bool(heads.meaning(text)) or heads.is_pure(text) or is_names(tight(text))


def _is_tied(grid: Grid, top: int, row: int) -> bool:
    """Whether merges tie a row to the head above: every column is covered from there or stands under a wide cell."""
    tied = 0
    for column in range(grid.width):
        over = grid.anchor(top, column)
        is_wide = any(
            grid.anchor(top, each) == over for each in (column - 1, column + 1) if 0 <= each < grid.width
        )
        if grid.anchor(row, column)[0] <= top:
            tied += 1
        elif not is_wide and tight(grid.text(row, column)):
            return False
    return tied > 0


def _reaching(grid: Grid, top: int, row: int, column: int) -> int:
    """The column of the head's cell that stands over a column: its merge, or the last label to the left."""
    anchor = grid.anchor(row - 1, column)
    if anchor != (row - 1, column) or tight(grid.text(row - 1, column)):
        return anchor[1]
    for left in range(column, -1, -1):
        if tight(grid.spoken(row - 1, left)):
            return grid.anchor(row - 1, left)[1]
    return column


def read_table(grid: Grid, *, inherited: Head | None = None, section: str = "") -> TableReading:
    """Read a grid as a table of work points.

    Args:
        grid: The sheet or table.
        inherited: The head of the table before it, for one that goes on without a head of its own.
        section: The heading that it stands under.
    """
    found = TableReading(section=section)
    row = 0
    head = None
    while row < grid.height and head is None:
        head = find_head(grid, row)
        if head is None:
            found.above += [(text, grid.place(row, column)) for column, text in cells(grid, row).items()]
            row += 1
    if head is None and inherited is not None and max(inherited.fields) < grid.width:
        head, row = replace(inherited, top=-1, bottom=-1), 0
        found.above = []
    if head is None:
        return found
    found.section = _section_above(grid, head.top) or section
    reader = _Rows(grid, head, found)
    reader.read(head.bottom + 1)
    found.head = reader.head
    found.drafts = _leading_columns(found.drafts)
    found.findings += [
        problems.HIDDEN_COLUMN.at(grid.place(head.bottom, column), name=" ".join(head.labels[column].split()))
        for column, each in sorted(head.fields.items())
        if column in grid.hidden_columns
        and each not in (Field.PERSON, Field.REMARK)
        and column in head.labels
    ]
    return found


def _leading_columns(drafts: list[Draft]) -> list[Draft]:
    """A 牵头落实单位 column whose cells carry no word of a role names the leads."""
    plain = {
        header
        for header in {each.header for draft in drafts for each in draft.said}
        if heads.LEADS_UNLESS_WORDED.match(heads.plain(header))
        and not any(has_role(each.text) for draft in drafts for each in draft.said if each.header == header)
    }
    return [
        replace(
            draft,
            said=tuple(
                replace(each, field=Field.LEAD) if each.header in plain else each for each in draft.said
            ),
        )
        for draft in drafts
    ]


def _section_above(grid: Grid, top: int) -> str:
    """A numbered heading in the row right above the head; a banner can stand on either side of it."""
    own = cells(grid, top - 1) if top > 0 else {}
    text = next(iter(own.values()), "").strip()
    numbered = leading(text)
    if len(own) == 1 and numbered is not None and numbered.rank <= Rank.HAN_BRACKET and is_heading(text):
        return text
    return ""


class _Rows:
    """The rows below a head, one after the other, and what holds from the rows above."""

    def __init__(self, grid: Grid, head: Head, found: TableReading) -> None:
        self.grid = grid
        self.head = head
        self.found = found
        self.banner: dict[Rank, str] = {}
        self.category = ""
        self.task = ""
        self.last: dict[int, str] = {}
        self.last_time: dict[int, Value] = {}
        self.legend = self._legend()
        # A list by unit: a banner, a line above the head or the sheet itself names who answers.
        self.unit = self._unit_above()

    def read(self, row: int) -> None:
        """Read all rows from one on."""
        while row < self.grid.height:
            own = cells(self.grid, row)
            again = find_head(self.grid, row) if len(own) > 1 else None
            if again is not None:
                self.head = again
                row = again.bottom + 1
                continue
            if own:
                self._row(row, own)
            row += 1

    def _row(self, row: int, own: dict[int, str]) -> None:
        first = own[min(own)].strip()
        if len(own) > 2 and [tight(own[column]) for column in sorted(own)] == [
            str(n + 1) for n in range(len(own))
        ]:
            return  # 1 2 3 4: the columns are numbered
        if any(_TOTAL.match(tight(own[column])) for column in sorted(own)[:2]):
            return
        if len(own) == 1 and is_note(first):
            self.found.notes.append((first, self.grid.place(row, min(own))))
            return
        if (
            _FURNITURE.match(tight(first))
            and len(own) == 1
            and min(own) not in self.head.columns(Field.REQUIREMENT)
        ):
            return
        if self._is_banner(row, own):
            self._open_section(row, own)
            return
        self._work_point(row, own)

    def _legend(self) -> dict[str, Field]:
        """What the ticks mean: by a note, a text above the head or a head that says so; else by habit."""
        if not self.head.units:
            return {}
        for row in range(self.grid.height):
            for text in cells(self.grid, row).values():
                if found := legend(text):
                    return found
        symbols = matrix.symbols_below(self.grid, self.head.bottom, self.head.units)
        if len(symbols) > 1:
            self.found.findings.append(
                problems.NO_LEGEND.at(
                    self.grid.place(self.head.bottom, min(self.head.units)),
                    symbols="".join(sorted(symbols)),
                )
            )
            return {}
        return dict.fromkeys(symbols, Field.RESPONSIBLE)

    def _unit_above(self) -> Said | None:
        if self.head.has_units:
            return None
        for text, place in self.found.above:
            cut = at_end(text)
            if cut.said and not cut.text.strip() and cut.said[0].header:
                return replace(cut.said[0], place=place)
        return None

    # Banners

    def _is_banner(self, row: int, own: Mapping[int, str]) -> bool:
        column = min(own)
        text = own[column].strip()
        requirement = self.head.requirement
        spans = [each for each in range(self.grid.width) if self.grid.anchor(row, each) == (row, column)]
        numbered = leading(text)
        is_outer = numbered is not None and numbered.rank <= Rank.HAN_BRACKET
        if len(own) == 1 and not self._continues(row):
            if len(spans) >= max(2, self.grid.width // 2) and not (_is_sentence(text) and not is_outer):
                return True
            if column == requirement:
                return (is_outer and is_heading(text)) or (
                    numbered is None and is_heading(text) and len(text) <= 25 and self._is_followed(row)
                )
            field_here = self.head.fields.get(column)
            if field_here in UNIT_FIELDS:
                return is_outer and is_heading(text)
            return is_heading(text) and field_here is not Field.REMARK
        others = [text for each, text in own.items() if each != column]
        if is_outer and all(_is_figure(each) for each in others):
            return requirement not in own or requirement == column or requirement in spans
        if self._is_parent(row, own):
            return True
        # A Han numeral alone in the number column, its heading beside it, and nothing else.
        if self.head.fields.get(column) is Field.NUMBER and re.fullmatch(
            r"[（(]?[一二三四五六七八九十]+[)）]?、?", text
        ):
            rest = [each for each in own if each != column]
            return (
                len(rest) == 1
                and self.head.fields.get(rest[0]) not in UNIT_FIELDS
                and is_heading(own[rest[0]])
            )
        return False

    def _is_parent(self, row: int, own: Mapping[int, str]) -> bool:
        """A row that heads others: `1 | 加强党建` merged over the units, or followed by 1.1."""
        column = min(own)
        rest = [each for each in own if each != column]
        answers = self.head.columns(Field.DEADLINE, *UNIT_FIELDS)
        if self.head.fields.get(column) is not Field.NUMBER or len(rest) != 1 or rest[0] in answers:
            return False
        covered = [each for each in answers if self.grid.anchor(row, each) == (row, rest[0])]
        if covered:
            return is_heading(own[rest[0]])
        below = next(
            (cells(self.grid, each) for each in range(row + 1, self.grid.height) if cells(self.grid, each)),
            {},
        )
        return bool(
            re.match(rf"{re.escape(tight(own[column]).rstrip('.、'))}[.．-]\d", tight(below.get(column, "")))
        )

    def _continues(self, row: int) -> bool:
        """Whether a unit cell or the requirement of this row is covered from above."""
        return any(
            self.grid.is_continuation(row, column)
            and self.grid.anchor(row, column)[0] < row
            and self.grid.anchor(row, column)[0] > self.head.bottom
            for column in self.head.columns(Field.REQUIREMENT, *UNIT_FIELDS)
        )

    def _is_followed(self, row: int) -> bool:
        """Whether the next row that is not empty has a unit or a time limit, as rows of a section have."""
        for below in range(row + 1, min(row + 3, self.grid.height)):
            own = cells(self.grid, below)
            if own:
                return any(column in own for column in self.head.columns(Field.DEADLINE, *UNIT_FIELDS))
        return False

    def _open_section(self, row: int, own: Mapping[int, str]) -> None:
        column = min(own)
        text = own[column].strip()
        if self.head.fields.get(column) is Field.NUMBER and len(own) > 1 and not is_heading_text(text):
            mark = text if text[-1] in ")）、." else text + ("." if text[-1].isdecimal() else "、")
            text = mark + own[min(each for each in own if each != column)].strip()
        numbered = leading(text)
        rank = numbered.rank if numbered else Rank.PART
        self.banner = {each: kept for each, kept in self.banner.items() if each < rank}
        self.banner[rank] = text
        self.category = self.task = ""
        name = name_of(numbered.rest if numbered is not None else text)
        if not self.head.has_units and is_names(name) and not re.search("[，,。]", name):
            self.unit = Said(name, place=self.grid.place(row, column))

    @property
    def _section(self) -> str:
        """The category of the row, else the banner of the outer levels, else the outermost banner."""
        if self.category:
            return self.category
        every = sorted(self.banner.items())
        outer = [text for rank, text in every if rank <= Rank.HAN]
        return outer[-1] if outer else every[0][1] if every else self.found.section

    @property
    def _second(self) -> str:
        """A second banner below the section, for tables without a task column."""
        every = [text for _, text in sorted(self.banner.items())]
        return every[-1] if every and every[-1] != self._section else ""

    # Work points

    def _work_point(self, row: int, own: Mapping[int, str]) -> None:
        grid, head = self.grid, self.head
        self._hold(row)
        requirement = head.requirement
        anchor = grid.anchor(row, requirement)
        text = grid.spoken(row, requirement).strip()
        said = self._said(row)
        if anchor[0] < row and self.found.drafts and not self._has_own_text(row):
            self._add_units(row, said)
            return
        if not text and not self._has_own_text(row):
            if said and any(not each.inherited for each in said) and self.found.drafts:
                self._add_units(row, said)
            return
        place = grid.place(*anchor)
        task = self.task
        if not text:
            columns = [column for column in head.columns(Field.TASK, Field.SECTION) if column in own]
            if not columns:
                return
            text, place = own[columns[-1]].strip(), grid.place(row, columns[-1])
            task = ""
        if anchor[1] != requirement and head.fields.get(anchor[1]) is Field.TASK:
            task = ""
        no, from_column = self._number(row)
        deadline, deadline_place = self._deadline(row)
        self.found.drafts.append(
            Draft(
                requirement=text,
                place=place,
                section=self._section,
                task=task or ("" if head.columns(Field.TASK) else self._second),
                no=no,
                from_column=from_column,
                said=said,
                deadline=deadline,
                deadline_place=deadline_place,
                remarks=self._remarks(row),
                hidden=row in grid.hidden_rows,
                stream=grid.name,
            )
        )

    def _hold(self, row: int) -> None:
        """Take the category and task cells of a row; a new category ends the task."""
        for column in self.head.columns(Field.SECTION):
            text = self._held_text(row, column)
            if text and text != self.category:
                self.category, self.task = text, ""
        for column in self.head.columns(Field.TASK):
            text = self._held_text(row, column)
            if text:
                self.task = text

    def _held_text(self, row: int, column: int) -> str:
        anchor = self.grid.anchor(row, column)
        if anchor[1] != column or (anchor[0] <= self.head.bottom and self.head.bottom >= 0):
            return ""
        text = " ".join(self.grid.text(*anchor).split())
        return "" if DITTO.match(text) or NOTHING.match(text) else text

    def _has_own_text(self, row: int) -> bool:
        """Whether a row has a number, task or requirement cell of its own."""
        columns = self.head.columns(Field.NUMBER, Field.TASK, Field.REQUIREMENT)
        return any(
            not self.grid.is_continuation(row, column) and tight(self.grid.text(row, column))
            for column in columns
        )

    def _said(self, row: int) -> tuple[Said, ...]:
        said: list[Said] = []
        seen: set[tuple[int, int]] = set()
        for column in self.head.columns(*UNIT_FIELDS):
            anchor = self.grid.anchor(row, column)
            if anchor in seen:
                continue
            seen.add(anchor)
            text = self.grid.text(*anchor)
            above = anchor[0] < row
            if DITTO.match(text):
                text, above = self.last.get(column, ""), True
            if NOTHING.match(text):
                if not above:
                    self.last.pop(column, None)
                continue
            self.last[column] = text
            wide = {
                self.head.fields[each]
                for each in self.head.columns(*UNIT_FIELDS)
                if self.grid.anchor(row, each) == anchor
            }
            role = self.head.fields[column] if len(wide) == 1 else Field.RESPONSIBLE
            said.append(Said(text, role, self.head.labels.get(column, ""), above, self.grid.place(*anchor)))
        told = tuple(said) + self._ticked(row)
        return told or ((self.unit,) if self.unit is not None else ())

    def _ticked(self, row: int) -> tuple[Said, ...]:
        """What the ticks of a matrix say, one statement for each role."""
        names: dict[Field, list[str]] = {}
        continued: dict[Field, bool] = {}
        for column, name in sorted(self.head.units.items()):
            anchor = self.grid.anchor(row, column)
            role = matrix.role_of(self.grid.text(*anchor), self.legend)
            if role is not None:
                names.setdefault(role, []).append(name)
                continued[role] = continued.get(role, True) and anchor[0] < row
        return tuple(
            Said("、".join(names[role]), role, inherited=continued[role], place=self.grid.place(row, 0))
            for role in UNIT_FIELDS
            if role in names
        )

    def _add_units(self, row: int, said: tuple[Said, ...]) -> None:
        """Units in a row without a text of its own belong to the work point above."""
        last = self.found.drafts[-1]
        fresh = tuple(each for each in said if not each.inherited)
        if fresh:
            self.found.drafts[-1] = replace(last, said=last.said + fresh)

    def _number(self, row: int) -> tuple[str, bool]:
        for column in self.head.columns(Field.NUMBER):
            if self.grid.is_continuation(row, column):
                continue
            text = tight(self.grid.text(row, column))
            if text:
                numbered = leading(text + " ") or leading(text + "、")
                return (numbered.number if numbered and not numbered.rest.strip("、") else text), True
        return "", False

    def _deadline(self, row: int) -> tuple[Value, str]:
        columns = self.head.columns(Field.DEADLINE) or self.head.columns(Field.FREQUENCY)
        for column in reversed(columns):
            anchor = self.grid.anchor(row, column)
            value = self.grid.value(*anchor)
            if isinstance(value, dt.datetime):
                value = value.date()
            if isinstance(value, str) and DITTO.match(value):
                value = self.last_time.get(column)
            if value is not None and not NOTHING.match(as_text(value)):
                self.last_time[column] = value
                return value, self.grid.place(*anchor)
        return "", ""

    def _remarks(self, row: int) -> tuple[tuple[str, str], ...]:
        kept = []
        for column in self.head.columns(Field.REMARK, Field.FREQUENCY):
            text = self.grid.spoken(row, column).strip()
            if text:
                kept.append((" ".join(self.head.labels.get(column, "").split()), text))
        return tuple(kept)


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[。；;]", text.strip().rstrip("。"))) or len(text) > 60


def _is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a count rather than words: 12, 3.5亿元, 8项, 54个."""
    return bool(re.fullmatch(r"[\d.,，%]*[项个件条亿万元分]{0,3}", tight(text)))
