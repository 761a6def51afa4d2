"""What in a text looks like a limit, a unit or an item, and stands nowhere in the reading: one pass over the finished plan.

Readers know habits; this pass knows none. It looks at every line again and asks where its evidence went:

    evidence                                          must stand                                     else told as
    a time alone in a bracket, at the end of a line,   as limit or part of a limit of the work        UNPLACED_LIMIT
        behind a colon, first in a clause              points of this line
    a time alone in a line above all items             as limit of some work point                    UNPLACED_LIMIT
    a day in a heading                                as limit below it, or all below have their own UNPLACED_LIMIT
    a limit of all, in a sentence around the plan      as limit of some work point                    UNPLACED_LIMIT
    a unit of the plan's own register where a unit     among those who answer on this line, or        UNPLACED_UNIT
        stands: between marks, before 牵头 配合 …         below this heading
    units of the line below the item before           (they are, and it has none of its own)            LENT_UNITS
    a unit before a short word, beside roles           with a role that a table knows                    UNCLEAR_ROLE
    a sentence on who leads, or whose limit is what    in a note that was understood                  UNREAD_RULE
    a line that names units, says a time or opens with  as such in a work point                        (unread, by the account)
        a label, among the work points

A file agrees with itself: where most items are one way, one that is another way was probably cut wrongly, and is told
(ODD_ITEM). At least four items in three of four must agree.

    items are has_number, this one is not                a number is missing between two items
    a line inside begins as items begin                it alone goes over several lines, or is ten times as long
    the same word with a colon stands inside most       a text that belongs to nobody stands behind most items
    items end as sentences do, this one does not
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from statistics import median

from tracker import patterns as re
from tracker.model import Deadline, DeadlineKind, WorkPoint
from tracker.numerals import HAN, ONES, read_number
from tracker.problems.base import Finding, FindingKind
from tracker.problems.reading import (
    DOUBTFUL_LIMIT,
    LENT_LIMIT,
    LENT_UNITS,
    ODD_ITEM,
    UNCLEAR_ROLE,
    UNPLACED_LIMIT,
    UNPLACED_UNIT,
    UNREAD_RULE,
)
from tracker.reading.clauses import insides, read_note, unclear_roles
from tracker.reading.deadlines import (
    ANY_YEAR,
    days_in,
    days_of_things,
    heading_period,
    note_limit,
    read_deadline,
    weak_times,
)
from tracker.reading.lines import LeadingNumber, Rank, TextLine, is_heading, leading_number
from tracker.reading.plan.account import PARTS_OF_ITEMS, Page
from tracker.reading.prose import (
    common_statement,
    common_statement_at_end,
    is_time_alone,
    read_selections,
    speaks_of_form,
    speaks_of_some,
)
from tracker.reading.tables import (
    UNIT_FIELDS,
    Draft,
    Field,
    Use,
    field_of,
    is_names,
    legend,
    names_apart,
    start_of,
)
from tracker.workdays import Calendar

# So many items must agree before another one is odd, and three in four of them.
_FEWEST = 4


def evidence_findings(page: Page) -> list[Finding]:
    """What looks like a limit, a unit or an item and stands nowhere."""
    findings: dict[tuple[str, str], Finding] = {}
    on_lines = (_times, _units, _unclear_roles, _lent_units, _odd_items) if page.starts else ()
    clues = (clue for look in on_lines for clue in look(page))
    for kind, place, text in (*clues, *_limits_of_all(page), *_rules(page)):
        findings.setdefault((kind.code, place), kind.at(place, text=text))
    return list(findings.values())


def with_limits(page: Page, calendar: Calendar) -> tuple[Page, list[Finding]]:
    """The page whose work points without a limit have the one that plainly stands for them.

    A time alone in a bracket of their own line is theirs. One that their heading names, or the only sentence that sets
    one for all, is theirs and told once.
    """
    points = list(page.points)
    findings: list[Finding] = []
    for numbers, place, phrase in (*_own_limits(page), *_heading_limits(page), *_only_limit_of_all(page)):
        without = [n for n in numbers if points[n].deadline == Deadline()]
        limit = read_deadline(phrase, year=page.year, calendar=calendar)
        for n in without:
            points[n] = replace(points[n], deadline=limit)
        if without and place:
            findings.append(LENT_LIMIT.at(place, text=phrase, count=len(without)))
    return replace(page, points=tuple(points)), findings


def _own_limits(page: Page) -> Iterator[tuple[list[int], str, str]]:
    """Work points that stand alone on their line, and the one time in its brackets."""
    for at, numbers in page.owners.items():
        text = page.lines[at].text
        # 任职以来（7月至12月）的履职情况
        phrases = [
            phrase
            for phrase in insides(text)
            if _is_limit(phrase) and not re.search(f"{re.escape(phrase)}[）)]的", text)
        ]
        if len(numbers) == 1 and phrases and _is_one_day(phrases):
            yield numbers, "", _last_part(phrases[0])


def _heading_limits(page: Page) -> Iterator[tuple[list[int], str, str]]:
    """The work points below a heading that names one day as a limit, inner headings first."""
    for at in range(len(page.lines) - 1, -1, -1):
        if not page.is_heading(at):
            continue
        text = page.lines[at].text
        days = _fine_days(text)
        is_sure = all(_SETS_END.search(day) for day in days[:1]) or any(map(_is_limit, insides(text)))
        is_sure &= not heading_period(text)
        numbers = page.has_heading(at)
        if days and is_sure and numbers and _is_one_day(days):
            yield numbers, page.lines[at].place, days[0]


_SETS_END = re.compile(r"(?:前|底|末|内|止|半年|季度)(?:[（(].*)?$")


def _only_limit_of_all(page: Page) -> Iterator[tuple[list[int], str, str]]:
    """All work points, and the limit that a single sentence sets for them."""
    sentences = list(_sentences_of_all(page))
    # What one unit is told to do by a day is not said of all.
    is_sure = len(sentences) == 1 and not any(name in sentences[0][2] for name in page.names)
    if is_sure and _is_one_day(sentences[0][1]) and not page.has_heading(sentences[0][0]):
        yield [*range(len(page.points))], page.lines[sentences[0][0]].place, sentences[0][1][-1]


def _is_one_day(phrases: Sequence[str]) -> bool:
    """Whether several phrases mean the same day."""
    return len({read_deadline(phrase, year=ANY_YEAR).due for phrase in phrases}) == 1


_Clue = tuple[FindingKind, str, str]

# What names a year only, or the day of a document, is no limit.
_FINE = re.compile(r"月|季|半年|年底|年内|年末|年中|日|工作日")


def _fine_days(text: str) -> list[str]:
    """The days that a text mentions and that may be limits."""
    return [day for day in days_in(text) if _FINE.search(day)]


_PIECES = re.compile(r"[：:→｜|—－\t]|[，,；;、]|。|\s{2,}")
_ENDS = " 　。；;，,、"


def _times(page: Page) -> Iterator[_Clue]:
    """Times that stand where limits stand, and are no limit."""
    first = page.firsts[0]
    for at, line in enumerate(page.lines):
        use = page.uses.get(line.place)
        if at < first and (use is not Use.BANNER or is_time_alone(line.text)):
            limit = line.text.strip(_ENDS)
            span = _SPAN_OF_ALL.fullmatch(limit)
            limit = span[1] if span is not None else limit
            is_limit = bool(span or _WITH_MARK.search(limit)) and is_time_alone(limit)
            if is_limit and not any(_holds_limit(point, limit, page.year) for point in page.points):
                yield UNPLACED_LIMIT, line.place, limit
            continue
        if page.is_heading(at):
            below = page.points_below(at)
            days = _fine_days(line.text)
            # The month of a title is that of the document.
            days = [day for day in days if at >= first or page.has_heading(at) or _SETS_END.search(day)]
            if below and any(point.deadline.kind is DeadlineKind.NONE for point in below):
                yield from (
                    (UNPLACED_LIMIT, line.place, day)
                    for day in days[:1]
                    if not any(_holds_limit(point, day, page.year) for point in below)
                )
            continue
        if head := _TIME_AT_HEAD.match(line.text):
            yield from _without_time_of_line(page, at, head[1])
        points = page.points_at(at)
        without = points and all(point.deadline.kind is DeadlineKind.NONE for point in points)
        phrases = [*_phrases_of_time(line.text), *(_days_of_limits(line.text, page.year) if without else ())]
        for phrase in phrases if points else ():
            if not any(_holds_limit(point, phrase, page.year) for point in points):
                yield UNPLACED_LIMIT, page.place_of(at), phrase
    yield from (*_weak_times(page), *_doubtful_lengths(page))


# 时间：4月1日至30日 is when all takes place, and maybe by when all is due.
_SPAN_OF_ALL = re.compile(r"[\u4e00-\u9fff]{0,4}时间\W*[:：]\s*(.*\d.*[至到—–~～-].*)")


def _weak_times(page: Page) -> Iterator[_Clue]:
    """Times that might be a limit: a day of a task without any; and where a third of the tasks have one, whatever else might be one."""
    weak: list[_Clue] = []
    with_days = 0
    for n in page.starts:
        point = page.points[n]
        limit = point.deadline
        is_inside = bool(limit.text) and limit.text in point.requirement
        is_open = limit.kind is DeadlineKind.NONE
        times = weak_times(point.requirement, page.year) if is_open or is_inside else ()
        with_days += not is_open or any(day is not None for _, day in times)
        for phrase, day in times:
            if is_open and day is not None:
                yield UNPLACED_LIMIT, point.place, phrase
            elif is_open or (day is not None and limit.due is not None and day > limit.due):
                weak.append((UNPLACED_LIMIT, point.place, phrase))
    if with_days * 3 >= len(page.starts):
        yield from weak


def _doubtful_lengths(page: Page) -> Iterator[_Clue]:
    """Lengths in sentences that are read as limits and may be something else: how long it lasts, who has been it how long, an age.

    Sure are those that run from an event, and those of minutes to weeks that end in 内 or are what a procedure is cut to.
    """
    for n in page.starts:
        point = page.points[n]
        limit = point.deadline
        at = point.requirement.find(limit.text)
        if limit.kind is not DeadlineKind.RELATIVE or at < 0:
            continue
        end = at + len(limit.text)
        is_sure = limit.anchor or _SURE_LENGTH.search(point.requirement[:end])
        if (
            not is_sure
            or _EARLY_OR_LONG.search(point.requirement[:end])
            or point.requirement[end:][:1] == "的"
        ):
            yield DOUBTFUL_LIMIT, point.place, limit.text


_SURE_LENGTH = re.compile(
    r"(?:分钟|小时|钟头|日|天|周|星期|礼拜)(?:之|以)?内$"
    rf"|(?:时限|办理时间|周期|压[缩减]|缩[短减]|提速)[^，。；]{{0,6}}?[\d{HAN}两半]+个?[^\d，。；年月]{{1,3}}$"
)
# 名单提前3天公布, 停更不超过两周, 到场时间不超过四十分钟; 办理时限不超过3个工作日 is one for sure.
_EARLY_OR_LONG = re.compile(
    rf"提前[\d{HAN}两半]+个?[^\d，。；]{{1,3}}$|(?<![时期][限间])(?<!周期)不(?:得|应|能)?(?:超过|多于)[\d{HAN}两半]+个?[^\d，。；]{{1,3}}$"
    rf"|不(?:得|应|能)?(?:超过|多于)[\d{HAN}两半]+个?(?:半?小时|分钟|秒)$"
)
# 6月底前：完成征迁（市甲局）；完成招标（市乙局）: for all that the line says.
_TIME_AT_HEAD = re.compile(r"\W*([^：:，,。；;（(]{2,16})[：:](?=.*[^：:])")


def _without_time_of_line(page: Page, at: int, head: str) -> Iterator[_Clue]:
    """The work points of a paragraph that have no limit though a time stands at its head."""
    if not (_FINE.search(head) and is_time_alone(head)):
        return
    paragraph = page.lines[at].place.partition("#")[0]
    for n, start in page.starts.items():
        place = page.lines[start].place
        if place.partition("#")[0] == paragraph and page.points[n].deadline.kind is DeadlineKind.NONE:
            yield UNPLACED_LIMIT, place, head


def _phrases_of_time(text: str) -> list[str]:
    """What a line holds that is a time and nothing else: in brackets, behind its last mark, behind a colon at its end.

    >>> _phrases_of_time("疏浚航道：区交通局（6月）"), _phrases_of_time("6月30日前登记的企业（含个体户）"), _phrases_of_time("清淤，市甲局，6月底")
    (['6月'], [], ['6月底'])
    """
    phrases = insides(text)
    phrases.append(_PIECES.split(text.rstrip(_ENDS))[-1])
    return [
        phrase for phrase in dict.fromkeys(phrases) if _is_limit(phrase) and not _TAKES_EFFECT.search(phrase)
    ]


# 条例（2026年6月1日施行）
_TAKES_EFFECT = re.compile("(?:施行|实施|执行|生效)$")
_WITH_MARK = re.compile(r"(?:前|底|末|内|止)$")


_CLAUSES = re.compile("[，,。；;：:、（）()]")
# 上半年纳管四家 sets a limit, whatever its verb is; 上半年的墒情 and 上半年运行情况 name a thing.
_TELLS = re.compile("[的以至来同]|[^，,]{0,8}(?:情况|总结|增长|下降)")


def _days_of_limits(text: str, year: int | None) -> list[str]:
    """The days in a sentence that a word or two marks may make a limit, of the plan's year or later."""
    number = leading_number(text)
    bare = number.rest if number is not None else text
    clauses = [clause.strip() for clause in _CLAUSES.split(bare)]
    things = days_of_things(bare)
    days = [
        day
        for day in _fine_days(bare)
        if _WITH_MARK.search(day)
        or any(clause.startswith(day) and not _TELLS.match(clause, len(day)) for clause in clauses)
    ]
    return [
        day
        for day in dict.fromkeys(days)
        if day not in things
        and (year is None or (due := read_deadline(day, year=year).due) is None or due.year >= year)
    ]


