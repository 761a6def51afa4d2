"""The questions of 待核对事项清单 at the terminal: one after the other, whatever they are about.

    1, 用台账现有              the ledger's text, or 不登记, or 留空
    2, 用新报送的              what came, where something did
    3 文字, 另行填写 文字        another text
    文字                     the same, of a question that has no text in the ledger (a plan file, somebody's table)
    nothing                  later: the question stays in the list

What is not understood is asked once more and stays in the list then.

    >>> answer_to("2", is_open=False), answer_to("3 两边商定的", is_open=False), answer_to("具体要求", is_open=True)
    (('用新报送的', ''), ('另行填写', '两边商定的'), ('另行填写', '具体要求'))
    >>> answer_to("", is_open=False), answer_to("两边商定的", is_open=False)
    (('', ''), None)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from tracker import patterns as re
from tracker.forms import KEEP_OURS, QUESTION_HEADS, TAKE_THEIRS, WRITE_OTHER, Question

_WORDS = {"1": KEEP_OURS, KEEP_OURS: KEEP_OURS, "2": TAKE_THEIRS, TAKE_THEIRS: TAKE_THEIRS}
_OTHER = re.compile(rf"(?:3|{WRITE_OTHER})[\s:：，,、]+(?P<text>.+)", re.DOTALL)


def answer_to(text: str, *, is_open: bool) -> tuple[str, str] | None:
    """Choice and text of an answer; an empty choice for later, None where it is not understood.

    `is_open` is said of a question that any text answers.
    """
    text = text.strip()
    other = _OTHER.fullmatch(text)
    if not text:
        return "", ""
    if text in _WORDS:
        return _WORDS[text], ""
    if other is not None:
        return WRITE_OTHER, other["text"].strip()
    return (WRITE_OTHER, text) if is_open else None


def ask(
    asker: Callable[[str], str], questions: Sequence[Question], open_ids: Collection[str] = ()
) -> dict[str, tuple[str, str]]:
    """Choice and text by question, as whoever sits there says; what is left for later is not there.

    Args:
        asker: Asks and gives the answer.
        questions: Of the list.
        open_ids: Those that any text answers.
    """
    answers: dict[str, tuple[str, str]] = {}
    for question in questions:
        is_open = question.conflict in open_ids
        for hint in ("", "没有看懂。"):
            answer = answer_to(asker(_words(question, hint)), is_open=is_open)
            if answer is not None:
                break
        if answer is not None and answer[0]:
            answers[question.conflict] = answer
    return answers


def _words(question: Question, hint: str) -> str:
    about = " ".join(
        part for part in (question.point, question.unit, question.round, question.column) if part
    )
    lines = [
        f"{question.conflict} {about}",
        question.why if question.column in QUESTION_HEADS.values() else "",
    ]
    lines += [f"  1 {KEEP_OURS}：{question.ours or '（空）'}"]
    lines += [f"  2 {TAKE_THEIRS}：{question.theirs}"] if question.theirs else []
    lines += [f"{hint}请回答 1、2，或 3 加要写的内容；直接回车就先放着："]
    return "\n".join(line for line in lines if line)
