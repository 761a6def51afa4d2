"""Running text as segments: each a paragraph or a numbered item that runs on inside one, with what it states.

Most texts state who answers at the end of an item (`statements`). Two other habits are told by the whole text,
since a single sentence of that form proves nothing:

    市甲局：新建四所幼儿园，八月底前开学。        the units stand before a colon, or in a bracket【】, at the head
    推进旧城改造，由市乙局牵头，市丙局配合。      the units stand inside the sentence

Either counts where three segments at least have that form, more than state units at their end, and the title
promises a plan (`promises_plan`): a rule, a report or the minutes of a meeting name units in the same words. Where
the title says neither, so do numbered items of which three in four name units, and most of these a day to come.

**Paragraphs that run on**: several items one behind the other, without a line break between them.

    （一）甲事。（市甲局牵头）乙事。（市乙局负责）2.丙事。责任单位：市丙局3.丁事。责任单位：市丁局

    >>> run_on("市甲局：1.甲事。2.乙事。")
    ['市甲局：', '1.甲事。', '2.乙事。']

A statement of units ends its item: a bracket behind the end of a sentence (or before one), or a label up to the
next number or the end of its sentence. Headings that stand in front of the first item are cut off one by one.

    >>> run_on("（一）甲事。（市甲局牵头）乙事。（市乙局负责）")
    ['（一）甲事。（市甲局牵头）', '乙事。（市乙局负责）']
    >>> run_on("一、总则（一）公开1.甲事。责任单位：市甲局2.乙事。责任单位：市乙局")
    ['一、总则', '（一）公开', '1.甲事。责任单位：市甲局', '2.乙事。责任单位：市乙局']

A line that lost all its breaks is cut at its numbers, where they run on and nearly every piece ends in names:

    >>> run_on("任务单位1.甲事。市甲局、市乙局2.乙事。市丙局、市丁局3.丙事。市甲局、市丁局二、改进服务4.丁事。市甲局、市乙局")[1:5]
    ['1.甲事。市甲局、市乙局', '2.乙事。市丙局、市丁局', '3.丙事。市甲局、市丁局', '二、改进服务']
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.numerals import HAN, read_number
from tracker.reading.clauses import (
    Sense,
    bracket_pairs,
    closing_bracket,
    fold_characters,
    is_group,
    is_person_name,
    is_time,
    is_unit_as_written,
    read_responsibility,
    senses_of,
    tags_as_labels,
)
from tracker.reading.deadlines import ANY_YEAR, begins_with_day, read_deadline
from tracker.reading.lines import (
    Rank,
    TextLine,
    denies_plan,
    leading_number,
    names_plan,
    promises_plan,
    split_items,
)
from tracker.reading.tables import (
    Cut,
    RoleStatement,
    at_end,
    bodies_alone,
    end_of_sentence,
    has_label,
    is_names,
    label_ends,
)
from tracker.values import dataclass

_SPEAKS = re.compile(
    r"牵头|负责|配合|责任|落实|协办|承办|主办|参与|单位|部门|[局委办厅部科室处院司所站队会团社村镇校府]|各|机关|中心|政府|公司"
)
_NEXT = re.compile(
    rf"[（(][{HAN}]{{1,3}}[)）]|(?<![\d.．年月第])\d{{1,3}}[.．、](?!\d)|[（(]\d{{1,2}}[)）]|[①-⑳]"
)

# 市甲局：1.甲事。2.乙事。
_UNIT_BEFORE_ITEMS = re.compile(
    r"(?P<names>[^。；，：:]{2,40})[：:](?=\s*(?:1[.．、](?!\d)|[（(]1[)）]|①|[（(]一[)）]))"
)
_COUNT = re.compile(r"(?<![\d.．年月第〔])(\d{1,3})(?:[.．、](?!\d)|\s(?=[一-鿿]))")
_TRAILING_HEADING = re.compile(rf"(?<=[^。，；：、])[{HAN}]{{1,3}}、[^。，；：]{{4,40}}$")


_UNIT_BEFORE_SENTENCE = re.compile(r"(?P<names>[^。；，：:]{2,40})[：:](?=[^。]{4,}。)")


# 以上任务5月底前完成，其中第4项4月15日前完成。
_RULE_AND_SOME = re.compile(
    r"(?P<rule>(?:以上|上述|以下|各项|所有)[^。；;]{4,30}?)[，,；;。]\s*(?P<some>其中[，,]?第[^。]{1,3}项[^。；;]{4,40}[。；;]?)"
)


def _unit_before_items(text: str) -> re.Match[str] | None:
    head = _UNIT_BEFORE_ITEMS.match(text)
    return head if head is not None and is_names(head["names"]) else None


def run_on(text: str) -> list[str]:
    """The items of a paragraph; the paragraph alone when it holds but one statement."""
    if (rules := _RULE_AND_SOME.fullmatch(text)) is not None:
        return [rules["rule"], rules["some"]]
    if (head := _unit_before_items(text)) is not None:
        items = split_items(text[head.end() :])
        return [head[0], *(f"{number.mark if number else ''}{item}" for number, item, _ in items)]
    ends = sorted(set(_bracket_ends(text)) | (set(label_ends(text)) if has_label(text) else set()))
    parts: list[str] = []
    start = 0
    for end in [*ends, len(text)]:
        part = text[start:end].strip()
        if part.strip(" 　。；;"):
            parts.append(part)
        start = max(start, end)
    if len(parts) < 2:
        return _by_circles(text) or _by_numbers(text)
    parts = [*_from_first_number(parts), *parts[1:]]
    return [piece for part in parts for piece in _peeled(part)]


def _from_first_number(parts: Sequence[str]) -> list[str]:
    """The first of several items of a line, cut before its number where the next one counts on.

    >>> _from_first_number(["现提出以下意见。1.修渠。责任单位：市甲局。", "2.补路。责任单位：市乙局。"])
    ['现提出以下意见。', '1.修渠。责任单位：市甲局。']
    """
    after = leading_number(parts[1]) if leading_number(parts[0]) is None else None
    for start in re.finditer("[。：:]", parts[0]) if after is not None and after.value == 2 else ():
        number = leading_number(parts[0][start.end() :])
        if number is not None and after is not None and (number.rank, number.value) == (after.rank, 1):
            return [parts[0][: start.end()], parts[0][start.end() :].strip()]
    return [parts[0]]


def _by_circles(text: str) -> list[str]:
    """The items of a line that counts them ①②③, where each names somebody; nothing for any other line.

    >>> _by_circles("会议议定：①市甲局负责修渠，4月底前完成；②市乙局负责补路。")
    ['会议议定：', '①市甲局负责修渠，4月底前完成；', '②市乙局负责补路。']
    >>> _by_circles("市甲局负责①修渠，②补路。")
    []
    """
    starts = [match.start() for match in re.finditer("[①-⑳]", text)]
    if [read_number(text[start]) for start in starts] != list(range(1, len(starts) + 1)) or len(starts) < 2:
        return []
    pieces = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    is_each = all(_names_somebody(piece) for piece in pieces)
    return [*filter(None, [text[: starts[0]].strip()]), *map(str.strip, pieces)] if is_each else []


def _names_somebody(text: str) -> bool:
    return bool(at_end(text).statements) or names_in_sentences(Segment(text, "", "", Cut(text))) is not None


def _by_numbers(text: str) -> list[str]:
    """The items of a line that is numbered throughout, when nearly all of them end in names; else the line whole."""
    starts: list[int] = []
    next_number = 0
    for match in _COUNT.finditer(text):
        number = int(match[1])
        if not starts or number == next_number:
            starts.append(match.start())
            next_number = number + 1
    if len(starts) < 3:
        return [text]
    pieces = [text[: starts[0]]]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece = text[start:end]
        heading = _TRAILING_HEADING.search(piece)
        pieces += [piece[: heading.start()], heading[0]] if heading else [piece]
    pieces = [piece.strip() for piece in pieces if piece.strip()]
    statement_count = sum(bool(at_end(piece).statements) for piece in pieces if _COUNT.match(piece))
    return pieces if statement_count * 4 >= len(starts) * 3 else [text]


def _bracket_ends(text: str) -> list[int]:
    folded_text = fold_characters(text)
    brackets: list[tuple[int, int, bool]] = []
    pairs = bracket_pairs(folded_text)
    for bracket_start, bracket_end in sorted(pairs.items()):
        if folded_text[bracket_start] != "（" or not _SPEAKS.search(text[bracket_start:bracket_end]):
            continue
        before, after = text[:bracket_start].rstrip()[-1:], text[bracket_end + 1 :].lstrip()[:1]
        if before and (before in "。；！;!" or after in ("", "。", "；", "\n")):
            brackets.append((bracket_start, bracket_end, before in "。；！;!"))
    # Where several hold nothing but names they are those of parts, and a name alone in one is no example.
    names = [names_and_time(text[start + 1 : end]) for start, end, _ in brackets]
    is_habit = sum(answer is not None for answer in names) > 1
    ends: list[int] = []
    start = 0
    for (bracket_start, bracket_end, is_behind_end), answer in zip(brackets, names, strict=True):
        if bracket_start < start:
            continue
        states = answer is not None and (is_behind_end or is_habit)
        if states or closing_bracket(text[start : bracket_end + 1]) is not None:
            start = bracket_end + 1
            while start < len(text) and (text[start] in "。；; 　" or _is_beside(text, start, pairs)):
                start = pairs.get(start, start) + 1
            # （市甲局）—7月底
            start = len(text) if is_time_alone(text[start:].strip(_MARKS)) else start
            ends.append(start)
    return ends


def _is_beside(text: str, start: int, pairs: Mapping[int, int]) -> bool:
    """Whether a bracket begins there that belongs to the item whose units stand before it: a time alone, or a label."""
    inside = text[start + 1 : pairs[start]] if start in pairs else ""
    return is_time_alone(inside) or has_label(inside)


def _peeled(text: str) -> list[str]:
    """Title and headings cut off the front of an item: each heading a number and a few words before a deeper number."""
    pieces: list[str] = []
    title = _RUN_TITLE.match(text)
    if title is not None and names_plan(title[0].strip()):
        pieces.append(title[0].strip())
        text = text[title.end() :]
    while (number := leading_number(text)) is not None:
        next_mark = _NEXT.search(text, len(number.mark) + 1)
        if next_mark is None or next_mark.start() > 40 or re.search(r"[。；，：]", text[: next_mark.start()]):
            break
        deeper = leading_number(text[next_mark.start() :])
        if deeper is None or deeper.rank <= number.rank:
            break
        pieces.append(text[: next_mark.start()].strip())
        text = text[next_mark.start() :]
    if number is not None and (ordinal := _FIRST_ORDINAL.search(text)) and ordinal.end() <= _LONGEST_RUN_IN:
        pieces.append(text[: ordinal.end()].strip())
        text = text[ordinal.end() :]
    return [*pieces, text.strip()]


# （一）强化安全。一是…: a heading in front of what counts inside the paragraph.
_FIRST_ORDINAL = re.compile(r"[。：:](?=\s*一[是要])")
_LONGEST_RUN_IN = 40
# What stands before the first heading of a line that lost its breaks.
_RUN_TITLE = re.compile(r"[^。；，：:、]{4,60}?(?=一、|[（(]一[)）]|第一部分|第一章)")
_FEWEST = 3
_LONGEST_HEAD = 120
_SHORTEST_TEXT = 8
SENTENCE_ENDS = ("。", "；", ";", "！")
# A stretch without a body's ending names nobody; asked first, since reading a clause takes long.
_UNIT_ENDING = re.compile(
    r"[局委办厅部院会室处科股站所队社校心司团府道镇乡县市区位门关构馆园联协行场厂店班团台](?:[（(][^（）()]*[)）])?(?:、|$|按|分别|共同|和|及|与|等|组织|具体)*(?:$|、|牵头|负责|配合|主办|承办|协办|落实|参与|会同|[\u4e00-\u9fff]{1,20}(?:牵头|负责|配合))"
)
_MOST_PARTS = 6
_NO_NAMES = {Sense.PROSE, Sense.PERSON}
_ROLE = re.compile(r"牵头|负责|配合|主办|主责|承办|协办|落实|参与|会同")


@dataclass(frozen=True, slots=True)
class Segment:
    """A paragraph, or one of several items in it.

    Attributes:
        text: Its text.
        place: Where it stands.
        style: Name of its paragraph style.
        cut: Its text, and what it states about units and time.
        gap: Whether an empty line stands before it.
    """

    text: str
    place: str
    style: str
    cut: Cut
    gap: bool = False

    @property
    def statements(self) -> tuple[RoleStatement, ...]:
        """Who answers by what it states, each with its place."""
        return tuple(
            replace(statement, place=statement.place or self.place) for statement in self.cut.statements
        )

    def holding(self, text: str) -> Segment:
        """The segment with another text."""
        return replace(self, text=text, cut=at_end(text))


def cut_lines(lines: Iterable[TextLine]) -> list[TextLine]:
    """The items of paragraphs that run on as lines of their own: L3#2 is the second item of the third line."""
    pieces: list[TextLine] = []
    lines = list(lines)
    # Where others of them have items a unit before a colon stands over its sentence as well.
    heads_several = sum(_unit_before_items(line.text) is not None for line in lines) > 1
    for line in lines:
        head = _UNIT_BEFORE_SENTENCE.match(line.text) if heads_several else None
        parts = run_on(tags_as_labels(line.text))
        if head is not None and len(parts) == 1 and is_names(head["names"]):
            parts = [head[0], line.text[head.end() :]]
        pieces += [
            replace(
                line,
                text=part,
                place=line.place if len(parts) == 1 else f"{line.place}#{number}",
                gap=line.gap and number == 1,
            )
            for number, part in enumerate(parts, 1)
        ]
    return pieces