@lru_cache(maxsize=4096)
def _is_limit(phrase: str) -> bool:
    time = _last_part(phrase)
    if not time or len(phrase) > 40 or not is_time_alone(time):
        return False
    limit = read_deadline(time, year=ANY_YEAR)
    is_day = _FINE.search(time) is not None and limit.due is not None
    return is_day or limit.kind is DeadlineKind.RECURRING


def _last_part(phrase: str) -> str:
    return re.split("[，,；;：:]", phrase.rstrip("，,；;：: "))[-1].strip()


def _holds_limit(point: WorkPoint, phrase: str, year: int | None) -> bool:
    """Whether a time is the limit of a work point or one of its parts."""
    limit = point.deadline
    texts = [limit.text, *(part.text for part in limit.milestones)]
    if any(phrase in text or (text and text in phrase) for text in texts):
        return True
    day = read_deadline(phrase, year=year)
    dues = {limit.due, *(part.due for part in limit.milestones)} - {None}
    return day.due in dues or (day.kind is limit.kind and day.kind is not DeadlineKind.DATE)


# A sentence that speaks of all tasks, of their end, and of no report.
_OF_ALL = re.compile(
    r"以下|以上|上述|下列|各项|所有|全部|均|一律|统一|本(?:方案|清单|表|要点|计划|次)|每一?项|任务|事项|没有?写|未写|其余|的都"
)
_ENDS_WORK = re.compile(
    r"完成|办结|落实到位|完工|竣工|建成|交付|结束|收尾|时限|期限|截止|做完|交差|到位|时间|为准|[都均]按"
)
_REPORTS = re.compile(
    r"情况|进展|报送|上报|[报交][我市县区镇省州局办]|反馈|汇总|总结|印发|施行|召开|会议|截至|通报|考核|已|制定|台账|启动|成立"
)
_SENTENCES = re.compile(r"[^。；;\n]+")
_AROUND = (Use.FRONT, Use.NOTE, Use.TEXT, Use.BANNER)


