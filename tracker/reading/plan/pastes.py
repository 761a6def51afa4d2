"""Tables that were pasted as text: rows divided by tabs, `|` or blanks, or one cell to a line.

**Rows.** Tables that are not sheets: rows of a text divided by tabs or by `|`.

    序号<tab>任务<tab>责任单位          a row of a spreadsheet pasted into a text
    | 1 | 开展普查 | 市统计局 |         a row of Markdown
    序号   任务      责任单位           columns kept apart by blanks, under a head

Each becomes a grid whose cells keep the address that they have in the file.

**One cell to a line.** What remains of the table is its head, cell by cell, and then the cells of the rows in
reading order; cells that a merge covered are gone. The order of the head tells which cell is which:

    工作任务 / 具体要求 / 责任单位                     the head, three lines
    （一）规范公开                                      a task: it is numbered as headings are
    1.制发文件时同步确定公开属性。                      a requirement
    区政府办公室牵头，各街道办事处负责                  a line of names: the units
    2.失效文件在原网页上标注。                          the next row begins where the order goes back
    3.清理失效文件。                                    no line of units: it takes those of the row before (沿用上栏)

A row takes over units only from a row under the same task. A cell that is blank on purpose leaves a line with
a blank in it in some pastes; such a line is an empty cell where cells are divided by empty lines.

**Cells that ran together.** Nothing stands between the cells: where one ends cannot be told from letters, so such
a table is never cut. It is known by its head, or by dates that touch what is before and behind them, and told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from tracker.grid import Notation, Paragraph, PlacedGrid
from tracker.reading.headings import Rank, is_heading, leading_number
from tracker.reading.plan.drafts import UNIT_FIELDS, Draft, Field, RoleStatement
from tracker.reading.plan.headwords import field_of, fields_of, is_head, is_pure
from tracker.reading.plan.lines import TextLine
from tracker.reading.plan.rows import is_note
from tracker.reading.plan.statements import is_names
from tracker.reading.text import tight

_RULE = re.compile(r"^\|?[\s:|\-–—+=]+\|?$")
_FEWEST_COLUMNS = 3
# An ideographic blank is as wide as two.
_STRETCH = re.compile(r"[^ \u3000\xa0]+(?:[ \xa0][^ \u3000\xa0]+)*")


def rows_in(paragraphs: Sequence[Paragraph]) -> tuple[PlacedGrid, list[Paragraph], list[Paragraph]] | None:
    r"""The rows among the lines of a text as one grid, the lines before it and those after; None for no table.

    >>> lines = [Paragraph("清单", "L1"), Paragraph("任务\t单位\t时限", "L2"), Paragraph("普查\t统计局\t6月", "L3")]
    >>> grid, before, after = rows_in(lines)
    >>> grid.text(1, 1), grid.place(1, 1), [line.text for line in before], after
    ('统计局', 'L3', ['清单'], [])
    """
    split = [_cells(paragraph.text) for paragraph in paragraphs]
    if not any(split):
        split = _aligned([paragraph.text for paragraph in paragraphs])
    table = [position for position, row in enumerate(split) if len(row) >= _FEWEST_COLUMNS]
    if len(table) < 2:
        return None
    first, last = table[0], table[-1]
    width = max(len(split[position]) for position in table)
    rows: list[tuple[str | None, ...]] = []
    places: list[tuple[str, ...]] = []
    for paragraph, row in zip(paragraphs[first : last + 1], split[first : last + 1], strict=True):
        text = paragraph.text.strip()
        if not text or _RULE.match(text):
            continue
        cells = row or [text]
        rows.append(tuple((cell.strip() or None) for cell in [*cells, *[""] * (width - len(cells))][:width]))
        places.append((paragraph.place,) * width)
    grid = PlacedGrid("", tuple(rows), notation=Notation.BARE, places=tuple(places))
    return grid, list(paragraphs[:first]), list(paragraphs[last + 1 :])


def _cells(text: str) -> list[str]:
    if "\t" in text.strip():
        return text.rstrip("\r\n").split("\t")
    bare = text.strip()
    if bare.startswith("|") and bare.count("|") > 2 and not _RULE.match(bare):
        return bare.strip("|").split("|")
    return []


def _aligned(texts: Sequence[str]) -> list[list[str]]:
    """The cells of lines whose columns are kept apart by two blanks or more, each under the nearest cell of the head.

    >>> _aligned(["序号  任务      责任单位", "1     修渠十条  水利局", "2               农业局"])
    [['序号', '任务', '责任单位'], ['1', '修渠十条', '水利局'], ['2', '', '农业局']]
    """
    split: list[list[str]] = []
    starts: list[int] = []
    for text in texts:
        stretches = _stretches(text)
        if not starts and len(stretches) >= _FEWEST_COLUMNS and is_head(dict(enumerate(stretches.values()))):
            starts = list(stretches)
            split.append(list(stretches.values()))
        elif starts and len(stretches) > 1:
            exact = len(stretches) == len(starts)
            row = list(stretches.values()) if exact else [""] * len(starts)
            for at, cell in () if exact else stretches.items():
                nearest = min(range(len(starts)), key=lambda column: abs(starts[column] - at))
                row[nearest] = f"{row[nearest]} {cell}".strip()
            split.append(row)
        else:
            split.append([])
    return split


def _stretches(text: str) -> dict[int, str]:
    """Stretches of a line without two blanks in them, by where they begin on a screen (a Han character takes two)."""
    wide = [2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text]
    return {sum(wide[: match.start()]): match.group() for match in _STRETCH.finditer(text)}


_TIME = re.compile(
    r"\d{4}\s*[年./-]\s*\d{0,2}|\d{1,2}\s*月|年底|年内|季度|上半年|下半年|长期|持续|常态|全年|每[一-鿿]{0,2}[年月周日季旬期]|适时|[一二三四]季|月底|立即|即时|尽快|[按逐分][年月周日旬季]"
)


@dataclass(frozen=True, slots=True)
class FlatHead:
    """A head that was pasted cell by cell: where it stands and what its columns hold."""

    start: int
    end: int
    fields: tuple[Field, ...]
    labels: tuple[str, ...]


def find_flat_head(lines: Sequence[TextLine], start: int) -> FlatHead | None:
    """The head whose first cell is the line at `start`; None if none begins there."""
    if re.search(r"\d{4}年", lines[start].text):
        return None  # the title of the plan is made of the same words
    if not is_pure(lines[start].text) or field_of(lines[start].text) is None:
        return None
    end = start
    while end < len(lines) and end - start < 12 and field_of(lines[end].text) and is_pure(lines[end].text):
        end += 1
    labels = {position: line.text for position, line in enumerate(lines[start:end])}
    if len(labels) < 2 or not is_head(labels):
        return None
    by_column = fields_of(labels)
    fields = tuple(by_column[position] for position in sorted(labels))
    if Field.REQUIREMENT not in fields or not set(fields) & set(UNIT_FIELDS):
        return None
    return FlatHead(start, end, fields, tuple(labels[position] for position in sorted(labels)))


@dataclass(slots=True)
class _Row:
    """A row that is being put together."""

    texts: list[TextLine] = field(default_factory=list)
    statements: list[RoleStatement] = field(default_factory=list)
    deadline: str = ""
    deadline_place: str = ""
    no: str = ""
    last: int = -1


class _Cells:
    """The cells below a flat head, one after the other."""

    def __init__(self, head: FlatHead, lines: Sequence[TextLine]) -> None:
        self.head = head
        self.section = ""
        self.task = ""
        self.row = _Row()
        self.drafts: list[Draft] = []
        self.notes: list[tuple[str, str]] = []
        self.inherit: tuple[RoleStatement, ...] = ()
        ranks = {number.rank for line in lines if (number := leading_number(line.text))}
        # Where （一） is used, 一、 is outside it; where it is not, 一、 is the task column itself.
        self.has_second = Rank.HAN_BRACKET in ranks
        self.has_task = Field.TASK in head.fields
        # Where empty lines divide the cells, lines without one between them are paragraphs of one cell.
        self.gapped = sum(line.gap for line in lines) * 2 > len(lines)

    def line(self, line: TextLine, next_line: TextLine | None) -> None:
        """Take the next cell."""
        text = line.text
        if not text:
            self._blank()
            return
        number = leading_number(text)
        if is_note(text):
            self.close()
            self.notes.append((text, line.place))
            return
        if number is not None and number.rank <= Rank.HAN_BRACKET and is_heading(text):
            self._heading(number.rank, text)
            return
        if (is_names(text) and self.row.texts) or self._units_first(text):
            self._units(line)
            return
        if Field.NUMBER in self.head.fields and re.fullmatch(r"\d{1,3}[.、．]?", text):
            self.close()
            self.row = _Row(no=text.rstrip(".、．"))
            return
        if self._is_deadline(text):
            if self._time_first() and self.row.texts:
                self.close()
            self.row.deadline, self.row.deadline_place = text, line.place
            self.row.last = self.head.fields.index(Field.DEADLINE)
            return
        self._text(line, next_line)

    def _heading(self, rank: Rank, text: str) -> None:
        self.close()
        if rank < Rank.HAN_BRACKET and (self.has_second or not self.has_task):
            self.section, self.task = text, ""
        elif rank < Rank.HAN_BRACKET:
            self.task = text
        else:
            self.task = text
        self.inherit = ()

    def _units_first(self, text: str) -> bool:
        """Whether the units stand before the text in this table, and this line holds them."""
        units = [index for index, column_field in enumerate(self.head.fields) if column_field in UNIT_FIELDS]
        return is_names(text) and units[0] < self.head.fields.index(Field.REQUIREMENT)

    def _units(self, line: TextLine) -> None:
        columns = [
            index for index, column_field in enumerate(self.head.fields) if column_field in UNIT_FIELDS
        ]
        if self._units_first(line.text) and self.row.last > columns[-1]:
            self.close()
        ahead = [index for index in columns if index > self.row.last]
        if not ahead and line.gap and self.gapped:
            return  # every unit cell of this row is filled: the line is no part of the table
        column = ahead[0] if ahead else columns[-1]
        if self.gapped and not line.gap and self.row.statements and self.row.last in columns:
            column = self.row.last  # the next paragraph of the same cell
        self.row.last = column
        self.row.statements.append(
            RoleStatement(line.text, self.head.fields[column], self.head.labels[column], place=line.place)
        )

    def _blank(self) -> None:
        """An empty cell: the next unit column is passed over."""
        columns = [
            index for index, column_field in enumerate(self.head.fields) if column_field in UNIT_FIELDS
        ]
        ahead = [index for index in columns if index > self.row.last]
        if self.row.texts and len(ahead) > 1:
            self.row.last = ahead[0]

    def _time_first(self) -> bool:
        """Whether the time limit stands before the text in this table."""
        fields = self.head.fields
        return Field.DEADLINE in fields and fields.index(Field.DEADLINE) < fields.index(Field.REQUIREMENT)

    def _is_deadline(self, text: str) -> bool:
        if Field.DEADLINE not in self.head.fields:
            return False
        if not self.row.texts and (not self._time_first() or self.row.deadline):
            return False
        if len(text) > 30 or re.search(r"[。；;]", text):
            return False
        return bool(_TIME.search(text)) or self._can_only_be_deadline()

    def _can_only_be_deadline(self) -> bool:
        """Whether the next row would begin with its number, and this row waits for its time limit: 汛前, 春耕前."""
        fields = self.head.fields
        due = fields.index(Field.DEADLINE)
        return bool(
            fields[0] is Field.NUMBER
            and self.row.no
            and self.row.statements
            and self.row.last == due - 1
            and not self.row.deadline
        )

    def _text(self, line: TextLine, next_line: TextLine | None) -> None:
        fields = self.head.fields
        requirement = fields.index(Field.REQUIREMENT)
        number = leading_number(line.text)
        if self.row.texts and (self.row.statements or self.row.deadline):
            if requirement < self.row.last:
                self.close()
        elif self.row.texts and number is not None:
            self.close()
        is_task = (
            self.has_task
            and not self.row.texts
            and number is None
            and is_heading(line.text)
            and next_line is not None
            and not is_names(next_line.text)
            and not self._would_be_time(next_line.text)
            and not self.task.startswith(("（", "("))
        )
        if is_task:
            self.close()
            self.task = line.text
            self.inherit = ()
            return
        self.row.texts.append(line)

    def _would_be_time(self, text: str) -> bool:
        return Field.DEADLINE in self.head.fields and len(text) <= 30 and bool(_TIME.search(text))

    def close(self) -> None:
        """The row is complete."""
        row, self.row = self.row, _Row()
        if not row.texts:
            self.row.no = row.no
            return
        first = row.texts[0]
        number = leading_number(first.text)
        if not row.statements and not row.no and number is None and is_heading(first.text):
            return  # no number, no units, no sentence: the name of a web site, not a row
        body = [
            number.rest if number and number.rest else first.text,
            *(line.text for line in row.texts[1:]),
        ]
        statements = tuple(row.statements) or tuple(
            RoleStatement(statement.text, statement.field, statement.header, True, statement.place)
            for statement in self.inherit
        )
        self.inherit = statements
        self.drafts.append(
            Draft(
                requirement="\n".join(body),
                place=first.place,
                section=self.section,
                task=self.task,
                no=row.no or (number.number if number and number.rest else ""),
                from_column=bool(row.no),
                statements=statements,
                deadline=row.deadline,
                deadline_place=row.deadline_place,
                stream="text",
            )
        )


@dataclass(slots=True)
class FlatReading:
    """What pasted tables yield: work points, notes, and where the first head stands (None: there is none)."""

    drafts: list[Draft] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    start: int | None = None


def read_flattened(lines: Sequence[TextLine]) -> FlatReading:
    """Read lines as a pasted table, if a head stands among them."""
    reading = FlatReading()
    cells: _Cells | None = None
    position = 0
    while position < len(lines):
        head = find_flat_head(lines, position)
        if head is not None:
            if cells is None:
                cells = _Cells(head, lines[head.end :])
                reading.start = head.start
                before = lines[head.start - 1] if head.start else None
                if before is not None and (number := leading_number(before.text)) and number.rank <= Rank.HAN:
                    cells.section = before.text
                    reading.start = head.start - 1
            else:
                cells.close()
                cells.head = head
            position = head.end
            continue
        if cells is not None:
            next_line = lines[position + 1] if position + 1 < len(lines) else None
            cells.line(lines[position], next_line)
        position += 1
    if cells is not None:
        cells.close()
        reading.drafts, reading.notes = cells.drafts, cells.notes
    return reading


_ROLE = "(?:牵头|主办|承办|责任|负责|配合|协办|协助|参与|落实|实施|整改|主管)"
_UNIT_CAPTION = rf"(?:{_ROLE}(?:[/／、及和（(]?{_ROLE}[)）]?)?(?:单位|部门|科室|处室|主体|机构)|责任分工)"
_TEXT_CAPTION = (
    r"(?:(?:工作|主要|重点|具体|年度|目标|整改|改革|存在|突出){0,2}"
    r"(?:任务|内容|措施|要求|举措|事项|问题|项目|目标|要点)(?:内容|名称|清单)?)"
)
_OTHER_CAPTION = (
    r"(?:序号|编号|项次|备注|板块|责任人|联系人|联系电话|(?:分管|责任|牵头)领导"
    r"|(?:计划|完成|办结|整改|时间|推进){0,2}(?:时限|时间|期限|日期|节点|进度)(?:要求)?)"
)
_CAPTION = re.compile(rf"{_OTHER_CAPTION}|{_UNIT_CAPTION}|{_TEXT_CAPTION}")
_CAPTIONS = re.compile(rf"(?:{_CAPTION.pattern}){{3,}}")
# 市丙局2026年9月规范流程: a date between a body and the next text, with no mark on either side and no word that goes on.
_TOUCHING = re.compile(
    r"[局委办厅院部门会心司队区县镇府]20\d\d年(?:1[0-2]|[1-9])月(?:[底末]|\d{1,2}日)?前?"
    r"(?![前起至到以之]|完成|实[现施]|启[动用]|开[工展始放业]|建成|出台|印发|召开|公[布开]|正式|上[线报]|投[产用入])(?=[一-鿿（]|$)"
)
_MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RunTogether:
    """A table whose cells ran together: the line in which it begins, and its first words there."""

    place: str
    text: str


def find_run_together(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first head whose captions stand in one line with nothing but blanks between them; None if there is none.

    >>> find_run_together([TextLine("某县2026年任务分解表序号工作任务责任单位完成时限1开展普查县统计局6月", "L1")])
    RunTogether(place='L1', text='序号工作任务责任单位完成时限')
    >>> find_run_together([TextLine("各责任单位要对照工作任务，按完成时限抓好落实。", "L1")]) is None
    True
    """
    for line in lines:
        for run in _CAPTIONS.finditer(tight(line.text)):
            labels = [caption[0] for caption in _CAPTION.finditer(run[0])]
            fields = set(fields_of(dict(enumerate(labels))).values())
            if len(set(labels)) == len(labels) and Field.REQUIREMENT in fields and fields & set(UNIT_FIELDS):
                return RunTogether(line.place, run[0][:_MOST_SHOWN])
    return None


def touching_cells(lines: Sequence[TextLine]) -> RunTogether | None:
    """The first of three dates that touch a body before and a text behind them, as cells do whose table has no head."""
    dates = [(line.place, match[0]) for line in lines for match in _TOUCHING.finditer(line.text)]
    return RunTogether(*dates[0]) if len(dates) >= _FEWEST_COLUMNS else None