def read_segments(lines: Iterable[TextLine], asides: Container[str] = ()) -> list[Segment]:
    """Find what each line states.

    Args:
        lines: The lines.
        asides: The places of lines that state nothing of themselves.
    """
    segments = [
        Segment(line.text, line.place, line.style, Cut(line.text), line.gap)
        if line.place in asides
        else _throughout(Segment(line.text, line.place, line.style, at_end(line.text.strip()), line.gap))
        for line in lines
    ]
    # Lines of their own come first: beside them a name inside a sentence is no habit.
    below = [
        None if segment.place in asides else cut
        for segment, cut in zip(segments, _names_below(segments), strict=True)
    ]
    segments = _in_habit(segments, below)
    for habit in (_units_at_head, _within, _behind_marks):
        cuts = [None if segment.place in asides else habit(segment) for segment in segments]
        # A sentence that ends in its units is of the habit of those that hold them.
        kin = [habit is _within and segment.cut.weak for segment in segments]
        segments = _in_habit(segments, cuts, kin)
    segments = _behind_their_items(_like_others(_in_brackets(segments, asides), asides))
    if not any(_is_plain_item(segment) for segment in segments):
        return segments
    # Where paragraphs without a number are items, the end of their sentence counts as that of a numbered one.
    return [
        replace(segment, cut=cut)
        if not segment.cut.statements
        and segment.place not in asides
        and (cut := end_of_sentence(segment.text)) is not None
        else segment
        for segment in segments
    ]