def _limits_of_all(page: Page) -> Iterator[_Clue]:
    """A limit that a sentence around the plan sets for its tasks, and none of them has."""
    for at, days, sentence in _sentences_of_all(page):
        if not any(_holds_limit(point, days[-1], page.year) for point in page.points):
            yield UNPLACED_LIMIT, page.lines[at].place, start_of(sentence)


def _sentences_of_all(page: Page) -> Iterator[tuple[int, list[str], str]]:
    """The lines of sentences that set a limit for all tasks, with the days that they name."""
    for at, line in enumerate(page.lines):
        if at in page.owners and page.uses.get(line.place) not in _AROUND:
            continue
        for sentence in _SENTENCES.findall(line.text):
            days = _fine_days(sentence)
            if speaks_of_some(sentence) or read_selections(line.text):
                continue
            is_of_all = _OF_ALL.search(sentence) and _ENDS_WORK.search(sentence)
            if days and is_of_all and not _REPORTS.search(sentence):
                yield at, days, sentence


_BEFORE = r"(?:^|(?<=[（(【\[：:、，,；;。→｜|—\s由与和及同]))"
_BEHIND = r"(?=$|[）)】\]、，,；;。→｜|—\s]|牵头|负责|配合|会同|承办|协办|主办|分别|共同|等)"


