"""Signs at the names of units, written as the words that their legend has for them.

    ●牵头 ○配合                                  a legend, in a note, a title, a head
    清理河道。●市甲局 ○市乙局、市丙局              清理河道。 牵头单位：市甲局；配合单位：市乙局、市丙局
    市甲局★、市乙局☆                            市甲局（牵头）、市乙局（配合）

Where nobody says what two signs of different habit mean, they mean what they usually do, and it is told. One sign alone
(标★的为牵头单位) is a note on lists of units and read by `clauses`; a sign alone in its cell is a tick of a matrix.

>>> from tracker.grid import Paragraph
>>> texts = ("2026年任务（●牵头 ○配合）", "1.清理河道。●市甲局 ○市乙局、市丙局", "2.植树。（●市丁局）")
>>> source, _ = with_signs(Source("txt", "方案.txt", tuple(Paragraph(text, f"L{n}") for n, text in enumerate(texts, 1))))
>>> [block.text for block in source.blocks][1:]
['1.清理河道。 牵头单位：市甲局；配合单位：市乙局、市丙局', '2.植树。（牵头单位：市丁局）']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from tracker import patterns as re
from tracker.grid import Grid, Source
from tracker.problems.base import Finding
from tracker.problems.reading import NO_LEGEND
from tracker.reading.prose import names_and_time
from tracker.reading.tables import USUAL, Field, is_note, legend

_SIGNS = "▲△●○◎★☆■□◆◇◯⊙▼▽※"
SIGNS = frozenset(_SIGNS)
_ANY = re.compile(f"[{_SIGNS}]")
_CLAUSES = re.compile(r"[^，,；;。（()）、\n]+")
# What a legend holds besides its signs and the words for roles.
_FILLER = re.compile(
    rf"[{_SIGNS}\s\u3000“”\"‘’:：=＝—\-]|牵头|主办|第一责任|配合|协办|协助|参与|参加|指导|监督|支持|会办|责任|负责|承办|落实|实施|主责"
    r"|单位|部门|科室|处室|符号|号|标记|标注|标|注|说明|图例|其中|名称|前|后|[带有加打为是指的]|表示|代表"
)
_BEHIND = re.compile(rf"(?<=[\u4e00-\u9fff）)])(?P<sign>[{_SIGNS}])(?=[\s\u3000、，,；;。）)]|$)")
_LABELS = {Field.LEAD: "牵头单位", Field.RESPONSIBLE: "责任单位", Field.SUPPORT: "配合单位"}
_WORDS = {Field.LEAD: "牵头", Field.RESPONSIBLE: "负责", Field.SUPPORT: "配合"}
_MARKS = " \u3000\n、，,；;"
_END = re.compile(r"[)）】\]。]|$")
_FEWEST = 2


def with_signs(source: Source) -> tuple[Source, list[Finding]]:
    """The source with its signs written as words, and what is told of them; for a source that holds one of `SIGNS`."""
    texts = [(place, text) for place, text in _texts(source) if _ANY.search(text)]
    meanings = _legend_of(text for _, text in texts)
    if len(meanings) >= _FEWEST:
        return _spelled_out(source, meanings), []
    places = [
        place
        for place, text in texts
        if len(set(_ANY.findall(text))) >= _FEWEST and _spell_out(text, USUAL) != text
    ]
    if meanings or len(places) < _FEWEST:
        return source, []
    signs = {sign for _, text in texts for sign in _ANY.findall(text)}
    return _spelled_out(source, USUAL), [NO_LEGEND.at(places[0], symbols="".join(sorted(signs)))]


def _texts(source: Source) -> Iterator[tuple[str, str]]:
    for block in source.blocks:
        if not isinstance(block, Grid):
            yield block.place, block.text
        elif not block.characters.isdisjoint(SIGNS):
            yield from (
                (block.place(row, column), text)
                for row in range(block.height)
                for column, text in block.cells(row).items()
            )


def _legend_of(texts: Iterable[str]) -> dict[str, Field]:
    """What signs mean, where a clause says so and nothing else."""
    meanings: dict[str, Field] = {}
    for text in texts:
        for clause in _CLAUSES.findall(text):
            if _is_legend(clause):
                meanings |= legend(clause)
    return meanings


def _is_legend(clause: str) -> bool:
    return _ANY.search(clause) is not None and not _FILLER.sub("", clause) and bool(legend(clause))


def _spelled_out(source: Source, meanings: Mapping[str, Field]) -> Source:
    blocks = [
        replace(
            block,
            rows=tuple(
                tuple(_spell_out(value, meanings) if isinstance(value, str) else value for value in row)
                for row in block.rows
            ),
        )
        if isinstance(block, Grid)
        else replace(block, text=_as_note(_spell_out(block.text, meanings)))
        for block in source.blocks
    ]
    return replace(source, blocks=tuple(blocks))


def _as_note(text: str) -> str:
    """A line that is nothing but the legend as a note: its first sign is no bullet."""
    clauses = _CLAUSES.findall(text)
    is_legend = bool(clauses) and all(map(_is_legend, clauses)) and not is_note(text)
    return f"注：{text.strip()}" if is_legend else text


def _spell_out(text: str, meanings: Mapping[str, Field]) -> str:
    """A text with words for the signs at its names; as it is where anything but names stands at a sign."""
    signs = [sign for sign in _ANY.finditer(text) if sign[0] in meanings]
    if not signs or any(map(_is_legend, _CLAUSES.findall(text))):
        return text
    behind = [sign for sign in _BEHIND.finditer(text) if sign["sign"] in meanings]
    if len(behind) == len(signs):
        return _BEHIND.sub(lambda sign: f"（{_WORDS[meanings[sign['sign']]]}）", text)
    parts: list[str] = []
    last: Field | None = None
    end = signs[0].start()
    for sign, after in zip(signs, [*signs[1:], None], strict=True):
        closing = _END.search(text, sign.end())
        end = min(closing.start() if closing else len(text), after.start() if after else len(text))
        answer = names_and_time(text[sign.end() : end].strip(_MARKS))
        if answer is None or (after is not None and text[end : after.start()].strip(_MARKS)):
            return text
        names, time = answer
        field = meanings[sign[0]]
        parts.append(f"、{names}" if field is last else f"；{_LABELS[field]}：{names}")
        parts += [f"；完成时限：{time}"] if time else []
        last = None if time else field
    before = text[: signs[0].start()].rstrip()
    gap = " " if before and before[-1] not in "（(【[" else ""
    return before + gap + "".join(parts).lstrip("；") + text[end:]