def _in_brackets(segments: list[Segment], asides: Container[str]) -> list[Segment]:
    """The segments with units in the bracket at the end of a heading, where others of its level have theirs there: 三、校园安全（各乡镇）."""
    closing = Counter(
        _rank_of(segment)
        for segment in segments
        if segment.cut.statements and segment.cut.text.strip() and _last_inside(segment.text)
    )
    new_segments: list[Segment] = []
    for segment in segments:
        is_habit = closing[_rank_of(segment)] > 1 and segment.place not in asides
        inside = _last_inside(segment.text) if is_habit and not segment.cut.statements else ""
        answer = names_and_time(inside) if inside else None
        new_segments.append(_with_bracket(segment, inside, answer) if answer is not None else segment)
    return new_segments


def _rank_of(segment: Segment) -> Rank | None:
    number = leading_number(segment.text)
    return number.rank if number is not None else None


def _with_bracket(segment: Segment, inside: str, answer: tuple[str, str]) -> Segment:
    """The segment without its last bracket, with what that says."""
    names, limit = answer
    statement = RoleStatement(names, place=segment.place, header="责任单位")
    text = segment.text.rstrip(_ENDS)[: -len(inside) - 2].rstrip()
    return replace(segment, cut=Cut(text, (statement,), limit))


def _like_others(segments: list[Segment], asides: Container[str]) -> list[Segment]:
    """The segments with units where most items of their level have theirs: in the last bracket, behind a dash, or before a colon.

    What stands there are names, whatever these look like: （收集指导科）, ——修缮中心, 区评弹团、公务用车平台：送戏下乡。
    """
    for place_of_names in (_last_inside, _behind_dash, _before_colon):
        words = [place_of_names(segment.text) for segment in segments]
        counted = [
            (number.rank, bool(segment.cut.statements))
            for segment, names in zip(segments, words, strict=True)
            if names and (number := leading_number(segment.text)) is not None
        ]
        alike = Counter(rank for rank, _ in counted)
        stating = Counter(rank for rank, states in counted if states)
        for at, (segment, names) in enumerate(zip(segments, words, strict=True)):
            number = leading_number(segment.text)
            if number is None or segment.cut.statements or segment.place in asides:
                continue
            count = stating[number.rank]
            # A dash at the end is sure of itself beside others; a bracket may explain as well.
            is_dash = place_of_names is _behind_dash and alike[number.rank] >= _FEWEST
            is_habit = count >= (1 if is_dash else _FEWEST) and (is_dash or count * 2 > alike[number.rank])
            answer = loose_names(names) if is_habit else None
            answer = answer or (names_and_time(names) if is_dash else None)
            if answer is None:
                continue
            if place_of_names is _last_inside:
                segments[at] = _with_bracket(segment, names, answer)
                continue
            is_first = place_of_names is _before_colon
            text = number.mark + number.rest[len(names) + 1 :].strip() if is_first else segment.text
            text = text if is_first else text[: text.rindex(names)].rstrip(_MARKS.replace("。", ""))
            statement = RoleStatement(answer[0], place=segment.place, header="责任单位")
            segments[at] = replace(segment, cut=Cut(text, (statement,), answer[1], weak=is_first))
    return segments