def _units(page: Page) -> Iterator[_Clue]:
    """Units where units stand, who do not answer there."""
    longest_first = sorted((name for name in page.names if len(name) > 1), key=len, reverse=True)
    register = re.compile(f"{_BEFORE}(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'}){_BEHIND}")
    first = page.firsts[0]
    for at, line in enumerate(page.lines):
        points = page.points_below(at) if page.is_heading(at) else page.points_at(at) if at >= first else ()
        if not points:
            continue
        there = {assignment.unit for point in points for assignment in point.responsibility.assignments}
        names_there = [name for name in register.findall(line.text) if not _is_object(line.text, name)]
        strangers = [
            name
            for name in dict.fromkeys((*names_there, *names_apart(line.text)))
            if not any(name in other or other in name for other in there)
        ]
        if strangers:
            yield UNPLACED_UNIT, page.place_of(at), "、".join(strangers)


def _unclear_roles(page: Page) -> Iterator[_Clue]:
    """Whom a work point gives a role in a word that no table knows, beside others in known ones: 市甲局牵头，市乙局审定."""
    for n in page.starts:
        for statement in page.drafts[n].statements if not page.points[n].inherited else ():
            for text in unclear_roles(statement.text)[:1]:
                yield UNCLEAR_ROLE, page.points[n].place, text


