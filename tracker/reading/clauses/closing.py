"""The bracket or label at the end of a requirement that says who answers for it."""

from __future__ import annotations

import re

from tracker.model import Role
from tracker.reading.clauses import marks
from tracker.reading.clauses import names
from tracker.reading.clauses import spans
from tracker.reading.clauses import words
from tracker.reading.clauses.read import names_in
from tracker.reading.clauses.read import read_responsibility

_ROLE = re.compile(
    r"牵头|负责|配合|协办|会办|参与|参加|协助|承办|主办|落实|会同|各负其责|职责分工|实施|指导|监督|监管"
)
_CLOSING_MARKS = " \n。；;，,.、"


def closing_bracket(text: str) -> tuple[str, str] | None:
    """Split a requirement that ends with its units: (requirement, inside of the bracket).

    A time limit in a bracket behind it stays with the requirement, for the reader of deadlines.

    >>> closing_bracket("完善应急预案。（市应急局牵头，各区县配合）")
    ('完善应急预案。', '市应急局牵头，各区县配合')
    >>> closing_bracket("开展专项检查。责任单位：市教育局、市公安局")
    ('开展专项检查。', '责任单位：市教育局、市公安局')
    >>> closing_bracket("公布权责清单（2025年版）") is None
    True
    """
    folded = marks.fold(text)
    end = len(folded.rstrip(_CLOSING_MARKS))
    tail_start = end
    for _ in range(3):
        bracket = _bracket_ending_at(folded, end)
        if bracket is None:
            break
        start, close = bracket
        inside = folded[start + 1 : close]
        if _states_responsibility(inside, folded[:start]):
            kept = text[:start].rstrip() + text[end:tail_start].rstrip(_CLOSING_MARKS + "。")
            return kept, text[start + 1 : close].strip()
        if not (spans.is_time(inside) or words.TIME_LABEL.search(inside.split("：")[0])):
            break
        end = len(folded[:start].rstrip(_CLOSING_MARKS))
    return _closing_label(text, folded)


def _bracket_ending_at(folded: str, end: int) -> tuple[int, int] | None:
    for start, close in marks.pairs(folded).items():
        if close == end - 1 and folded[start] == "（":
            return start, close
    return None


def _states_responsibility(inside: str, before: str) -> bool:
    content = inside.strip()
    if len(content) < 3 or not before.strip():
        return False
    if re.match(r"[^：]{1,14}：", content):
        label = content.split("：")[0].strip()
        known = words.KNOWN_LABEL.fullmatch(label) or re.fullmatch(
            r"(?:总)?(?:牵头|责任|配合|负责|协办|主办|承办)", label
        )
        return (bool(known) and words.role_of(label) is not None and bool(names_in(content))) or bool(
            words.PERSON_LABEL.search(label) and names_in(content)
        )
    found = read_responsibility(content)
    if not found.assignments:
        return False
    if _ROLE.search(content):
        return any(
            names.is_unit(marks.fold(each.unit)) or each.role is not Role.RESPONSIBLE
            for each in found.assignments
        ) and not names.is_prose(content.split("，")[0][:2])
    units = [marks.fold(each.unit) for each in found.assignments]
    if not all(names.is_unit(each) for each in units) or any(names.is_place_kind(each) for each in units):
        return False
    if "".join(units).__len__() < len(re.sub(r"[、，；和及与\s]|等.*$", "", content)) - 2:
        return False
    ended = before.rstrip().endswith(("。", "；", "！", "."))
    return ended or len(units) > 1 or names.starts_like_unit(units[0])


def _closing_label(text: str, folded: str) -> tuple[str, str] | None:
    """`…。责任单位：A、B`, `…。牵头单位：A；配合单位：B`."""
    plain = marks.blank_inside(folded)
    for match in re.finditer(rf"({words.KNOWN_LABEL.pattern})(?:（□*）)?\s*：", plain):
        if match.start() == 0 or words.role_of(match.group(1)) is None:
            continue
        before = plain[: match.start()].rstrip(" \n")
        if (
            before
            and before[-1] not in "。；，！）：.、;"
            and "\n" not in plain[len(before) : match.start()]
            and " " not in plain[len(before) : match.start()]
        ):
            continue
        rest = plain[match.start() :]
        if len(rest) > 400 or not names_in(text[match.start() :]):
            continue
        sentences = [each for each in re.split(r"[。\n]", rest) if each.strip()]
        if any("：" not in each and not _is_list(each) for each in sentences[1:]):
            continue
        return text[: match.start()].rstrip(), text[match.start() :].strip()
    return None


def _is_list(text: str) -> bool:
    return all(
        names.is_unit(each) or spans.is_time(each) for each in re.split(r"[、，；]", text.strip()) if each
    )
