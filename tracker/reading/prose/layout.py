"""What the layout of a text says: which lines are one, and what a line is by where it stands.

**Broken lines.** Scans, mails and pages that somebody copied end their lines where the paper ended. Such a text shows it in
its widths, and is joined again (`unwrap`); so is what goes on below an unfinished list, sentence or bracket (`complete`).

    full        a line as wide as the text allows, but for what no line may begin with: the widest width that several
                lines reach, and hardly any is wider
    goes on     a full line without an end (。；：), right above a line that begins nothing
    begins      a number, a label, a bracket of its own, names or a time and nothing else, a gap above it

Where full lines mostly go on the text is broken, and every one of them is joined with the next. Widths are those of
print: a character below the ideographs takes half of one, blanks before a paragraph count.

    >>> broken = [TextLine("1.完善制度，明确由谁来办理、何时办", "L1"), TextLine("结，并向社会公开。", "L2"), TextLine("2.培训窗口人员，做到一次性地告知", "L3"),
    ...           TextLine("群众。", "L4"), TextLine("3.设立专窗，为老年人和残疾人提供便", "L5"), TextLine("利。", "L6")]
    >>> [line.place for line in unwrap(broken)]
    ['L1', 'L3', 'L5']

**Headings without a number**: styled as one, or short lines between tasks in a text that numbers no headings.

    heading 1   抓好春耕备耕    a style that is used more than once opens a level; one that is used once is the title
    （no style）抓好春耕备耕    a short line before a task, where no 一、 and no （一） stands in the text; or one above
                              the sentences of every task
    6月底前：                 a line that says by when and nothing else, where all such lines stand above items

**Lines of time.** 完成时限：… in a line of its own is that of the item above, unless the lines of the text stand above
their items (编号, 完成时限, 事项, 责任单位): the whole text tells, since one line alone stands between two items.

**Remarks.** 进度：已开工 is one where lines with that label always stand below units and time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.reading.clauses import closing_bracket
from tracker.reading.lines import (
    LeadingNumber,
    Rank,
    TextLine,
    is_heading,
    leading_number,
    promises_plan,
)
from tracker.reading.prose.lenders import read_selections, unit_headings
from tracker.reading.prose.segments import (
    SENTENCE_ENDS,
    Segment,
    is_bracket,
    is_time_alone,
    names_and_time,
    says_when,
)
from tracker.reading.tables import (
    RoleStatement,
    at_end,
    content_of,
    has_label,
    has_role,
    is_idle_label,
    is_names,
    label_of_content,
)
from tracker.values import dataclass

_MONTH = r"(?:(?:19|20)\d\d|二[〇○零]\S{2})\s*年\s*\S{1,2}\s*月"
_DAY = rf"{_MONTH}\s*\S{{1,3}}\s*日"
_SIGNED_ON = re.compile(_DAY)
_DATED = re.compile(rf"{_MONTH}|{_DAY}")
_SIGNED = re.compile(rf"(?P<body>[^，,。；;：:、]{{2,40}}?)[\s\u3000]*{_DAY}(?:印发)?")
_LONGEST = 40


# 请各单位抓紧落实，谢谢！
_CLOSES_LETTER = re.compile(
    "(?:以上|上述)?[^，。]{0,6}请(?:各|大家|你们|认真|遵照|予以|抓紧|按)|特此|此致|谢谢|有(?:不同)?(?:意见|问题|疑问)|如有"
)


def closes_letter(text: str) -> bool:
    """Whether a sentence is said to all who read a text, at its end.

    >>> closes_letter("以上分工请各单位抓紧落实，谢谢！"), closes_letter("请县水利局修渠。")
    (True, False)
    """
    return _CLOSES_LETTER.match(text) is not None


def signs_day(text: str) -> bool:
    """Whether a line is a day with its year and nothing else: it dates a document.

    >>> signs_day("2026年3月1日"), signs_day("2026年3月1日前"), signs_day("3月1日")
    (True, False, False)
    """
    return _SIGNED_ON.fullmatch(text.strip()) is not None


def signs_in_one(text: str) -> bool:
    """Whether a line is a body and a day with its year: it signs a document.

    >>> signs_in_one("市甲局办公室　2026年3月1日印发"), signs_in_one("市甲局 3月1日"), signs_in_one("2026年3月1日")
    (True, False, False)
    """
    match = _SIGNED.fullmatch(text.strip())
    return match is not None and not signs_day(text) and is_body(match["body"])


def dates_document(text: str) -> bool:
    """Whether a line is a day or a month with its year: a single one may date a document, several are limits."""
    return _DATED.fullmatch(text.strip()) is not None


def is_body(text: str) -> bool:
    """Whether a line is the name of a body, without a number, a label or a word of its role.

    >>> is_body("市甲局办公室"), is_body("市甲局牵头"), is_body("防汛督查（各乡镇）")
    (True, False, False)
    """
    bare = text.strip()
    is_short = len(bare) <= _LONGEST and leading_number(bare) is None and not has_role(bare)
    # 防汛督查（各乡镇） is a task with its units.
    return is_short and is_names(bare) and is_names(re.sub("[（(].*[)）]$", "", bare) or bare)


def _times_lead(segments: Sequence[Segment]) -> bool:
    """Whether the lines of time of a text stand above their items: one above the first and none below the last."""
    letters = _letters(segments)
    is_above = re.match("[^N]*T", letters) is not None and not re.search("T[^N]*$", letters)
    return is_above and letters.count("T") * 4 >= letters.count("N") * 3


@dataclass(frozen=True, slots=True)
class Habits:
    """What the whole text tells about its lines.

    Attributes:
        remarks: The places of remarks, with label and text.
        units: The places of headings that are names of units, with their level and what they say.
        headlines: The places of headings without a number, with their level.
        is_list: A sentence speaks of items by their numbers, and all numbers are of one kind: none is a heading's.
        item_ranks: Levels most of whose numbers count sentences; or half of them, with no units at deeper numbers.
        headed_ranks: Levels whose short items with units all have a sentence or an item below them: they head it.
        answered_ranks: Levels most of whose numbers have a statement before the next number.
        times_lead: Lines of time stand above their items.
        has_days: Several lines are a day.
        gaps_part: Empty lines part items from one another, and none from its statements.
        is_short: Most items that lines of statements close are one paragraph.
        heads_of_items: The places of short items with units right above numbers of a deeper level.
        contents_follow: Labels of content stand right behind those of units, and none before: 承办：市甲局, 办理要求：….
        closings: The places of lines below the last statement of a text that has none below any other.
        second_halves: The places of paragraphs with units that go on with the numbered sentence right above them.
    """

    remarks: Mapping[str, tuple[str, str]]
    units: Mapping[str, tuple[Rank, RoleStatement]]
    headlines: Mapping[str, Rank]
    is_list: bool
    item_ranks: frozenset[Rank]
    headed_ranks: frozenset[Rank]
    answered_ranks: frozenset[Rank]
    times_lead: bool
    has_days: bool
    gaps_part: bool
    is_short: bool
    heads_of_items: frozenset[str]
    contents_follow: bool
    closings: frozenset[str]
    second_halves: frozenset[str]


def habits_of(segments: Sequence[Segment]) -> Habits:
    """What a text tells about its lines."""
    remarks = _remark_lines(segments)
    tellers = [segment for segment in segments if segment.place not in remarks]
    numbers = [number for segment in segments if (number := leading_number(segment.text))]
    ranks = Counter(number.rank for number in numbers)
    sentences = Counter(number.rank for number in numbers if not is_heading(number.rest))
    answering = [
        number.rank
        for segment in segments
        if segment.cut.statements and segment.cut.text.strip() and (number := leading_number(segment.text))
    ]
    headlines = _headlines(tellers)
    sizes = [sum(segment.place not in headlines for segment in block) for block in _blocks(tellers)]
    return Habits(
        remarks,
        unit_headings(tellers),
        headlines,
        is_list=len(ranks) == 1 and any(read_selections(segment.text) for segment in segments),
        item_ranks=frozenset(
            rank
            for rank in ranks
            if sentences[rank] * 2 >= ranks[rank] + any(rank < inner for inner in answering)
        ),
        headed_ranks=_headed_ranks(segments),
        answered_ranks=_answered_ranks(segments),
        times_lead=_times_lead(segments),
        has_days=sum(dates_document(segment.text) for segment in segments) > 1,
        gaps_part=any(segment.gap for segment in tellers)
        and not any(segment.gap for segment in tellers if _states_only(segment)),
        # What stands above the first item may be an introduction.
        is_short=sizes[1:].count(1) * 2 > len(sizes[1:]),
        heads_of_items=frozenset(
            segment.place for segment, after in pairwise(tellers) if _heads_item(segment, after)
        ),
        contents_follow=_contents_follow(tellers),
        closings=_closings(tellers),
        second_halves=_second_halves(tellers),
    )


def ends_a_thought(text: str) -> bool:
    """Whether a text is a sentence and no heading with a full stop.

    >>> ends_a_thought("来信反映：路灯不亮。"), ends_a_thought("何时通车，在哪换乘？"), ends_a_thought("（一）水利建设。")
    (True, True, False)
    """
    is_end = text.endswith((*SENTENCE_ENDS, "？", "?"))
    return is_end and (not is_heading(text) or re.search("[：:]", text) is not None)


def _second_halves(segments: Sequence[Segment]) -> frozenset[str]:
    """The places of paragraphs with units, each alone below a numbered sentence without any: 1.问：何时通车？ / 答：6月通车。（市甲局）.

    >>> texts = ("1.问：何时通车？", "答：6月通车。（市甲局）", "2.问：何时供水？", "答：7月供水。（市乙局）")
    >>> sorted(_second_halves([Segment(text, f"L{n}", "", at_end(text)) for n, text in enumerate(texts, 1)]))
    ['L2', 'L4']
    """
    halves: list[str] = []
    for above, segment, after in zip_longest(segments, segments[1:], segments[2:]):
        if segment is None:
            continue
        number = leading_number(above.text)
        is_open = number is not None and ends_a_thought(above.text)
        is_open &= not (above.cut.statements or above.cut.deadline)
        is_half = leading_number(segment.text) is None and bool(
            segment.cut.statements and segment.cut.text.strip() and not segment.cut.weak
        )
        is_alone = after is None or leading_number(after.text) is not None or not after.cut.statements
        halves += [segment.place] if is_open and is_half and is_alone else []
    return frozenset(halves)


def _heads_item(segment: Segment, after: Segment) -> bool:
    """Whether a short item that ends in its units stands right above a deeper number: 1.打通堵点（市甲局牵头） above ①….

    >>> lines = [Segment(text, "", "", at_end(text)) for text in ("1.打通堵点（市甲局牵头）", "①归集数据，4月底前完成。", "2.改版")]
    >>> _heads_item(lines[0], lines[1]), _heads_item(lines[0], lines[2])
    (True, False)
    """
    number, below = leading_number(segment.text), leading_number(after.text)
    is_deeper = number is not None and below is not None and below.rank > number.rank
    return is_deeper and bool(segment.cut.statements) and not segment.text.endswith(SENTENCE_ENDS)


def _contents_follow(segments: Sequence[Segment]) -> bool:
    """Whether what is to be done always stands behind a label of its own right below those who answer, never above them."""
    contents = [
        says_only(before) and (after is None or not says_only(after))
        for before, segment, after in zip(segments, segments[1:], [*segments[2:], None], strict=False)
        if label_of_content(segment.text)
    ]
    return len(contents) > 1 and all(contents)


def _closings(segments: Sequence[Segment]) -> frozenset[str]:
    """The places of lines that close a text: 以上任务请抓好落实, 邮箱：… below the last units, where nothing stands below any others."""
    below: list[int] = []
    statement_count = 0
    for at, (before, segment) in enumerate(pairwise(segments), 1):
        statement_count += bool(segment.cut.statements)
        if leading_number(segment.text) is None and not segment.cut.statements and before.cut.statements:
            below.append(at)
    is_last = len(below) == 1 and not any(segment.cut.statements for segment in segments[below[0] :])
    if not is_last or statement_count < _FEWEST_BLOCKS:
        return frozenset()
    return frozenset(segment.place for segment in segments[below[0] :])


def _headed_ranks(segments: Sequence[Segment]) -> frozenset[Rank]:
    """The levels of numbers whose items with units are short, each above a sentence or an item below it: （一）水利。（市甲局）."""
    all_ranks: Counter[Rank] = Counter()
    heads: Counter[Rank] = Counter()
    for segment, after in zip_longest(segments, segments[1:]):
        number = leading_number(segment.text)
        if number is None or not segment.cut.statements or not segment.cut.text.strip():
            continue
        all_ranks[number.rank] += 1
        below = leading_number(after.text) if after is not None else None
        is_above = (
            after is not None
            and (below is None or below.rank > number.rank)
            and not after.cut.statements
            and after.text.endswith(SENTENCE_ENDS)
        )
        heads[number.rank] += is_above and not segment.cut.weak and len(segment.cut.text) <= _LONGEST_BARE
    return frozenset(rank for rank, count in all_ranks.items() if heads[rank] == count > 1)


_LONGEST_BARE = 16


def _answered_ranks(segments: Sequence[Segment]) -> frozenset[Rank]:
    """The levels of numbers most of which have a statement before the next number."""
    counts: Counter[Rank] = Counter()
    answered: Counter[Rank] = Counter()
    rank: Rank | None = None
    for segment in segments:
        if (number := leading_number(segment.text)) is not None:
            rank = number.rank
            counts[rank] += 1
        if segment.cut.statements and rank is not None:
            answered[rank] += 1
            rank = None
    return frozenset(rank for rank, count in counts.items() if answered[rank] * 2 > count)


def _letters(segments: Sequence[Segment]) -> str:
    """A letter for each segment: T says by when, S who answers, N is an item, H anything else."""
    numbers: list[LeadingNumber | None] = [leading_number(segment.text) for segment in segments]
    ranks: list[Rank] = [
        number.rank for number in numbers if number is not None and not is_heading(number.rest)
    ]
    ranks = ranks or [
        number.rank for number in numbers if number is not None and number.rank > Rank.HAN_BRACKET
    ]
    innermost = max(ranks, default=None)
    letters = ""
    for segment, number in zip(segments, numbers, strict=True):
        cut = segment.cut
        if cut.text.strip(" 　。；;") and (
            cut.statements
            or (number is not None and number.rank is innermost)
            or (innermost is None and segment.text.endswith(SENTENCE_ENDS))
        ):
            letters += "N"
        elif cut.text.strip(" 　。；;"):
            letters += "H"
        else:
            letters += "S" if cut.statements else "T" if cut.deadline else "H"
    return letters


_LEVELS = (Rank.HAN, Rank.HAN_BRACKET)
_HEADING_STYLE = re.compile(r"(?:heading|标题)\s*(\d)", re.IGNORECASE)
_LONGEST_HEADING = 30
_FEWEST_BLOCKS = 3
_NO_HEADING = re.compile(r"\d{4}\s*年|[：:，,；;]|^附|^[（(]|号$|通知$")
# 第一条线：精密监测
COUNT_LABEL = re.compile(rf"^(?:第[{HAN}]{{1,3}}\w{{0,4}}|\w{{1,4}}[{HAN}\d]{{1,3}})[:：]")


def _headlines(segments: Sequence[Segment]) -> dict[str, Rank]:
    """The places of the headings without a number, and their level."""
    if times := _heads_by_time(segments):
        return dict.fromkeys(times, Rank.PART)
    ranks = {number.rank for segment in segments if (number := leading_number(segment.text))}
    style_levels = {
        segment.place: int(style[1])
        for segment in segments
        if (style := _HEADING_STYLE.search(segment.style))
        and leading_number(segment.text) is None
        and not segment.cut.statements
    }
    counts = Counter(style_levels.values())
    common_levels = sorted(level for level, count in counts.items() if count > 1)
    outer = (Rank.PART, Rank.CHAPTER) if Rank.HAN in ranks else _LEVELS
    if common_levels:
        of = dict(zip(common_levels, outer, strict=False))
        return {place: of[level] for place, level in style_levels.items() if level in of}
    if ranks & {Rank.HAN, Rank.HAN_BRACKET}:
        return {}
    short = _heads_of_blocks(segments) or [
        segment.place
        for segment, next_segment in pairwise(segments)
        if _is_short(segment)
        and (next_segment.cut.statements or (next_segment.cut.deadline and not next_segment.cut.text.strip()))
    ]
    short = short if len(short) > 1 else _heads_above_sentences(segments)
    rank = Rank.HAN_BRACKET if ranks & {Rank.PART, Rank.CHAPTER} else Rank.HAN
    return dict.fromkeys(short, rank) if len(short) > 1 else {}


def _heads_by_time(segments: Sequence[Segment]) -> list[str]:
    """The places of lines that say by when and nothing else, where the first stands above the first item and all above items."""
    items = [
        leading_number(segment.text) is not None or bool(segment.cut.statements and segment.cut.text.strip())
        for segment in segments
    ]
    times = [
        at
        for at, segment in enumerate(segments)
        if not segment.cut.deadline
        and not signs_day(segment.text)
        and is_time_alone(segment.text.rstrip("：: "))
    ]
    above = [at for at in times if not items[at] and any(items[at + 1 : at + 2])]
    first = items.index(True) if True in items else 0
    return (
        [segments[at].place for at in above] if len(above) > 1 and above == times and above[0] < first else []
    )


def _heads_of_blocks(segments: Sequence[Segment]) -> list[str]:
    """The places of short lines, where one stands above the sentences of every block that ends in statements."""
    heads: list[str] = []
    # What stands behind the last statement is no block of one.
    blocks = [block for block in _blocks(segments) if block and block[-1] is not segments[-1]]
    for block in blocks:
        # An introduction may stand above the first heading.
        last = next((n for n in range(len(block), 0, -1) if not block[n - 1].text.endswith(SENTENCE_ENDS)), 0)
        at = next((n for n, segment in enumerate(block) if segment.text.endswith(SENTENCE_ENDS)), 0)
        at = last if block is blocks[0] and last < len(block) else at
        is_head = at and _is_short(block[at - 1]) and (at == 1 or block is blocks[0])
        if not is_head or any(segment.cut.statements for segment in block):
            return []
        heads.append(block[at - 1].place)
    return heads if len(heads) >= _FEWEST_BLOCKS else []


def _blocks(segments: Sequence[Segment]) -> list[list[Segment]]:
    """What stands above each run of statements, without the statements."""
    blocks: list[list[Segment]] = [[]]
    for before, segment in zip((None, *segments), segments, strict=False):
        if before is not None and _states_only(before) and not _states_only(segment):
            blocks.append([])
        blocks[-1] += [] if _states_only(segment) else [segment]
    return blocks


def _heads_above_sentences(segments: Sequence[Segment]) -> list[str]:
    """The places of short lines that stand right above a sentence with several lines of statements below it."""
    return [
        segment.place
        for segment, sentence, *below in zip(*(segments[at:] for at in range(4)), strict=False)
        if _is_short(segment)
        and not promises_plan([segment.text])
        and sentence.text.endswith(SENTENCE_ENDS)
        and leading_number(sentence.text) is None
        and not sentence.cut.statements
        and all(map(_states_only, below))
    ]


def says_only(segment: Segment) -> bool:
    """Whether a segment says who or by when, and nothing else."""
    return bool(segment.cut.statements or segment.cut.deadline) and not segment.cut.text.strip(" 　。；;")


def _states_only(segment: Segment) -> bool:
    """Whether a segment is a line of statements, of persons too."""
    return says_only(segment) or is_idle_label(segment.text)


def _is_short(segment: Segment) -> bool:
    text = segment.text.strip()
    return (
        not segment.cut.statements
        and leading_number(text) is None
        and 2 <= len(text) <= _LONGEST_HEADING
        and is_heading(text)
        and not text.endswith("。")
        and not _NO_HEADING.search(COUNT_LABEL.sub("", text))
    )


_LABELED = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,6})[：:]\s*(?P<text>.*)")


def _remark_lines(segments: Sequence[Segment]) -> dict[str, tuple[str, str]]:
    """The places of lines with a label that always stands below units and time (进度：已开工), with label and text."""
    places: dict[str, tuple[str, str]] = {}
    elsewhere: set[str] = set()
    for before, segment in pairwise(segments):
        match = _LABELED.fullmatch(segment.text)
        if match is None or segment.cut.statements or segment.cut.deadline or content_of(segment.text):
            continue
        # 1.修渠。责任单位：市甲局。进度：已开工。
        is_behind = "#" in segment.place and bool(before.cut.statements)
        if says_only(before) or before.place in places or is_behind:
            places[segment.place] = (match["label"], match["text"])
        else:
            elsewhere.add(match["label"])
    counts = Counter(label for label, _ in places.values())
    return {
        place: pair
        for place, pair in places.items()
        if counts[pair[0]] > 1 and pair[0] not in elsewhere and not is_names(pair[0])
    }


# In half characters: how far a full line may stay behind, and between which widths a page has its edge.
_SLACK = 6
_NARROWEST, _WIDEST = 32, 128
_FEWEST_BROKEN = 3
# Paragraphs and their statements are set in by two or three wide blanks or twice as many narrow ones; more of them
# centre a title or a signature.
_SET_IN_MOST = 6


@dataclass(frozen=True, slots=True)
class _Measure:
    """How a broken text is set.

    Attributes:
        fullest: The width from which a line is full.
        widest: The width that no line passes.
        labels: The words that begin several lines.
        is_set_in: Whether paragraphs are set in, so that a line that is not goes on with the one before.
        signs: The signs of lists that stand before several lines: each begins something.
    """

    fullest: int
    widest: int
    labels: Container[str]
    is_set_in: bool
    signs: Container[str] = ()

    def is_full(self, width: int) -> bool:
        """Whether a line of a width is full."""
        return self.fullest <= width <= self.widest


def unwrap(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join lines that were broken at a fixed width."""
    measure = _measure(lines)
    if measure is None:
        return list(lines)
    joined_lines: list[TextLine] = []
    # A body above a day signs the text, however full the line above it is.
    signed = {line.place for line, after in pairwise(lines) if signs_day(after.text) and is_body(line.text)}
    signed |= {line.place for line in lines if signs_in_one(line.text)}
    for line in lines:
        last = joined_lines[-1] if joined_lines else None
        if last is not None and line.text and line.place not in signed and _goes_on(last, line, measure):
            is_label = _LABEL.match(line.text) or _SHORT_LABEL.match(line.text)
            link = " " if is_label and not _CUT_LABEL.search(last.text) else ""
            joined_lines[-1] = last.with_next(line, line.columns, link)
        else:
            joined_lines.append(replace(line, pieces=line.columns))
    return joined_lines