def _lent_units(page: Page) -> Iterator[_Clue]:
    """Items that answer by the line of units below the item before them; what a heading lends is no question."""
    owned_places = {
        statement.place
        for n in page.starts
        for statement in page.drafts[n].statements
        if not page.points[n].inherited
    }
    for n in page.starts:
        places = {statement.place for statement in page.drafts[n].statements}
        before = page.drafts[n - 1].statements if n and page.points[n].inherited else ()
        is_line = places <= owned_places and all(page.uses.get(place) is Use.UNITS for place in places)
        if is_line and places & {statement.place for statement in before}:
            names = [assignment.unit for assignment in page.points[n].responsibility.assignments]
            yield LENT_UNITS, page.points[n].place, "、".join(names)


_ASKS_OF = re.compile(
    r"(?:督促|指导|协调|支持|组织|推动|对接|联系|配合|报|向|对|与|会同|联合|在|为|给|送|经|从|将|把|含|包括|如)[^。；;，,]{0,24}$"
)


def _is_object(text: str, name: str) -> bool:
    """Whether a sentence does something to a unit or with it: 督促市甲局、市乙局整改."""
    at = text.find(name)
    behind = text[at + len(name) :]
    in_bracket = bool(re.match(r"[^（(]*[)）]", behind)) and bool(re.search(r"[（(][^（()）]*$", text[:at]))
    return not in_bracket and bool(_ASKS_OF.search(text[:at]))


_SPEAKS_OF_ROLES = re.compile(
    rf"(?:第[\d、和至—\-{ONES}十]+[项条]|"
    r"其余|其他(?:各项|任务)|以[上下]|上述|下列|每一?项|各项(?:任务|工作|事项))[^。；;]{0,16}(?:配合|协助|参与|牵头)|(?:牵头|主办|配合)的(?:都|均)?(?:是|为|在|排|列)|"
    r"(?:牵头|主办|责任|配合|协办|承办)(?:单位|部门)[^。；;，,要应须]{0,12}(?:为|是|指|系|即)|(?:为|是|作为)(?:第一)?(?:牵头|主办|责任|配合|协办|承办)(?:单位|部门)"
    r"|未[^。；;，,]{0,6}(?:注明|标明|写明|列明|填写)"
)

# Looks that no file keeps, and places in a list that no note is known to name.
_BY_LOOKS = re.compile("黑|粗|斜|下划|划线|颜色|红|蓝|靠[前后]|打勾|带[^，。]{0,3}号")