_AFTER_DASH = re.compile(
    r"(?:(?<=[。；！）)])\s*[—―－─-]{1,4}|[—―─]{2}|[→⇒]|[-=]{1,2}>)\s*([^。；;—→>]{2,40})[。；;\s]*$"
)


def _behind_dash(text: str) -> str:
    """What stands behind a dash at the end of a sentence or an arrow; empty without one.

    >>> _behind_dash("1.粉刷宿舍内墙。——修缮中心"), _behind_dash("1.修渠 → 水管站"), _behind_dash("1.全年-两次")
    ('修缮中心', '水管站', '')
    """
    match = _AFTER_DASH.search(text)
    return match[1].strip() if match is not None else ""


def _before_colon(text: str) -> str:
    """What stands between the number of an item and its first colon; empty without a sentence behind that."""
    number = leading_number(text)
    head = re.match(r"([^：:。；;]{2,60})[：:](?=[^：:]{4,})", number.rest) if number is not None else None
    return head[1] if head is not None else ""


def _last_inside(text: str) -> str:
    """The inside of the bracket that a text ends in; empty without one."""
    text = text.rstrip(_ENDS)
    folded_text = fold_characters(text)
    start = {end: at for at, end in bracket_pairs(folded_text).items()}.get(len(folded_text) - 1, 0)
    return text[start + 1 : -1] if start and folded_text[start] == "（" else ""


def loose_names(inside: str) -> tuple[str, str] | None:
    """Short words between marks, and a time behind them, where nothing but units can stand.

    >>> loose_names("收集指导科，5月底前"), loose_names("详见附件2"), loose_names("含支渠3公里"), loose_names("王建、李丽")
    (('收集指导科', '5月底前'), None, None, None)
    """
    pieces = [piece.strip() for piece in _PARTED.split(inside) if piece.strip()]
    times = [piece for piece in pieces if is_time_alone(piece)]
    names = [name for piece in pieces if piece not in times for name in piece.split("、")]
    is_plain = all(
        _LOOSE_NAME.fullmatch(name) and not _NO_LOOSE_NAME.search(name) and not is_person_name(name)
        for name in names
    )
    units = "，".join(piece for piece in pieces if piece not in times)
    return (units, "，".join(times)) if names and is_plain else None


