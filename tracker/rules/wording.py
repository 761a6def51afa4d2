"""Small turns of phrase: lists of names, short names of requirements, headings without numbers, full stops.

With them what a subject of the ledger is called for a clerk: a work point, a round's form, one unit's form, a slip.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tracker import facts, patterns as re
from tracker.columns import label_of
from tracker.forms import OPEN_QUESTIONS, OPENING, PLAN_FILE, QUESTION_HEADS
from tracker.numerals import HAN
from tracker.rules.office import Office

_NUMBER = re.compile(
    rf"^\s*(?:第[{HAN}百]+(?:部分|章|篇)[、，,\s]*|[（(][{HAN}百0-9]+[)）][、.．]?"
    rf"|[{HAN}百]+[、.．]|[0-9]+[、.．)）](?![0-9]))\s*"
)
# A short name ends at the first of these that stands outside brackets and quotation marks.
_STOP = "。；;！!"
_PAUSE = "，,"
# How a clause begins that names a rule or a basis and no work.
_BASIS = ("按照", "根据", "依照", "依据", "为贯彻", "为落实")
_WIDE = str.maketrans(",;:()!?", "，；：（）！？")
_HALF = re.compile(r"[,;:()!?]")
_NARROW = re.compile(r"(?<=[\u4e00-\u9fff》”）〕])[,;:()!?]|[,;:()!?](?=[\u4e00-\u9fff《“（〔])")
_BRACKETS = re.compile(r"(?<=[\u4e00-\u9fff》”])\(([^()]*)\)")
_NO_PROBLEM = re.compile(
    r"^(?:[暂尚]?无|没有|不存在|未发现|否)(?:存在)?(?:其他|明显|突出|重大)?的?(?:问题|困难)?[。.]?$|^[\W_]+$"
)
_PAIRS = {"（": "）", "(": ")", "《": "》", "“": "”", "〔": "〕"}


# Of an item it is asked a dozen times.
@lru_cache(maxsize=8192)
def without_number(heading: str) -> str:
    r"""A heading of the plan on one line and without its own number: the report numbers its headings itself.

    >>> [without_number(each) for each in ("一、信息公开", "(十二)解读", "3.完善制度", "2026年任务", "3.5万户")]
    ['信息公开', '解读', '完善制度', '2026年任务', '3.5万户']
    >>> without_number("一、推进政务\n公开")
    '推进政务公开'
    """
    heading = "".join(line.strip() for line in heading.splitlines())
    return full_width(_NUMBER.sub("", heading, count=1).strip() or heading.strip())


def full_width(text: str) -> str:
    """The marks of a Chinese sentence as a printed document has them.

    >>> full_width("各县(市、区)政府,做好公开; 10:30开始(100%)")
    '各县（市、区）政府，做好公开； 10:30开始（100%）'
    """
    if not _HALF.search(text):
        return text
    text = _BRACKETS.sub(r"（\1）", text)
    previous = ""
    while previous != text:
        previous, text = text, _NARROW.sub(lambda match: match.group().translate(_WIDE), text)
    return text


@lru_cache(maxsize=8192)
def short_name(requirement: str, longest: int = 40) -> str:
    """What a work point is called in a sentence: its first sentence, or its first clause when that is long.

    Cut only at a mark outside brackets, never inside a word; when no clause is short enough it stays whole. A
    first clause that only says by what rule (按照…要求) is left out where the sentence is long.

    >>> short_name("推进财政预决算公开，细化到项级科目。及时公开。")
    '推进财政预决算公开，细化到项级科目'
    >>> short_name("推进财政预决算（含部门，单位）公开，细化到项级科目", longest=20)
    '推进财政预决算（含部门，单位）公开'
    >>> short_name("按照《关于做好某项工作的通知》（×府办〔2026〕7号）要求,建设统一平台,实现全市联通,定期更新", longest=16)
    '建设统一平台，实现全市联通'
    """
    text = full_width(" ".join(requirement.split()))
    open_marks: list[str] = []
    pauses: list[int] = []
    end = len(text)
    for position, character in enumerate(text):
        if open_marks and character == open_marks[-1]:
            open_marks.pop()
        elif character in _PAIRS:
            open_marks.append(_PAIRS[character])
        elif not open_marks and character in _STOP:
            end = position
            break
        elif not open_marks and character in _PAUSE:
            pauses.append(position)
    if end > longest and pauses and text.startswith(_BASIS):
        return short_name(text[pauses[0] + 1 : end], longest) or text[:end]
    if end > longest:
        near_pauses = [pause for pause in pauses if 4 <= pause <= longest]
        end = near_pauses[-1] if near_pauses else pauses[0] if pauses else end
    return text[:end].strip()


def names(some: Sequence[str], most: int = 3, *, more: str = "等单位") -> str:
    """Several names; beyond `most`, the first ones and 等单位. Marks as a printed sentence has them.

    等 never hides a single one: its name is no longer than the word.

    >>> names(("甲局", "乙局", "丙局", "丁局")), names(("甲局", "乙局", "丙局", "丁局", "戊局"))
    ('甲局、乙局、丙局、丁局', '甲局、乙局、丙局等单位')
    """
    if len(some) <= most + 1:
        return full_width("、".join(some))
    return full_width("、".join(some[:most])) + more


def name_in_quotes(requirement: str, longest: int = 40) -> str:
    """A work point's short name as it stands between “ and ”: quotation marks within become ‘ and ’.

    >>> name_in_quotes("开设“局长接线日”，每月1期。")
    '开设‘局长接线日’，每月1期'
    """
    return short_name(requirement, longest).replace("“", "‘").replace("”", "’")


def bracketed(text: str) -> str:
    """The text in brackets, of another shape where it holds round ones (GB/T 15834-2011: not nested in themselves).

    >>> bracketed("市司法局牵头"), bracketed("各县（市、区）人民政府落实")
    ('（市司法局牵头）', '［各县（市、区）人民政府落实］')
    """
    return f"［{text}］" if "（" in text or "(" in text else f"（{text}）"


def sentence(text: str) -> str:
    r"""The text with a full stop, unless it has an end of its own; line breaks become spaces where needed.

    >>> sentence("已公开"), sentence("已公开。"), sentence("甲\n乙")
    ('已公开。', '已公开。', '甲；乙。')
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    whole = ""
    for line in lines:
        whole += ("" if not whole or whole[-1] in "。；，、：！？;.!?" else "；") + line
    if not whole or whole[-1] in "。！？!?…":
        return whole
    return whole.rstrip("；;，,、.") + "。"