_ROLES = re.compile("牵头|主办|责任|负责|配合|协办|承办|单位|部门")


def _rules(page: Page) -> Iterator[_Clue]:
    """Sentences on how the plan is to be read which nobody understood."""
    for at, line in enumerate(page.lines):
        if at in page.owners or page.uses.get(line.place) not in _AROUND:
            continue
        if read_selections(line.text):
            yield UNREAD_RULE, line.place, start_of(line.text)
            continue
        # Several signs of a legend were written as words before anything was read.
        is_legend = len(legend(line.text)) > 1
        if is_legend or read_note(line.text) or common_statement_at_end(line.text):
            continue
        for sentence in _SENTENCES.findall(line.text):
            for clause in re.split("[，,]", sentence) if not common_statement(sentence) else ():
                is_on_form = speaks_of_form(sentence) and not _BY_LOOKS.search(sentence)
                is_on_limits = bool(note_limit(sentence)) and not _ROLES.search(clause)
                is_on_some = speaks_of_some(clause) and (_ROLES.search(clause) or days_in(clause))
                if is_on_some or (_SPEAKS_OF_ROLES.search(clause) and not is_on_limits and not is_on_form):
                    yield UNREAD_RULE, line.place, start_of(clause)


def _odd_items(page: Page) -> Iterator[_Clue]:
    """Items that are not like the others."""
    yield from (
        *_halves(page),
        *_steps(page),
        *_tails(page),
        *_broken_up(page),
        *_swallowed(page),
        *_shifted(page),
    )
    drafts = [page.drafts[n] for n in page.starts]
    if len(drafts) < _FEWEST:
        return
    has_number = [bool(draft.no) for draft in drafts]
    if _are_most(has_number.count(True), len(drafts)):
        # Alone below its heading one needs no number.
        lists = {(draft.section, draft.task) for draft in drafts if draft.no}
        yield from (
            (ODD_ITEM, draft.place, "没有编号，其余各项有编号")
            for draft in drafts
            if not draft.no and ((draft.section, draft.task) in lists or _is_under_item(draft))
        )
    elif not any(_is_bare(draft) for draft in drafts if draft.no) and has_number.count(True) >= _FEWEST - 1:
        yield from (
            (ODD_ITEM, draft.place, "像是标题，其余各项有编号")
            for draft in drafts
            if not draft.no and _is_bare(draft)
        )
    yield from _headings(page)
    yield from _gaps(page, drafts)
    many_lines = ["\n" in draft.requirement for draft in drafts]
    if sum(many_lines) == 1:
        yield ODD_ITEM, drafts[many_lines.index(True)].place, "由几行文字并成，其余各项只有一行"
    has_end = [draft.requirement.rstrip()[-1:] in _ENDS_OF_ITEMS for draft in drafts]
    if _are_most(has_end.count(True), len(drafts)):
        yield from (
            (ODD_ITEM, draft.place, "末尾不像一句话，其余各项有句号")
            for draft, ends in zip(drafts, has_end, strict=True)
            if not ends
        )
    length = median(len(draft.requirement) for draft in drafts)
    yield from (
        (ODD_ITEM, draft.place, "比其余各项长得多")
        for draft in drafts
        if len(draft.requirement) > 150 and len(draft.requirement) > 10 * length
    )
    words = Counter(word for draft in drafts for word in dict.fromkeys(_LABELS.findall(draft.requirement)))
    for word, count in words.items():
        if count >= _FEWEST - 1 and count * 2 > len(drafts):
            yield from (
                (ODD_ITEM, draft.place, f"内含“{word}：”")
                for draft in drafts
                if word in _LABELS.findall(draft.requirement)
            )
    yield from _lost(page)


def _is_under_item(draft: Draft) -> bool:
    """Whether what stands above is no section: no heading at all, or one numbered as items are."""
    number = leading_number(draft.task or draft.section)
    return not draft.section or (number is not None and number.rank > Rank.HAN_BRACKET)


# 包抓领导：, in the middle of what is required or at the head of its second line; 工作内容： says what it is.
_LABELS = re.compile(
    r"(?:(?<=[\s。；;，,])|^)(?![\u4e00-\u9fff]{0,4}(?:任务|内容|目标|措施|要求|举措|事项|做法|反映|建议|诉求|咨询|投诉)[：:])([\u4e00-\u9fff]{2,6})[：:]"
)
_NEXT_NUMBER = re.compile(r"(?:(?<=[。；;）)\s]))(\d{1,2})[.．、](?!\d)")