_LOOSE_NAME = re.compile(r"[\u4e00-\u9fff]{3,14}(?:[（(][\u4e00-\u9fff、]{1,8}[）)])?")
# What explains, sends elsewhere, counts or ends like no body: 详见附件, 含支渠, 新建三公里.
_NO_LOOSE_NAME = re.compile(
    r"^(?:[含见如即详指除按另附略约共以已原待]|参见|包括|不含|例如|其中|每|新建|续建|计划|力争|试点|一期|二期|涉及|简称|下同|同上)"
    rf"|[的了是为]|[期类型式版度量额率数]$|[{HAN}百千两几][年月日米里亩户台个项件元]$"
)


def _is_plain_item(segment: Segment) -> bool:
    """Whether a paragraph without a number states who answers for what it says."""
    cut = segment.cut
    return bool(cut.statements and cut.text.strip()) and not cut.weak and leading_number(segment.text) is None


def _in_habit(
    segments: list[Segment], others: Sequence[Cut | None], kin: Sequence[bool] = ()
) -> list[Segment]:
    """The segments read in a habit, if it is that of the text.

    Args:
        segments: The segments.
        others: What each states in that habit.
        kin: Which of them state something already in a way that belongs to it.
    """
    places = [position for position, cut in enumerate(others) if cut is not None]
    statement_count = sum(
        bool(segment.cut.statements) for segment, cut in zip(segments, others, strict=True) if cut is None
    )
    count = len(places) + sum(kin)
    if not places or count < _FEWEST or count <= statement_count - sum(kin):
        return segments
    front = [segment.text for segment in segments[: places[0]]]
    is_weak = any(cut is not None and cut.weak for cut in others)
    if not promises_plan(front) and (denies_plan(front) or (is_weak and not _promise_plan(segments, places))):
        return segments
    return [
        replace(segment, cut=cut) if cut is not None else segment
        for segment, cut in zip(segments, others, strict=True)
    ]


def _promise_plan(segments: Sequence[Segment], places: Sequence[int]) -> bool:
    """Whether three in four numbered items are those at the places, and most of these say by when."""
    numbered = {at for at, segment in enumerate(segments) if leading_number(segment.text) is not None}
    items = [segments[at].text for at in places if at in numbered]
    limits = [read_deadline(text, year=ANY_YEAR, inside=True) for text in items if "已" not in text]
    day_count = sum(limit.due is not None for limit in limits)
    return len(items) >= _FEWEST and len(items) * 4 >= len(numbered) * 3 and day_count * 2 > len(items)


# 附：有关说明
_ANNEX = re.compile(r"附\s*[件表录]?\s*\d*\s*[:：]")


def names_and_time(text: str, *, lone: bool = True) -> tuple[str, str] | None:
    """The names of a line that holds nothing but names and a time, and the time; None for any other line.

    >>> names_and_time("市甲局，6月底前"), names_and_time("6月底前  市甲局"), names_and_time("市甲局"), names_and_time("6月底前")
    (('市甲局', '6月底前'), ('市甲局', '6月底前'), ('市甲局', ''), None)
    >>> names_and_time("（市甲局牵头，各镇（街道）配合，6月底前完成）")
    ('市甲局牵头，各镇（街道）配合', '6月底前完成')
    """
    if _ANNEX.match(text):
        return None
    text = _BLANK_BEFORE_ROLE.sub("", _without_bracket(text))
    text = _BEHIND_BLANK.sub(lambda match: "" if is_person_name(match[1]) else match[0], text)
    if is_names(text, lone=lone):
        return text, ""
    pieces = [piece.strip() for piece in _PARTED.split(text) if piece.strip(" 　。")]
    times = [piece for piece in pieces if is_time_alone(piece)]
    names = "，".join(piece for piece in pieces if piece not in times)
    return (names, "，".join(times)) if times and names and is_names(names, lone=lone) else None


def _without_bracket(text: str) -> str:
    """The inside of a line that is one bracket; any other line as it is."""
    return text.strip(_ENDS)[1:-1] if is_bracket(text) else text


def is_bracket(text: str) -> bool:
    """Whether a line is one bracket.

    >>> is_bracket("（市甲局牵头，各镇（街道）配合）"), is_bracket("（一）修渠（市甲局）")
    (True, False)
    """
    bare = fold_characters(text.strip(_ENDS))
    return bare[:1] == "（" and bracket_pairs(bare).get(0) == len(bare) - 1


def is_time_alone(text: str) -> bool:
    """Whether a text is a time limit and nothing else.

    >>> [is_time_alone(text) for text in ("6月底前完成。", "长期坚持", "市甲局", "6月底前完成清淤三公里", "2026年3月5日")]
    [True, True, False, False, True]
    """
    bare = text.strip(" 　。；;，,、）)（(】【〕〔][")
    return bool(is_time(bare) and (len(bare) <= _SHORT_TIME or _TIME_ALONE.fullmatch(bare))) and not is_names(
        bare
    )


def says_when(text: str) -> bool:
    """Whether a text is a time limit and nothing else, or parts that each begin with a day.

    >>> [says_when(text) for text in ("6月底前", "3月份完成招标；10月底前全部换装", "10月底前上线", "3月份完成招标二十件", "先招标；10月底前换装")]
    [True, True, True, False, False]
    """
    parts = [part.strip() for part in re.split("[；;，,]", text.rstrip(_ENDS))]
    is_short = _LIMIT_AND_DEED.fullmatch(parts[0]) is not None
    return is_time_alone(text) or ((len(parts) > 1 or is_short) and all(map(begins_with_day, parts)))