def _measure(lines: Sequence[TextLine]) -> _Measure | None:
    """How a text is set; None where no fixed width broke it."""
    heads = Counter(head[0] for line in lines if (head := _WORD_AT_HEAD.match(line.text)))
    labels = {word for word, count in heads.items() if count > 1}
    widest = _widest(lines, labels)
    if not _NARROWEST <= widest <= _WIDEST:
        return None
    is_set_in = sum(0 < line.indent <= _SET_IN_MOST for line in lines) * 4 >= len(lines)
    # Where brackets go on in the next line the text is broken for sure, and its full lines may differ more in length.
    broken_count = sum(
        _is_open(line.text) and not after.gap and bool(_CLOSES.match(after.text))
        for line, after in pairwise(lines)
    )
    fullest = widest * 3 // 4 if broken_count >= _FEWEST_BROKEN else widest - _SLACK
    measure = _Measure(fullest, widest, labels, is_set_in, _signs_of_lists(lines))
    pairs = [
        (line, after)
        for line, after in pairwise([*lines, TextLine("", "")])
        if measure.is_full(line.columns)
        and not line.text.endswith(_ENDS)
        and not _is_answered(line.text)
        and not promises_plan([line.text])
    ]
    sure = [line for line, after in pairs if _is_rest(line, after) or _closes(line, after, labels)]
    # Statements and signatures end without a mark, however long they are; a full line below a full one says nothing.
    against = sum(
        line not in sure
        and not (measure.is_full(after.columns) and not _is_new(line, after, labels))
        and not (_begins(line.text, labels) or _LISTS.search(line.text))
        and line.indent <= _SET_IN_MOST
        for line, after in pairs
    )
    is_broken = len(sure) > 1 or any(leading_number(line.text) or _is_open(line.text) for line in sure)
    return measure if is_broken and against * 2 <= len(sure) else None


