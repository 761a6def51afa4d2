"""The bracket or label at the end of a requirement that says who answers for it."""

from __future__ import annotations

import re

from tracker.model import Role
from tracker.reading.clauses import asides
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import words
from tracker.reading.clauses.read import names_in
from tracker.reading.clauses.read import read_responsibility

_ROLE = re.compile(
    r"(?:牵头|负责|配合|协办|会办|参与|参加|协助|承办|主办|落实|实施|指导|监督|监管)(?!单位|部门|科室|处室|人)|会同|各负其责|各司其职|职责分工|分别"
)
_CLOSING_MARKS = " \n。；;，,.、"
_SENTENCE_ENDS = ("。", "；", "！", "？", ".", ";", "…")
# A place alone in a bracket is an example more often than somebody who answers.
_PLACE = re.compile(r"[市县区州旗镇乡村]$|街道$|社区$")
_SHORT_LABEL = re.compile(r"(?:总)?(?:牵头|责任|配合|负责|协办|主办|承办)")
_TIME_TAIL = re.compile(r"(?:完成时限|完成时间|完成期限|办结时限|时限要求|时限|完成日期)：[^：）]{1,30}$")
# The longest closing label list that is still a list of units and not the rest of the document.
_LONGEST = 400


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split a requirement that ends with its units: (requirement, inside of the bracket).

    Read are a bracket of any form at the end (`（…牵头，…配合）`, `[牵头单位：…]`, a plain list of units), and
    labels at the end without a bracket (`…。责任单位：…`). A bracket that explains something is none: （2025年版）,
    （详见附件）, a place, a list of things. A time limit behind the units stays with the requirement, and one
    inside the bracket with the inside, so that the reader of deadlines still finds it.

    >>> closing_bracket("完善应急预案。（市应急局牵头，各区县配合）")
    ('完善应急预案。', '市应急局牵头，各区县配合')
    >>> closing_bracket("开展专项检查（市教育局、市公安局）（6月底前完成）")
    ('开展专项检查（6月底前完成）', '市教育局、市公安局')
    >>> closing_bracket("开展专项检查。责任单位：市教育局、市公安局")
    ('开展专项检查。', '责任单位：市教育局、市公安局')
    >>> closing_bracket("公布权责清单（2025年版）") is None
    True
    """
    folded_text = marks.fold_characters(text)
    end = len(folded_text.rstrip(_CLOSING_MARKS))
    tail = _TIME_TAIL.search(folded_text[:end])
    if tail:
        end = len(folded_text[: tail.start()].rstrip(_CLOSING_MARKS))
    kept_from = end
    for _ in range(3):
        bracket = _bracket_ending_at(folded_text, end)
        if bracket is None:
            break
        start, close = bracket
        if _states_responsibility(folded_text[start + 1 : close], folded_text[:start]):
            behind = text[end:].strip(_CLOSING_MARKS) if end < kept_from or tail else ""
            return text[:start].rstrip() + behind, text[start + 1 : close].strip()
        if not _is_time_bracket(folded_text[start + 1 : close]):
            break
        end = len(folded_text[:start].rstrip(_CLOSING_MARKS))
    return _closing_labels(text, folded_text)


def _bracket_ending_at(folded_text: str, end: int) -> tuple[int, int] | None:
    for start, close in marks.bracket_pairs(folded_text).items():
        if close == end - 1 and folded_text[start] == "（":
            return start, close
    return None


def _is_time_bracket(inside: str) -> bool:
    return asides.is_time(inside) or bool(words.TIME_LABEL.search(inside.split("：")[0]))


def _states_responsibility(inside: str, before: str) -> bool:
    content = inside.strip()
    if len(content) < 3 or not before.strip():
        return False
    if re.match(r"[^：]{1,14}：", content):
        return _is_known_label(content.split("：")[0].strip()) and bool(names_in(content))
    responsibility = read_responsibility(content)
    if not responsibility.assignments:
        return False
    units = [marks.fold_characters(assignment.unit) for assignment in responsibility.assignments]
    ends_sentence = before.rstrip().endswith(_SENTENCE_ENDS)
    if _ROLE.search(content):
        somebody_answers = any(
            assignment.role is not Role.SUPPORT for assignment in responsibility.assignments
        )
        return (somebody_answers or ends_sentence) and any(names.is_unit(unit) for unit in units)
    if not all(names.is_unit(unit) for unit in units) or any(names.is_place_kind(unit) for unit in units):
        return False
    if len("".join(units)) < len(re.sub(r"[、，；和及与\s]|等.*$", "", content)) - 2:
        return False
    if ends_sentence:
        return True
    return not all(_PLACE.search(unit) for unit in units) and (
        len(units) > 1 or names.starts_like_unit(units[0])
    )


def _is_known_label(label: str) -> bool:
    if words.TIME_LABEL.search(label):
        return False
    return bool(
        words.KNOWN_LABEL.fullmatch(label)
        or _SHORT_LABEL.fullmatch(label)
        or words.PERSON_LABEL.search(label)
    )


def _closing_labels(text: str, folded_text: str) -> tuple[str, str] | None:
    """`…。责任单位：A、B`, `…。牵头单位：A；配合单位：B`."""
    plain = marks.blank_inside(folded_text)
    for match in re.finditer(rf"({words.KNOWN_LABEL.pattern})(?:（□*）)?\s*：", plain):
        start = match.start()
        if start == 0 or words.TIME_LABEL.search(match.group(1)) or len(plain) - start > _LONGEST:
            continue
        if not plain[:start].endswith((*_SENTENCE_ENDS, "，", "！", "）", "：", "、", " ", "\n")):
            continue
        sentences = [sentence for sentence in re.split(r"[。\n]", plain[start:]) if sentence.strip()]
        if any("：" not in sentence and not _is_list(sentence) for sentence in sentences[1:]):
            continue
        if names_in(text[start:]):
            return text[:start].rstrip(), text[start:].strip()
    return None


def _is_list(text: str) -> bool:
    return all(
        names.is_unit(name) or asides.is_time(name) for name in re.split(r"[、，；]", text.strip()) if name
    )