def _is_bare(draft: Draft) -> bool:
    """Whether what is required has no mark of a sentence."""
    return is_heading(draft.requirement) and not re.search("[，,。；;]", draft.requirement)


def _odd_line(line: TextLine, why: str) -> _Clue:
    return ODD_ITEM, line.place, f"“{start_of(line.text)}”{why}"


def _are_most(count: int, total: int) -> bool:
    return count * 4 >= total * 3 and count >= _FEWEST - 1


def _halves(page: Page) -> Iterator[_Clue]:
    """Items that begin in the middle of a sentence, right below a line without an end that heads nothing; and lost ends of items.

    The line above has a number or a comma; the end of an item begins in its own line, behind its units.
    """
    for at in page.firsts:
        before = page.lines[at - 1] if at else None
        if (
            before is not None
            and at - 1 not in page.owners
            and leading_number(page.lines[at].text) is None
            and (leading_number(before.text) is not None or re.search("[，,；;]", before.text))
            and before.text[-1:] not in _ENDS_OF_SENTENCES
            and page.uses.get(before.place) is not Use.FRONT
            and (re.search("[，,]", before.text) or not page.has_heading(at - 1))
        ):
            yield ODD_ITEM, page.lines[at].place, "像是上一行的后半句"
    for at, line in enumerate(page.lines):
        if (
            line.place.partition("#")[2] > "1"
            and page.is_idle(at)
            and at - 1 in page.owners
            and not page.has_heading(at)
            and leading_number(line.text) is None
            and line.text[-1:] not in _ENDS_OF_SENTENCES
        ):
            yield _odd_line(line, "没有并入前面的任务")


_ENDS_OF_SENTENCES = "。；;：:！）)"
# A quotation and a bracket close a sentence as well.
_ENDS_OF_ITEMS = "。；;.！!？?”）)"


def _steps(page: Page) -> Iterator[_Clue]:
    """Items with lines of deeper numbers right below them that are no work points."""
    for at in page.firsts:
        line, below = page.lines[at], page.lines[at + 1] if at + 1 < len(page.lines) else None
        if below is None or not page.is_idle(at + 1):
            continue
        number, deeper = leading_number(line.text), leading_number(below.text)
        if number is not None and deeper is not None and deeper.rank > number.rank:
            yield ODD_ITEM, line.place, "下面的分项没有读作任务"


def _broken_up(page: Page) -> Iterator[_Clue]:
    """Items that hold a label of units or time, and those whose brackets do not close or open."""
    for n in page.starts:
        draft = page.drafts[n]
        for word in re.findall(r"([\u4e00-\u9fff]{2,6})[：:｜丨]", draft.requirement):
            if field_of(word) in (*UNIT_FIELDS, Field.DEADLINE):
                yield ODD_ITEM, draft.place, f"内含“{word}：”"
        texts = [
            text[:-1] for text in (draft.requirement, *(statement.text for statement in draft.statements))
        ]
        if any(text.count(left) < text.count(right) for text in texts for left, right in _PAIRS):
            yield ODD_ITEM, draft.place, "的括号不成对"


_PAIRS = (("【", "】"), ("（", "）"), ("(", ")"), ("《", "》"), ("[", "]"))


def _headings(page: Page) -> Iterator[_Clue]:
    """Headings that are work points, where most of their level are headings."""
    ranks = {
        at: number.rank
        for at, line in enumerate(page.lines)
        if (number := leading_number(line.text)) is not None
    }
    starts = [at for at in page.firsts if at in ranks]
    heads = Counter(rank for at, rank in ranks.items() if at not in starts and page.has_heading(at))
    items = Counter(ranks[at] for at in starts)
    yield from (
        (ODD_ITEM, page.lines[at].place, "读作任务，同级的是标题")
        for at in starts
        if heads[ranks[at]] >= items[ranks[at]] and is_heading(page.lines[at].text)
    )


