"""Minutes and decisions: sentences that tell somebody what to do are work points, where they are most of those that name somebody.

    会议明确，由市甲局牵头，市乙局配合，于5月底前拿出方案。        names in the role of a verb, and a day to come
    （二）市丙局要在6月20日前完成普查。                          somebody who must
    （三）由市丁局负责，加密监测。                              names alone, below a line that resolves: 议定以下事项

    去年以来由市甲局牵头，完成改造四十公里。                      what was is none
    各单位要高度重视。                                        nor is what is said to all

A plan that a title promises has its habits in `segments`; rules and reports name units in the same words and have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tracker import patterns as re
from tracker.numerals import HAN
from tracker.reading.clauses import is_group, is_unit_as_written, read_responsibility
from tracker.reading.deadlines import ANY_YEAR, read_deadline
from tracker.reading.lines import leading_number
from tracker.reading.prose.segments import (
    Segment,
    is_of_meeting,
    is_record,
    names_in_sentences,
    promises_plan,
    titles_of,
)
from tracker.reading.tables import Cut, RoleStatement, is_names

_RESOLVES = re.compile(
    r"会议(?:研究)?(?:明确|议定|决定|确定|同意|要求)|议定(?:如下|以下|事项|[：:])|决定如下|(?:如下|以下)(?:事项|意见|决定)|明确(?:如下|以下)|经研究[，,]?现?(?:决定|明确|议定)"
)
_OPENS = re.compile(r"\W*(?:会议(?:研究)?|经(?:会议)?研究[，,]?现?)(?:明确|议定|决定|确定)")
_WAS = re.compile(
    rf"已(?!建|有|明确)|[了过](?!解|程|渡)|去年|上年|以来|累计|顺利|(?:今年|本年)?[{HAN}\d]{{1,2}}月至今|截至|得到"
)
_MUST = re.compile(r"要(?!求|点|素|道|闻)|应当?(?!急|用|对)|须|务必|(?:负责|牵头)(?!的)|抓紧|尽快")
# Who must do something: the words before 要.
_OBLIGED = re.compile(
    r"(?:^|[，,。；;：:]|由|请)(?P<names>[^，,。；;：:]{2,40}?)"
    r"(?:(?:要|应当|应|须|务必)(?!求|点|素|急)|[于在]?(?=(?:20\d\d年)?\d{1,2}月))(?=[^，,。；;]{2,})"
)
# 由市财政局安排专项资金: no verb of a role.
_BY_WHOM = re.compile(r"(?:^|[，,。；;：:])[^，,。；;：:由]{0,12}由(?P<clause>[^，,。；;：:]{4,60})")
# When and where a meeting was, and who was there.
_PRESENT = re.compile(
    r"(?:参加|参会|出席|列席|与会|主持|记录|召集)(?:单位|部门|人员|会议)?[:：]|(?:会议)?(?:时间|日期|地点|完成时限)[:：](?!.*[前底])"
)
_FEWEST = 2
_FRONT = 6


def with_resolutions(segments: Sequence[Segment]) -> list[Segment]:
    """The segments of minutes with who is to do what in their sentences; any other text as it is."""
    if not _is_of_meeting(segments):
        return list(segments)
    is_below = False
    cuts: list[Cut | None] = []
    name_count = 0
    first = next((at for at, segment in enumerate(segments) if _cut(segment) is not None), 0)
    segments = [
        replace(segment, cut=Cut(segment.text)) if at < first and _PRESENT.match(segment.text) else segment
        for at, segment in enumerate(segments)
    ]
    for segment in segments:
        cut = _cut(segment)
        name_count += cut is not None
        cuts.append(cut if cut is not None and _is_duty(segment.text, is_below=is_below) else None)
        is_below |= bool(_RESOLVES.search(segment.text))
    duties = sum(cut is not None for cut in cuts)
    if duties < _FEWEST or duties * 4 < name_count * 3:
        return list(segments)
    return [
        replace(segment, cut=cut) if cut is not None else segment
        for segment, cut in zip(segments, cuts, strict=True)
    ]


def _is_of_meeting(segments: Sequence[Segment]) -> bool:
    titles = titles_of(segments[:_FRONT])
    if promises_plan(segments[:_FRONT]) or any(map(is_record, titles)):
        return False
    return any(map(is_of_meeting, titles)) or any(_OPENS.match(segment.text) for segment in segments)


def _cut(segment: Segment) -> Cut | None:
    """Who a segment names as somebody who acts."""
    cut = segment.cut
    if cut.statements:
        return cut if cut.text.strip(" 　。；;") else None
    inside = names_in_sentences(segment)
    if inside is not None and all(_are_all(statement.text) for statement in inside.statements):
        inside = inside if _is_dated(segment.text) else None
    number = leading_number(segment.text)
    text = number.rest if number is not None else segment.text
    others = [match["names"] for match in _OBLIGED.finditer(text) if is_names(match["names"])]
    others = [names for names in others if not _are_all(names)]
    others += [
        assignment.unit
        for match in _BY_WHOM.finditer(text)
        for assignment in read_responsibility(match["clause"]).assignments
        if is_unit_as_written(assignment.unit)
    ]
    words = "".join(statement.text for statement in inside.statements) if inside is not None else ""
    names = [name for name in others if name not in words]
    if inside is None and not names:
        return None
    statements = (
        *(inside.statements if inside is not None else ()),
        *(RoleStatement(name, place=segment.place) for name in dict.fromkeys(names)),
    )
    return Cut(segment.text, statements, cut.deadline, weak=True)


def _are_all(names: str) -> bool:
    return all(is_group(assignment.unit) for assignment in read_responsibility(names).assignments)


def _is_duty(text: str, *, is_below: bool) -> bool:
    """Whether a sentence that names somebody says what is to come.

    Args:
        text: The sentence.
        is_below: A line above it says that what follows was resolved.
    """
    sentences = [sentence for sentence in re.split("[。；;]", text) if _MUST.search(sentence)]
    if any(_WAS.search(sentence) for sentence in sentences):
        return False
    is_resolved = is_below or _RESOLVES.search(text)
    return bool(is_resolved or _is_dated(text))


def _is_dated(text: str) -> bool:
    return read_deadline(text, year=ANY_YEAR, inside=True).due is not None
