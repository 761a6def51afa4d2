"""Lines that a fixed width broke, and sentences that go on in the next line, joined again.

Scans, mails and pages that somebody copied end their lines where the paper ended. Such a text shows it in its widths:

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
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import replace
from itertools import pairwise

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.reading.lines import TextLine, leading_number
from tracker.reading.prose.beside import closes_letter
from tracker.reading.prose.segments import is_bracket, is_time_alone, names_and_time
from tracker.values import dataclass

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
    """

    fullest: int
    widest: int
    labels: Container[str]
    is_set_in: bool

    def is_full(self, width: int) -> bool:
        """Whether a line of a width is full."""
        return self.fullest <= width <= self.widest


def unwrap(lines: Sequence[TextLine]) -> list[TextLine]:
    """Join lines that were broken at a fixed width."""
    measure = _measure(lines)
    if measure is None:
        return list(lines)
    joined_lines: list[TextLine] = []
    for line in lines:
        last = joined_lines[-1] if joined_lines else None
        if last is not None and line.text and _goes_on(last, line, measure):
            link = " " if _LABEL.match(line.text) and not _CUT_LABEL.search(last.text) else ""
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
    measure = _Measure(fullest, widest, labels, is_set_in)
    pairs = [
        (line, after)
        for line, after in pairwise([*lines, TextLine("", "")])
        if measure.is_full(line.columns) and not line.text.endswith(_ENDS)
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
        or (_says_alone(text) and not (_LISTS.search(line.text) or _is_rest_of_time(line.text, text)))
    )


def _is_rest_of_time(text: str, after: str) -> bool:
    """Whether a time is the rest of one that was broken: 9月30 / 日前完成."""
    return _IN_TIME.search(text) is not None or _REST_OF_TIME.match(after) is not None


def _says_alone(text: str) -> bool:
    """Whether a line is a bracket, names or a time and nothing else."""
    return (
        is_bracket(text)
        or _SIGNED.search(text) is not None
        or is_time_alone(text)
        or names_and_time(text) is not None
    )


def _goes_on(last: TextLine, line: TextLine, measure: _Measure) -> bool:
    """Whether a line goes on with the one before it, which is full, or the last of its page."""
    if not (measure.is_full(last.pieces) or line.is_on_next_page) or line.indent > _SET_IN_MOST:
        return False
    if _HEADS.fullmatch(line.text):
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
    has_end = text.endswith((*_ENDS, "】", "〕", "]"))
    if line.gap and not (is_at_edge and (inside or not has_end)):
        return False
    if line.text[0] in _NEVER_FIRST or inside or _LABEL_AT_END.search(text):
        return True
    if not has_end or (text.endswith("：") and leading_number(text) is not None):
        return True
    # Behind the end of a sentence another one of the same item may begin.
    is_item = leading_number(text) is not None and text.endswith("。") and measure.is_full(last.pieces)
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
                or _hangs(last, line)
                or _ROLE_ALONE.fullmatch(line.text)
                or (_LABEL_AT_END.search(last.text) and not line.gap and not _begins(line.text, ()))
            )
        ):
            joined_lines[-1] = last.with_next(line)
        else:
            joined_lines.append(line)
    return joined_lines


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


def _is_open(text: str) -> bool:
    """Whether a bracket was opened and not closed."""
    return sum((character in "（([【〔") - (character in "）)]】〕") for character in text) > 0


# 二是清理台账 begins an item.
_COUNT = re.compile(
    rf"[{HAN}]{{1,3}}[是要]|其[{HAN}]|首先|其次|再次|最后|第[{HAN}]{{1,3}}[项条]|任务[{HAN}\d]"
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
_CLOSES = re.compile(r"[^（(）)]{1,200}[)）]|[^【】]{1,10}】")
# 第二批： is over what follows, however full the line before is.
_HEADS = re.compile(r"[^，,。；;、：:（）()]{2,8}[：:]")
_WORD_AT_HEAD = re.compile(r"(?!其中|包括)[\u4e00-\u9fff]{2,6}[：:]")
# A label begins a line of its own; behind what is required it takes what stands in the next line.
_LABEL = re.compile(rf"[【\[（(<〔]?(?:{_SUBJECTS}|分管|联系|工作)(?:{_NOUNS}|领导|人)(?![要应须的])")
_LABEL_AT_END = re.compile(rf"[。；，、\s].*(?:{_SUBJECTS})(?:{_NOUNS})[：:】]$")
_SIGNED = re.compile(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日(?:印发)?$")
# 市甲局牵头，市乙局 / 配合
_ROLE_ALONE = re.compile("(?:牵头|负责|配合|协办|承办|参与|落实)[，,。；;)）]*")