def is_no_problem(text: str) -> bool:
    """Whether a text says that there is none: 无, 暂无问题, a dash; an empty one says nothing.

    >>> [is_no_problem(text) for text in ("无", "暂无明显问题。", "——", "无法取得数据", "")]
    [True, True, True, False, False]
    """
    return bool(_NO_PROBLEM.match(text.strip()))


# How many characters of a requirement are enough to know it by, beside its number.
_SHORT = 18


def subject_name(office: Office, subject: str, *, longest: int = _SHORT) -> str:
    """`P1-003 推进预算公开`, `“上半年”填报表`, `市财政局“上半年”填报表`, `2026-催办-007`; anything else as it is."""
    if subject in office.rounds:
        return f"“{office.rounds[subject].name}”填报表"
    if subject in office.forms:
        form = office.forms[subject]
        return f"{office.name_of(form.unit)}“{office.rounds[form.round].name}”填报表"
    if subject in office.documents:
        return office.documents[subject].number or subject
    point = next((point for point in office.points if point.id == subject), None)
    if point is None:
        return subject
    return f"{subject} {short_name(point.requirement or point.task, longest)}".rstrip()


def conflict_name(office: Office, conflict: facts.Conflict) -> str:
    """Who, what and where two statements differ: `市财政局 P1-003 推进预算公开（上半年进展情况）`."""
    if conflict.field == OPENING or conflict.field in OPEN_QUESTIONS:
        is_named_there = conflict.field in (PLAN_FILE, OPENING)
        name = conflict.theirs.partition("\n")[0] if is_named_there else conflict.subject
        return f"{name}（{QUESTION_HEADS[conflict.field]}）"
    if conflict.field in QUESTION_HEADS:
        return f"{subject_name(office, conflict.subject)}（{QUESTION_HEADS[conflict.field]}）"
    unit = f"{office.name_of(conflict.unit)} " if conflict.unit in office.units else ""
    period = office.rounds[conflict.period].name if conflict.period in office.rounds else ""
    column = label_of(conflict.field)
    return f"{unit}{subject_name(office, conflict.subject)}（{period}{column}）"