# 10月底前上线
_LIMIT_AND_DEED = re.compile(r"[^，,。；;]{1,12}[前底内末旬][^，,。；;在于]{2,8}")


_TIME_ALONE = re.compile(
    r"[^，。；]{1,20}?(?:前|底|末|内|旬|月份?|季度?|年|日|天|周|期|时|起|坚持|推进|进行|开展|化|持续|长期|全年|常年)"
    r"(?:全部|全面|基本)?(?:完成|办结|完工|竣工|建成|落实|到位|兑现|投用|启用|交付|销号|达标|见效|启动)?(?:任务)?|[每按逐半]?[^，。；]{1,8}[一二两三四\d]次"
)
# 尽快, 待定
_SHORT_TIME = 4
# 市甲局 陈某, 市乙局 李某: persons of the units.
_BEHIND_BLANK = re.compile(r"[ \t\u3000]+([\u4e00-\u9fff]{2,3})(?=[、，,；;\s]|$)")
# 市甲局 牵头 ，市乙局 负责
_BLANK_BEFORE_ROLE = re.compile(
    r"(?<=[\u4e00-\u9fff）)])[ \t\u3000]+(?=(?:牵头|负责|配合|主办|协办|承办)[ \t\u3000]*(?:[，,；;、。]|$))"
    r"|(?<=[头责合办])[ \t\u3000]+(?=[，,；;])"
)
# What parts names from a time.
_PARTED = re.compile(r"[，,；;｜|/／]|[ \t\u3000]+")


def _names_below(segments: Sequence[Segment]) -> list[Cut | None]:
    """Lines of names, where each stands right behind a text: units below their item, without a word of a role."""
    cuts: list[Cut | None] = []
    for before, segment in zip((None, *segments), segments, strict=False):
        is_below = before is not None and (
            leading_number(before.text) is not None
            or cuts[-1] is not None
            # Behind the last sentence of an item only a bracket of its own is sure to be its units.
            or (before.text.endswith(SENTENCE_ENDS) and is_bracket(segment.text))
        )
        answer = names_and_time(segment.text) if is_below and leading_number(segment.text) is None else None
        cuts.append(
            Cut("", (RoleStatement(answer[0], place=segment.place),), answer[1])
            if answer is not None
            else None
        )
    return cuts


def _behind_their_items(segments: list[Segment]) -> list[Segment]:
    """The segments with statements behind their items, where the text says before items who answers for them.

    It does so where each statement stands before items and none behind the last item; one before several is said of each.
    """
    numbers = [leading_number(segment.text) for segment in segments]
    innermost = max(
        (
            number.rank
            for number in numbers
            if number is not None and (number.rank > Rank.HAN_BRACKET or number.rest.endswith(SENTENCE_ENDS))
        ),
        default=None,
    )
    groups: list[tuple[str, list[Segment]]] = []
    for segment, number in zip(segments, numbers, strict=True):
        before = groups[-1][0] if groups else ""
        if segment.cut.statements or segment.cut.deadline:
            letter = "I" if segment.cut.text.strip() else "S"
        elif number is not None:
            letter = "N" if number.rank is innermost else "H"
        elif not segment.text.endswith(SENTENCE_ENDS):
            letter = "H"
        else:
            letter = "n" if before == "N" else "N" if innermost is None else "H"
        if letter == "n" or letter == before == "S":
            groups[-1][1].append(segment)
        else:
            groups.append((letter, [segment]))
    if not _BEFORE_ITEMS.fullmatch("".join(letter for letter, _ in groups)):
        return segments
    new_order: list[Segment] = []
    statements: list[Segment] = []
    for letter, members in groups:
        if letter == "S":
            statements = members
        else:
            new_order += [*members, *(statements if letter == "N" else ())]
    return new_order


# Headings, statements and items that state nothing themselves; a statement stands between two items.
_BEFORE_ITEMS = re.compile(r"(?=.*SN+SN)H*(?:(?:SN+)+H*)+")


# 各有关单位要加强配合 is said to all and asks nothing that anybody could finish.
_EXHORTS = re.compile(r"各(?:有关|相关|责任|成员)?(?:单位|部门)要[^\d]*$|^各级\S{0,4}(?:领导|干部)[^\d]*$")


def names_somebody(line: TextLine) -> bool:
    """Whether a line says who answers in a form that counts only where it is the habit of the text."""
    segment = Segment(line.text, line.place, line.style, at_end(line.text.strip()))
    return (_units_at_head(segment) or _within(segment)) is not None and not _EXHORTS.search(line.text)


_OPENING = tuple("【[［〔（(")


# What parts units at the head of a segment from what they do.
_HEAD_LINK = re.compile(r"[:：，,]|[—―－–]{1,2}|[ \t\u3000]{2,}")


# 市甲局6月底前完成…: a unit right before its time.
_BEFORE_TIME = re.compile(rf"[于在]?(?:20\d\d年|[\d{HAN}]{{1,2}}月|年底|上半年|[一二三四]季度)")


