"""Rows and records of labels, written as all other items.

Where several lines hold a task, units and a time that one mark parts (`_rows`), and where several items are nothing but
labels in any order (`_records`), what is to be done stands first, with its number, then who answers, then by when. Their
place says what they are, whatever the names look like. A line that goes on with the units, the time or the sentence of the
label above it is taken up there.

    清洗油路 → 机修班 → 7月15日前                      （1）【节点】全年【责任科室】人事科【任务】选派干部
    清洗油路 / 机修班 / 7月15日前                       1.责任单位：市甲局 / 完成时限：6月底 / 工作任务：修渠
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import field, replace

from tracker import patterns as re
from tracker.reading.lines import Rank, TextLine, leading_number
from tracker.reading.prose.labels import (
    BLANK,
    BLANKS,
    FIELDS,
    IDEOGRAPH,
    MARKS,
    field_of_label,
    is_units_and_time,
    word_of_label,
)
from tracker.reading.prose.segments import loose_names, names_and_time, says_when
from tracker.reading.tables import (
    UNIT_FIELDS,
    WORD_OF,
    Field,
    at_end,
    is_names,
    label_of_content,
)
from tracker.values import dataclass


def with_records(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with each row and each record written as all other items."""
    return _records(_rows(lines))


# What parts a task from its units and these from their time, in a row of text.
_ROW_MARK = re.compile(
    r"\s*(?P<arrow>[→⇒➜👉➡]\ufe0f?|[-=]{1,2}>)\s*|\s+(?P<slash>[/／])\s+|\s*(?P<bar>[｜|])\s*|\s*(?P<dash>[—―─]{2,})\s*"
)
_FEWEST_ROWS = 3
_SHORTEST_TASK = 4
_SHORT_NAMES = re.compile(r"[\u4e00-\u9fff]{2,3}(?:、[\u4e00-\u9fff]{2,3})*")