def _signs_of_lists(lines: Sequence[TextLine]) -> set[str]:
    """The signs that stand before several lines."""
    counts = Counter(line.sign for line in lines if line.sign)
    return {sign for sign, count in counts.items() if count > 1}


def _widest(lines: Sequence[TextLine], labels: Container[str]) -> int:
    """The widest width that several lines reach, or one that a numbered item reaches and goes on from; 0 without one."""
    measured = sorted(
        (
            (line.columns, line, after)
            for line, after in pairwise([*lines, TextLine("", "")])
            if line.text and line.indent <= _SET_IN_MOST
        ),
        key=_first,
        reverse=True,
    )
    for at, (width, line, after) in enumerate(measured[: 2 + len(measured) // 20]):
        is_broken = leading_number(line.text) is not None and not line.text.endswith(_ENDS)
        is_common = at + 1 < len(measured) and width - _SLACK <= measured[at + 1][0]
        if is_common or (is_broken and not _is_new(line, after, labels)):
            return width
    return 0


def _first(measured: tuple[int, TextLine, TextLine]) -> int:
    return measured[0]


def _closes(line: TextLine, after: TextLine, labels: Container[str]) -> bool:
    """Whether the line below another one begins nothing and ends a sentence, a bracket or a list that began above."""
    is_end = re.search("[。；！]|[）)】〕]$", after.text) is not None or _LISTS.search(line.text) is not None
    return is_end and not _is_new(line, after, labels)


def _is_rest(line: TextLine, after: TextLine) -> bool:
    """Whether a line can only be the rest of the one before: of its bracket, or of its sentence."""
    if not after.text or after.gap:
        return False
    is_inside = line.text.endswith(("，", "、")) and leading_number(after.text) is None
    return (
        is_inside
        or _CUT_LABEL.search(line.text) is not None
        or after.text[0] in _NEVER_FIRST
        or _is_open(line.text)
    )


def _is_new(line: TextLine, after: TextLine, labels: Container[str]) -> bool:
    """Whether the line below another one begins something."""
    text = after.text
    return (
        not text
        or after.gap
        or after.indent > _SET_IN_MOST
        or leading_number(text) is not None
        or _COUNT.match(text) is not None
        or _begins(text, labels)
        or _HEADS.fullmatch(text) is not None
        or _are_answered(line.text, text)
        or (_says_alone(text) and not (_LISTS.search(line.text) or _is_rest_of_time(line.text, text)))
    )


def _is_rest_of_time(text: str, after: str) -> bool:
    """Whether a time is the rest of one that was broken: 9月30 / 日前完成."""
    return _IN_TIME.search(text) is not None or _REST_OF_TIME.match(after) is not None


def _says_alone(text: str) -> bool:
    """Whether a line is a bracket, names or a time and nothing else."""
    return (
        is_bracket(text)
        or _ENDS_IN_DAY.search(text) is not None
        or is_time_alone(text)
        or names_and_time(text) is not None
    )


def _goes_on(last: TextLine, line: TextLine, measure: _Measure) -> bool:
    """Whether a line goes on with the one before it, which is full, or the last of its page."""
    if not (measure.is_full(last.pieces) or line.is_on_next_page) or line.indent > _SET_IN_MOST:
        return False
    if line.sign in measure.signs or _HEADS.fullmatch(line.text) or _are_answered(last.text, line.text):
        return False
    text, inside = last.text, _is_open(last.text)
    is_counted = leading_number(line.text) is not None or _COUNT.match(line.text) is not None
    if is_counted and (line.indent or not inside):
        return False
    if (inside or _CUT_LABEL.search(text)) and not line.gap:
        return True
    if _begins(line.text, measure.labels):
        return False
    is_at_edge = measure.is_set_in and not line.indent and measure.is_full(last.pieces)
    has_end = text.endswith((*_ENDS, "】", "〕", "]")) or _is_answered(text)
    if line.gap and not (is_at_edge and (inside or not has_end)):
        return False
    if line.text[0] in _NEVER_FIRST or inside or _LABEL_AT_END.search(text):
        return True
    if not has_end or (text.endswith("：") and leading_number(text) is not None):
        return True
    # Behind the end of a sentence another one of the same item may begin.
    is_sentence = line.text.endswith((*_ENDS, "）", ")", "】")) or measure.is_full(line.columns)
    is_item = (
        leading_number(text) is not None
        and text.endswith("。")
        and is_sentence
        and measure.is_full(last.pieces)
    )
    is_new = text.endswith("：") or _says_alone(line.text) or closes_letter(line.text)
    return (is_at_edge or is_item) and not is_new


def complete(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join a line that ends in the middle of a list, of a sentence or of a bracket with the next one, and what hangs below an item.

    >>> lists = [TextLine("配合单位：市甲局、", "L1"), TextLine("市乙局", "L2"), TextLine("二、监测", "L3")]
    >>> [line.text for line in complete(lists)]
    ['配合单位：市甲局、市乙局', '二、监测']
    """
    joined_lines: list[TextLine] = []
    for line in lines:
        last = joined_lines[-1] if joined_lines else None
        if (
            last is not None
            and leading_number(line.text) is None
            and (
                last.text.endswith("、")
                or (last.text.endswith(("，", ",")) and not _LABEL.match(line.text))
                or line.text[:1] in "、，；"
                or (_is_open(last.text) and _CLOSES.match(line.text))
                or _closes_quote(last.text, line.text)
                or _hangs(last, line)
                or _ROLE_ALONE.fullmatch(line.text)
                or (_LABEL_AT_END.search(last.text) and not line.gap and not _begins(line.text, ()))
            )
        ):
            joined_lines[-1] = last.with_next(line)
        else:
            joined_lines.append(line)
    whole_lines: list[TextLine] = []
    for line in joined_lines:
        if whole_lines and _is_second_half(whole_lines[-1], line):
            whole_lines[-1] = whole_lines[-1].with_next(line)
        else:
            whole_lines.append(line)
    return whole_lines


def _is_second_half(last: TextLine, line: TextLine) -> bool:
    """Whether a line ends the sentence of a numbered line that is no heading and names nobody, and then says who answers."""
    is_open = (
        leading_number(last.text) is not None
        and len(last.text) >= _SHORTEST_LINE
        and re.search("[，,、]", last.text) is not None
        and not last.text.endswith((*_ENDS, "）", ")", "】", "〕"))
        and not at_end(last.text).statements
    )
    if not is_open or line.gap or leading_number(line.text) is not None or _begins(line.text, ()):
        return False
    cut = at_end(line.text)
    return line.text.endswith(("）", ")", "】", "〕")) and bool(cut.statements and cut.text.strip())


def beside_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines with a number that stands alone put before the next one."""
    new_lines: list[TextLine] = []
    for line in lines:
        number = leading_number(new_lines[-1].text) if new_lines else None
        is_alone = number is not None and number.rank >= Rank.ARABIC and not number.rest
        if is_alone and leading_number(line.text) is None and not has_label(line.text):
            above = new_lines.pop()
            line = replace(
                line,
                text=above.text + (content_of(line.text) or line.text),
                gap=above.gap,
                further_places=(above.place, *above.further_places, *line.further_places),
            )
        new_lines.append(line)
    return new_lines


# A shorter numbered line is as often a heading.
_SHORTEST_LINE = 18


def _hangs(last: TextLine, line: TextLine) -> bool:
    """Whether a line is set in below the unfinished sentence of a numbered item: 3) 布放毒饵，4月底前 / 布放到位。."""
    is_open = (
        leading_number(last.text) is not None
        and re.search("[，,].*[^。；：！）)】〕]$", last.text) is not None
    )
    hangs = last.indent < line.indent <= last.indent + _SET_IN_MOST
    return is_open and hangs and line.text.endswith(_ENDS_OF_ITEMS) and not _is_new(last, line, ())


_ENDS_OF_ITEMS = ("。", "；", "）", ")", "】")


def _begins(text: str, labels: Container[str]) -> bool:
    """Whether a line begins with a label: one that every text has, or a word with a colon at the head of several lines."""
    head = _WORD_AT_HEAD.match(text)
    return _LABEL.match(text) is not None or (head is not None and head[0] in labels)


def _is_answered(text: str) -> bool:
    """Whether a numbered line ends in the bracket of its units, or a label has all of its time: nothing goes on below it.

    >>> [_is_answered(text) for text in ("一、水利建设（市水利局、市财政局）", "1.修渠（含支渠）", "进度：6月底前完工", "进度：9月30")]
    [True, False, True, False]
    """
    head = _WORD_AT_HEAD.match(text)
    if head is not None and says_when(text[head.end() :]) and not _IN_TIME.search(text):
        return True
    is_bracket_end = text.endswith(("）", ")")) and leading_number(text) is not None
    return is_bracket_end and closing_bracket(text) is not None


def _are_answered(text: str, after: str) -> bool:
    """Whether two lines end in the bracket of their units each: neither goes on in the other, with a number or without.

    >>> _are_answered("防汛督查（市甲局）", "信访督查（市乙局、市丙局）"), _are_answered("修渠，由市甲局（含二级机构）", "负责。（市乙局）")
    (True, False)
    """
    return all(
        line.endswith(("）", ")")) and not is_bracket(line) and closing_bracket(line) is not None
        for line in (text, after)
    )


def _is_open(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return sum((character in "（([【〔") - (character in "）)]】〕") for character in text) > 0


def _closes_quote(text: str, after: str) -> bool:
    """Whether the next line closes a quotation or a title of a document that stands open.

    >>> _closes_quote("建立“一案一账", "号”台账。"), _closes_quote("建立“一案一账号”台账", "“三单”制")
    (True, False)
    """
    return any(
        text.count(left) > text.count(right)
        and 0 <= after.find(right) < (after.find(left) % (len(after) + 1))
        for left, right in ("“”", "《》")
    )


# 二是清理台账 begins an item.
_COUNT = re.compile(
    rf"[{HAN}]{{1,3}}[是要]|其[{HAN}]|首先|其次|再次|最后|第[{HAN}]{{1,3}}[项条]|任务[{HAN}\d]|\d{{1,2}}[ \u3000]+(?=[\u4e00-\u9fff]{{2}})|[A-Za-z]{{1,3}}-\d{{1,3}}[ \t\u3000]"
)
# The words of a label: what it speaks of, and of whom or when.
_SUBJECTS = "责任|牵头|配合|主办|承办|协办|完成|办结|整改|时间"
_NOUNS = "单位|部门|科室|股室|处室|时限|时间|期限|要求"
# A label that was broken: 责任单 / 位：市甲局.
_CUT_LABEL = re.compile(rf"(?:{_SUBJECTS})[单部科股处时期要]?$|[。；，;,\s（(](?:责|牵|配|协|主|承|完|办)$")
# Names and times may go on behind one of these: 责任单位：市甲局、市 / 由市甲 / 市甲局、市.
_LISTS = re.compile(
    rf"(?:{_NOUNS})[\s】]*(?:[：:】]|—+)[^。；;]*$|(?:由|牵头，|负责，)[^，。；）)】〕]*$|、[^，。；：）)】〕]*$"
)
_IN_TIME = re.compile(r"[\d第]$|\d[年月]?$|年$")
_REST_OF_TIME = re.compile("[前底末内日月完季度号]")
# No line begins with one of these.
_NEVER_FIRST = "、，；。）】〕”》！？.%"
_ENDS = ("。", "；", "：", ";", ":", "！")
# The rest of a bracket that was opened in the line before.
_CLOSES = re.compile(r"[^（(）)]{1,200}[)）]|[^【】]{1,200}】")
# 第二批： is over what follows, however full the line before is.
_HEADS = re.compile(r"[^，,。；;、：:（）()]{2,8}[：:]")
_WORD_AT_HEAD = re.compile(r"(?!其中|包括)[\u4e00-\u9fff]{2,6}[：:]")
# A label begins a line of its own; behind what is required it takes what stands in the next line.
_LABEL = re.compile(rf"[【\[（(<〔]?(?:{_SUBJECTS}|分管|联系|工作)(?:{_NOUNS}|领导|人)(?![要应须的])")
_SHORT_LABEL = re.compile("(?:时限|期限|时间|单位|部门|责任|牵头|配合)[：:]")
_LABEL_AT_END = re.compile(rf"[。；，、\s].*(?:{_SUBJECTS})(?:{_NOUNS})[：:】]$")
_ENDS_IN_DAY = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?$")
# 市甲局牵头，市乙局 / 配合
_ROLE_ALONE = re.compile("(?:牵头|负责|配合|协办|承办|参与|落实)[，,。；;)）]*")