def _units_at_head(segment: Segment) -> Cut | None:
    """Units before a colon or in a bracket at the head of a segment (市甲局：新建幼儿园。【市甲局｜每月】检查幼儿园。)."""
    number = leading_number(segment.text)
    mark = number.mark if number is not None else ""
    text = number.rest if number is not None else segment.text
    if is_bracket(text):
        return None
    end = bracket_pairs(fold_characters(text)).get(0, 0) if text[:1] in _OPENING else 0
    body = text[end + 1 :].strip() if end else ""
    if body and (answer := names_and_time(text[1:end]) or bodies_alone(text[1:end])) is not None:
        names, limit = answer
        return Cut(mark + body, (RoleStatement(names, place=segment.place),), limit, weak=True)
    for link in reversed(list(_HEAD_LINK.finditer(text[:_LONGEST_HEAD]))):
        head, body = text[: link.start()].strip(), text[link.end() :].strip()
        if (
            len(body) < _SHORTEST_TEXT - 4 * body.endswith(SENTENCE_ENDS)
            or is_names(body)
            or has_label(re.split("[:：]", head)[-1] + "：")
            or (link[0] not in ":：" and re.search("[:：]|[—―－–]{2}", head))
            or (link[0] in "，," and _ROLE.search(head))
        ):
            continue
        if is_names(head):
            return Cut(mark + body, (RoleStatement(head, place=segment.place),), weak=True)
    heads = [
        text[: time.start()].removeprefix("请").strip()
        for time in _BEFORE_TIME.finditer(text[:_LONGEST_HEAD])
    ]
    for head in [*heads, _who_is_asked(text)] if mark else ():
        if is_names(head) and not re.search("[，,；;：:]", head):
            return Cut(
                segment.text, (RoleStatement(head, place=segment.place),), segment.cut.deadline, weak=True
            )
    return None


def _who_is_asked(text: str) -> str:
    """Who is asked at the head of the clauses of a sentence, with the words of roles; empty where nobody is asked in the first.

    >>> _who_is_asked("请市甲局牵头、市乙局配合，更换雨水篦子。"), _who_is_asked("市甲局要会同市乙局修通道路。"), _who_is_asked("市甲局清淤。")
    ('市甲局牵头、市乙局配合', '市甲局会同市乙局', '')
    >>> _who_is_asked("市甲局要寻访老兵，市乙局要开设专栏。")
    '市甲局、市乙局'
    """
    clauses = re.split("[，,；;]", text.split("。")[0])
    first = _asked_in(clauses[0])
    # 请市甲局牵头，市乙局配合，…
    others = [_asked_in(clause) or clause * _gives_role(clause) for clause in clauses[1:]]
    # 各地各有关部门要高度重视 is said to all.
    is_of_all = re.search("各地|有关|相关|各(?:责任|成员|级)?(?:单位|部门)", first) is not None
    return "、".join([first, *filter(None, others)]) if first and not is_of_all else ""


def _asked_in(clause: str) -> str:
    """Who is asked at the head of a clause: between 请 and what is done, or before 要."""
    names: list[str] = []
    is_asked = clause.startswith("请")
    for sense, words in senses_of(clause.removeprefix("请")):
        must = _MUST_AT_HEAD.match(words)
        is_asked |= must is not None and bool(names)
        words = words[must.end() :] if must is not None else words
        if sense not in (Sense.NAME, Sense.ROLE, Sense.MARK):
            break
        names.append(words)
    return "".join(names).rstrip("、与和") if is_asked else ""


_MUST_AT_HEAD = re.compile("要(?!求)|应当?(?!急)|须|务必")


def _within(segment: Segment) -> Cut | None:
    """Units inside the sentences (…，由市甲局牵头，市乙局配合，年底前完成。)."""
    # 采购农产品：市甲局牵头，6月底前 has its units behind it.
    behind = re.split("[:：]", segment.text.rstrip(_ENDS), maxsplit=1)[1:]
    if segment.cut.statements or (behind and names_and_time(behind[0], lone=False) is not None):
        return None
    return names_in_sentences(segment)


def names_in_sentences(segment: Segment) -> Cut | None:
    """Who answers by the words of the sentences of a segment, which stay in it; None where nobody does."""
    text = leading_number(segment.text)
    sentences = re.split("[。；;]", text.rest if text is not None else segment.text)
    words = "；".join(
        clauses for sentence in sentences if (clauses := _units_in(re.split("[，,]", sentence)))
    )
    if not words:
        return None
    return Cut(segment.text, (RoleStatement(words, place=segment.place),), segment.cut.deadline, weak=True)