def _gaps(page: Page, drafts: Sequence[Draft]) -> Iterator[_Clue]:
    """Numbers that are missing between two items of a list, and items that hold the next number."""
    for draft, after in zip(drafts, [*drafts[1:], None], strict=True):
        value = read_number(draft.no) if draft.no else 0
        if not value:
            continue
        if any(int(number) == value + 1 for number in _NEXT_NUMBER.findall(draft.requirement)):
            yield ODD_ITEM, draft.place, f"内含编号{value + 1}"
        if after is None or (after.section, after.task) != (draft.section, draft.task):
            continue
        if (read_number(after.no) if after.no else 0) > value + 1:
            yield ODD_ITEM, draft.place, f"编号是{draft.no}，下一项是{after.no}"


def _start_of(line: TextLine) -> str:
    """How a line begins: its kind of number, units before a colon, or nothing."""
    number = leading_number(line.text)
    if number is not None:
        return number.rank.name
    head = re.match(r"([^：:。；;，,]{2,24})[：:]", line.text)
    return "names" if head is not None and is_names(head[1]) else ""


def _swallowed(page: Page) -> Iterator[_Clue]:
    """Lines inside an item that begin as items or their headings begin."""
    starts = set(page.starts.values())
    heads = [
        _start_of(line)
        for at, line in enumerate(page.lines)
        if at in starts or page.uses.get(line.place) is Use.BANNER
    ]
    counts = Counter(filter(None, heads))
    for at, line in enumerate(page.lines):
        if at in starts or at not in page.owners or page.uses.get(line.place) not in PARTS_OF_ITEMS:
            continue
        start = _start_of(line)
        if start and counts[start] >= 2 and counts[start] * 4 >= len(starts):
            kind, place, text = _odd_line(line, "的开头与各项相同，却并入了上一项")
            # The item that it went into is no less in doubt.
            yield from ((kind, where, text) for where in dict.fromkeys((place, page.place_of(at))))


def _shifted(page: Page) -> Iterator[_Clue]:
    """Items whose units or limit stand in the paragraph of another number of their level: what a number begins is said of what stands there or below."""
    at_place = {line.place: at for at, line in enumerate(page.lines)}
    heads: dict[str, LeadingNumber | None] = {}
    for line in page.lines:
        heads.setdefault(_paragraph_of(line.place), leading_number(line.sign + line.text))
    for n, start in page.starts.items():
        draft = page.drafts[n]
        own = _paragraph_of(page.lines[start].place)
        number = heads[own]
        places = [statement.place for statement in draft.statements if not statement.is_continued]
        for place in (*places, draft.deadline_place) if number is not None else ():
            head = heads.get(_paragraph_of(place))
            is_other = number is not None and head is not None and head.rank <= number.rank
            is_item = place in at_place and not page.is_heading(at_place[place])
            if is_other and is_item and _paragraph_of(place) != own:
                yield ODD_ITEM, draft.place, "的责任单位或时限写在另一个编号里"


def _paragraph_of(place: str) -> str:
    return place.partition("#")[0]


def _tails(page: Page) -> Iterator[_Clue]:
    """Texts that are no part of a work point and stand behind most of them."""
    starts = page.firsts
    tail_lines: list[int] = []
    for start, after in zip(starts, [*starts[1:], len(page.lines)], strict=True):
        tail = next(
            (at for at in range(start + 1, after) if page.uses.get(page.lines[at].place) is Use.TEXT), None
        )
        tail_lines += [tail] if tail is not None else []
    if _are_most(len(tail_lines), len(starts)):
        yield from (_odd_line(page.lines[at], "没有并入上面的任务") for at in tail_lines)


def _lost(page: Page) -> Iterator[_Clue]:
    """Lines among the work points that begin as most of them do, with a number of their level or their sign, and are none."""
    starts = page.firsts
    ranks = Counter(
        number.rank for at in starts if (number := leading_number(page.lines[at].text)) is not None
    )
    signs = Counter(page.lines[at].sign for at in starts if page.lines[at].sign)
    for at in filter(page.is_idle, range(starts[0], starts[-1])):
        line = page.lines[at]
        number = leading_number(line.text)
        is_common = number is not None and ranks[number.rank] * 4 >= len(starts) * 3
        is_common |= signs[line.sign] * 4 >= len(starts) * 3
        # What ends in a bracket heads nothing.
        if is_common and (line.text.endswith(("）", ")")) or not page.points_below(at)):
            yield _odd_line(line, "没有读作任务")