def _rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines, each row of a task, units and maybe a time that the same mark parts in several lines with labels for the last two.

    >>> texts = ("清洗油路 → 机修班 → 7月15日前", "更换钢丝绳 → 机修班牵头，起重班配合", "重刷黄线 → 甲班、乙班 → 8月底")
    >>> for line in _rows([TextLine(text, "") for text in texts]): print(line.text)
    清洗油路（责任单位：机修班；完成时限：7月15日前）
    更换钢丝绳（责任单位：机修班牵头，起重班配合）
    重刷黄线（责任单位：甲班、乙班；完成时限：8月底）
    """
    rows = {at: row for at, line in enumerate(lines) if (row := _row(line.text)) is not None}
    marks = Counter(mark for mark, _, _, _ in rows.values())
    mark = max(marks, key=lambda kind: marks[kind], default="")
    rows = {at: row for at, row in rows.items() if row[0] == mark}
    named = [names_and_time(names) is not None for _, _, names, _ in rows.values()]
    sure = sum(is_name or bool(time) for is_name, (_, _, _, time) in zip(named, rows.values(), strict=True))
    if len(rows) < _FEWEST_ROWS or not any(named) or sure * 2 < len(rows):
        return list(lines)
    new_lines = list(lines)
    for at, (_, task, names, time) in rows.items():
        limit = f"；{WORD_OF[Field.DEADLINE]}：{time}" if time else ""
        new_lines[at] = replace(lines[at], text=f"{task}（{WORD_OF[Field.RESPONSIBLE]}：{names}{limit}）")
    return new_lines


# 3.25前
_SHORT_DAY = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?=前|$)")


def _row(text: str) -> tuple[str, str, str, str] | None:
    """The kind of mark, the task, the units and the time of a line that holds nothing else; None for any other."""
    marks = list(_ROW_MARK.finditer(text))
    kinds = {mark.lastgroup or "" for mark in marks}
    if len(kinds) != 1 or at_end(text).statements:
        return None
    task, rest = text[: marks[0].start()], text[marks[0].end() :].strip(MARKS)
    rest = _SHORT_DAY.sub(r"\1月\2日", _ROW_MARK.sub("，", rest))
    pieces = [piece for piece in re.split("[，,；;]", rest) if piece.strip()]
    times = [piece for piece in pieces if says_when(piece)]
    names = "，".join(piece for piece in pieces if piece not in times)
    is_task = len(task) >= _SHORTEST_TASK and not is_names(task)
    is_named = loose_names(names) is not None or _SHORT_NAMES.fullmatch(names) is not None
    return (kinds.pop(), task, names, "，".join(times)) if is_task and is_named else None


# A label in a record: in a box anywhere, before a colon at the head of a line, behind a blank, a bar or a count of labels.
_RECORD_LABEL = re.compile(
    rf"(?:[（(]\d{{1,2}}[)）])?{BLANK}*[【\[［〔〈<＜]{BLANK}*(?P<boxed>{IDEOGRAPH}{{2,8}}){BLANK}*[】\]］〕〉>＞]{BLANK}*[:：]?"
    rf"|(?:^|(?<=[\t\u3000 ｜|])|(?=[①-⑳]))(?:[（(]\d{{1,2}}[)）]|[①-⑳])?{BLANK}*(?P<word>{IDEOGRAPH}{{2,8}}){BLANK}*[:：]"
)
_RECORD_COUNT = re.compile(rf"(?:[A-Za-z]{{1,3}}-?)?(?P<value>\d{{1,3}}){BLANK}+")
_FEWEST_RECORDS = 3
_BARS = "｜|"
_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩"


@dataclass(slots=True)
class _Record:
    """An item that is nothing but labels and what they say, in any order.

    Attributes:
        mark: Its number.
        pairs: Each label, what it says, and the line where it stands.
        rest: The lines that go on with what is to be done.
    """

    mark: str
    pairs: list[tuple[str, str, TextLine]] = field(default_factory=list)
    rest: list[TextLine] = field(default_factory=list)

    def join_rest(self, contents: Container[str]) -> None:
        """Take up the lines that go on with a sentence of what is to be done."""
        for at, (word, text, line) in enumerate(self.pairs):
            while word in contents and self.rest and not text.endswith(("。", "；", "：")):
                further = self.rest.pop(0)
                text, line = text + further.text, line.with_next(further)
            self.pairs[at] = word, text, line

    def lines(self, contents: Container[str]) -> list[TextLine]:
        """What is to be done with the number, then who answers, by when, and what else is said; on one line if it stands on one."""
        _, task, place = next(pair for pair in self.pairs if pair[0] in contents)
        others = [
            (kind, f"{word_of_label(word, kind) if kind is not None else word}：{text}", line)
            for word, text, line in sorted(self.pairs, key=_order)
            if word not in contents and text
            for kind in [_kind_of(word, text)]
        ]
        labels = ""
        if len({line.place for _, _, line in self.pairs}) == 1:
            labels = "；".join(text for kind, text, _ in others if kind is not None)
            others = [other for other in others if other[0] is None]
        return [
            replace(place, text=f"{self.mark}{task}" + (f"（{labels}）" if labels else "")),
            *self.rest,
            *(replace(line, text=text) for _, text, line in others),
        ]


def _longer(pair: tuple[str, str, TextLine], line: TextLine) -> tuple[str, str, TextLine] | None:
    """A label with the units or the rest of the time that the next line holds; None where that goes on with neither."""
    word, text, place = pair
    kind = _kind_of(word, text + line.text)
    if kind in UNIT_FIELDS and is_units_and_time(line.text):
        link = "" if text[-1:] in _PARTING else "、"
        return word, text + link + line.text, place.with_next(line)
    if kind is Field.DEADLINE and len(line.text) <= _LONGEST_REST and says_when(text + line.text):
        return word, text + line.text, place.with_next(line)
    return None


_PARTING = "、，,；;"
# 9月 / 底前
_LONGEST_REST = 4


def _order(pair: tuple[str, str, TextLine]) -> int:
    """Units stand before a time, and that before anything else."""
    return FIELDS.index(kind) if (kind := _kind_of(pair[0], pair[1])) is not None else len(FIELDS)


def _kind_of(word: str, text: str) -> Field | None:
    """What a label of a record says: 进度：7月底前 is a time."""
    return field_of_label(word) or (Field.DEADLINE if says_when(text) else None)


def _records(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with every item that is a record of labels in the order that all readers know, where several items are.

    >>> texts = ("1.责任单位：市甲局", "内容：修渠。", "2.责任单位：市乙局", "内容：植树。", "完成期限：6月底", "（3）【节点】全年【责任】市丙局【任务】清淤")
    >>> [line.text for line in _records([TextLine(text, f"L{n}") for n, text in enumerate(texts, 1)])]
    ['1.修渠。', '责任单位：市甲局', '2.植树。', '责任单位：市乙局', '完成时限：6月底', '（3）清淤（责任单位：市丙局；完成时限：全年）']
    """
    blocks: list[_Record | TextLine] = []
    last_label = max((at for at, line in enumerate(lines) if _pairs_of(line.text)), default=-1)
    for at, line in enumerate(lines):
        number = leading_number(line.text)
        count = _RECORD_COUNT.match(line.text) if number is None else None
        rest = number.rest if number is not None else line.text[count.end() if count is not None else 0 :]
        mark = number.mark if number is not None else f"{int(count['value'])}." if count is not None else ""
        last = blocks[-1] if blocks else None
        pairs = _pairs_of(rest)
        is_inside = isinstance(last, _Record) and mark.startswith(f"{last.mark.rstrip('、.． ')}.")
        if isinstance(last, _Record) and pairs and (is_inside or not mark):
            last.pairs += [(word, text, line) for word, text in pairs]
        elif mark and (_is_of_record(pairs) or not rest):
            mark += " " if number is not None and number.rank is Rank.DOTTED else ""
            blocks.append(_Record(mark, [(word, text, line) for word, text in pairs]))
        elif isinstance(last, _Record) and last.pairs and label_of_content(f"{last.pairs[-1][0]}："):
            last.rest.append(line)
        elif isinstance(last, _Record) and last.pairs and not mark and at < last_label:
            pair = _longer(last.pairs[-1], line)
            last.pairs[-1:] = [pair] if pair is not None else last.pairs[-1:]
            blocks += [line] if pair is None else []
        else:
            blocks.append(line)
    records = [block for block in blocks if isinstance(block, _Record)]
    if len(records) < _FEWEST_RECORDS or not all(map(_is_whole, records)):
        return list(lines)
    contents = {word for record in records for word, _, _ in record.pairs if label_of_content(f"{word}：")}
    tasks = [text for record in records for word, text, _ in record.pairs if word in contents]
    if sum(text.endswith("。") for text in tasks) * 2 > len(tasks):
        for record in records:
            record.join_rest(contents)
    return [
        line
        for block in blocks
        for line in (block.lines(contents) if isinstance(block, _Record) else [block])
    ]