def _behind_marks(segment: Segment) -> Cut | None:
    """Units behind the last marks of an item or in its last brackets, times and persons among them (1.修渠；市甲局；6月底前).

    What states them already is of this habit, too. Without a number only a bracket, a dash, a bar or a time sets them apart.
    """
    whole = text = segment.text.rstrip(_ENDS)
    names: list[str] = []
    time, time_bracket, is_apart = "", "", False
    for _ in range(_MOST_PARTS):
        match = _LAST_PIECE.search(fold_characters(text))
        if match is None:
            break
        start, piece = match.start(), text[match.start() :]
        bracket = _LAST_BRACKET.search(fold_characters(piece))
        counted = leading_number(piece)
        if bracket is not None and not is_names(counted.rest if counted is not None else piece):
            start, piece = start + bracket.start(), piece[bracket.start() + 1 : bracket.end() - 1]
        before = leading_number(text[:start])
        if not (before.rest if before is not None else text[:start]).strip(_MARKS):
            break
        answer = names_and_time(piece)
        if answer is not None and any(sense is Sense.PART for sense, _ in senses_of(piece)):
            return None  # 市甲局负责清淤三公里: what each unit does is required, too
        if answer is not None:
            names.insert(0, answer[0])
            time = answer[1] or time
            is_apart = bracket is not None or text[:start].rstrip(" 　")[-1:] in _STRONG_MARKS
        elif is_time_alone(piece):
            time, time_bracket = piece, text[start:] if bracket is not None else ""
        elif not is_person_name(piece):
            break
        text = text[:start].rstrip(_MARKS)
    # 建立台账，3月底前，市甲局 behind a sign that was taken off
    is_listed = bool(time) and not re.search(r"[ \t\u3000]", whole[len(text) :])
    if not names or (leading_number(text) is None and not (is_apart or is_listed)):
        return None
    if segment.cut.statements:
        return segment.cut
    text += "。" if whole[len(text) :].startswith("。") else time_bracket
    if names[0].startswith("由"):
        text = segment.text  # 由市甲局负责 is a part of its sentence
    statement = RoleStatement("，".join(names), place=segment.place)
    return Cut(text, (statement,), time or segment.cut.deadline, weak=not is_apart)


def _throughout(segment: Segment) -> Segment:
    """The segment with all that its sentences say, where the last of them names units without a mark."""
    cut = names_in_sentences(segment) if segment.cut.weak else None
    names, all_names = _names_of(segment.cut), _names_of(cut)
    if cut is None or len(all_names) <= len(names):
        return segment
    return (
        replace(segment, cut=cut)
        if all(is_group(name) or is_unit_as_written(name) for name in all_names)
        else segment
    )


def _names_of(cut: Cut | None) -> list[str]:
    return [
        assignment.unit
        for statement in (cut.statements if cut is not None else ())
        for assignment in read_responsibility(statement.text).assignments
    ]


# What parts an item from its units, and these from the time; the second set them apart from any sentence.
_MARKS = "-，,：:；;。｜|/／→=＝\t 　—－"
_STRONG_MARKS = "—－→=＝｜|"
_ENDS = " 　。；;"
_LAST_PIECE = re.compile(rf"(?:（[^（）]*）|[^{_MARKS}（）]){{1,60}}$")
_LAST_BRACKET = re.compile(r"（[^（）]*）$")


def _units_in(parts: Sequence[str]) -> str:
    """The parts of a sentence that say who answers, side by side or each before its own deed."""
    clauses: list[str] = []
    start = 0
    while start < len(parts):
        end, words = start + 1, ""
        helps = bool(clauses) and _HELPS.search(parts[start]) is not None
        if not (helps or _UNIT_ENDING.search(parts[start])):
            start = end
            continue
        if helps or _ROLE.search(parts[start]):
            words = parts[start] if _gives_role(parts[start]) else ""
        for stop in range(start + 1, min(start + _MOST_PARTS, len(parts)) + 1):
            together, last = "，".join(parts[start:stop]), parts[stop - 1]
            if stop - 1 > start and last.startswith("由"):
                break  # what stands before 由市甲局负责 is what it does
            # 由市甲局负责，加密监测: what stands behind the verb is no name because it is short.
            goes_on = _ROLE.search(last) is not None or is_names(last)
            if goes_on and is_names(together, lone=False) and _ROLE.search(together):
                end, words = stop, together
        beside = _BESIDE.match(parts[end]) if words and end < len(parts) else None
        if beside is not None and (names := _first_names(parts[end])):
            words, end = f"{words}，{beside[0]}{names}", end + 1
        clauses += [words] if words else []
        start = end
    return "；".join(clauses)


# 由市甲局负责，市乙局协助宣传: beside somebody who answers.
_HELPS = re.compile("[局委办厅部院会室处科站所队社校心司团府道镇乡馆](?:协助|支持|指导|监督|督促|参加)")
# 由市甲局牵头，会同市乙局制定办法
_BESIDE = re.compile("会同|联合")


def _first_names(part: str) -> str:
    """The names right behind the verb that opens a part of a sentence; empty where anything else stands there."""
    read = [(sense, words) for sense, words in senses_of(part) if sense is not Sense.MARK][1:]
    end = next((at for at, (sense, _) in enumerate(read) if sense is not Sense.NAME), len(read))
    return (
        "、".join(words for _, words in read[:end]) if all(is_names(words) for _, words in read[:end]) else ""
    )


def _gives_role(part: str) -> bool:
    """Whether 由市甲局负责组织排查 names a unit and its role before what it does."""
    read = [(sense, words) for sense, words in senses_of(part) if sense is not Sense.MARK]
    senses = [sense for sense, _ in read]
    if not all(is_names(words) for sense, words in read if sense is Sense.NAME):
        return False
    behind = next((at for at, sense in enumerate(senses) if sense is not Sense.NAME), len(senses))
    return senses[behind : behind + 1] == [Sense.ROLE] and behind > 0 and not _NO_NAMES & set(senses)