def _is_of_record(pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether a line begins with what is to be done, who answers or by when: （一）反馈问题：… is a heading."""
    return bool(pairs) and bool(label_of_content(f"{pairs[0][0]}：") or field_of_label(pairs[0][0]))


def _is_whole(record: _Record) -> bool:
    """Whether a record says once what is to be done, and who answers."""
    words = [word for word, text, _ in record.pairs if text]
    return sum(label_of_content(f"{word}：") != "" for word in words) == 1 and any(
        field_of_label(word) in UNIT_FIELDS for word in words
    )


def _pairs_of(text: str) -> list[tuple[str, str]]:
    """The labels of a line that begins with one, and what each says; nothing for any other line."""
    labels = [
        (label.start(), label.end(), label["boxed"] or label["word"])
        for label in _RECORD_LABEL.finditer(text)
    ]
    labels = [
        label
        for label in labels
        if not label[0]
        or text[label[0]] in _CIRCLES
        or text[label[0] - 1] in _BARS
        or field_of_label(label[2]) is not None
        or label_of_content(f"{label[2]}：")
    ]
    if not labels or text[: labels[0][0]].strip(BLANKS + _BARS):
        return []
    stops = [*(start for start, _, _ in labels[1:]), len(text)]
    return [
        (word, text[end:stop].strip(BLANKS + _BARS))
        for (_, end, word), stop in zip(labels, stops, strict=True)
    ]
