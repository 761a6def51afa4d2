"""From what a person said of two years to facts; what contradicts itself is refused, and asked.

A row of this year's says what of last year's goes on in it, a row of last year's what it goes on in. A statement
replaces what was known of its row. After all of them together these must hold, or the statements that break one are
refused, the rest is looked at again:

    an item of last year goes on in one item, or in several whose rows all say 拆分
    an item of this year goes on from one, or from several and says 合并
    what is 新增 or 不再列入 goes on in nothing; an older word of that kind gives way to a new 延续

One item of last year is therefore never matched twice unless a person said that it was divided.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace

from tracker.facts import Carried
from tracker.problems import Finding
from tracker.problems import comparing
from tracker.rules.comparing.lineage import CONTINUATION
from tracker.rules.comparing.lineage import DIVISION
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import MERGER
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.lineage import OMISSION
from tracker.rules.comparing.stating import Judgement
from tracker.rules.fold_keys import WITHDRAWAL

YEAR_WORDS: dict[str, str] = {
    CONTINUATION: "延续",
    MERGER: "合并",
    DIVISION: "拆分",
    NEW: "新增",
    OMISSION: "不再列入",
}
_HOW = {word: how for how, word in YEAR_WORDS.items()}
PERSON = "person"

Key = tuple[str, str]


@dataclass(frozen=True)
class YearLinks:
    """What becomes of the statements.

    Attributes:
        facts: To be recorded, in order.
        rows: Rows whose statement holds.
        findings: Why others do not, by row.
    """

    facts: tuple[Carried, ...]
    rows: tuple[str, ...]
    findings: Mapping[str, Finding]


def year_judgements(
    links: Iterable[Carried], olds: Collection[str], news: Collection[str]
) -> dict[str, Judgement]:
    """What the ledger holds of each row of two years' plans."""
    judgements: dict[str, Judgement] = {}
    for link in links:
        if link.to_wp in news and (link.from_wp in olds or not link.from_wp):
            earlier = judgements.get(link.to_wp, Judgement())
            others = (*earlier.others, link.from_wp) if link.from_wp else ()
            judgements[link.to_wp] = Judgement(YEAR_WORDS[link.how], others, link.note)
        if link.from_wp in olds and (link.to_wp in news or not link.to_wp):
            earlier = judgements.get(link.from_wp, Judgement())
            others = (*earlier.others, link.to_wp) if link.to_wp else earlier.others
            if link.to_wp or not earlier.others:
                judgements[link.from_wp] = Judgement(YEAR_WORDS[link.how], others, link.note)
    return judgements


def decide_years(
    judgements: Mapping[str, Judgement],
    links: Sequence[Carried],
    olds: Collection[str],
    news: Collection[str],
) -> YearLinks:
    """Turn statements into facts.

    Args:
        judgements: By row; no word takes back.
        links: What the ledger holds.
        olds: Ids of last year's items.
        news: Ids of this year's.
    """
    findings: dict[str, Finding] = {}
    links_by_row: dict[str, tuple[Carried, ...]] = {}
    for key in sorted(judgements):
        outcome = _links(key, judgements[key], olds, news)
        if isinstance(outcome, Finding):
            findings[key] = outcome
        else:
            links_by_row[key] = outcome
    old_links = {(link.from_wp, link.to_wp): link for link in links}
    while True:
        result, fresh = _together(old_links, links_by_row)
        contradictions = _contradictions(result, fresh, links_by_row)
        if not contradictions:
            break
        for key, finding in contradictions.items():
            findings[key] = finding
            del links_by_row[key]
    facts = [link for key, link in result.items() if old_links.get(key) != link]
    facts += [
        Carried(*key, WITHDRAWAL, PERSON, link.note) for key, link in old_links.items() if key not in result
    ]
    changes = sorted(facts, key=lambda link: (link.how != WITHDRAWAL, link.to_wp, link.from_wp))
    return YearLinks(tuple(changes), tuple(links_by_row), findings)


def _links(
    key: str, judgement: Judgement, olds: Collection[str], news: Collection[str]
) -> tuple[Carried, ...] | Finding:
    """What a row says, as links; the words must fit their ids."""
    if not judgement.word:
        return ()
    how, is_new, count = _HOW[judgement.word], key in news, len(judgement.others)
    if how in (NEW, OMISSION):
        if is_new != (how == NEW):
            why = f"“{judgement.word}”只用于{'今年' if how == NEW else '上年'}的事项"
            return comparing.WRONG_COUNT.at(key, why=why)
        return (
            Carried("", key, how, PERSON, judgement.note)
            if is_new
            else Carried(key, "", how, PERSON, judgement.note),
        )
    side, other = ("上年", olds) if is_new else ("今年", news)
    strangers = [point_id for point_id in judgement.others if point_id not in other]
    if strangers:
        return comparing.NO_SUCH_ITEM.at(key, wp="、".join(strangers), side=side)
    several = (how == MERGER) == is_new
    if not count:
        return comparing.WRONG_COUNT.at(key, why=f"“{judgement.word}”没有写对应的{side}编号")
    if count > 1 and (how == CONTINUATION or not several):
        return comparing.WRONG_COUNT.at(key, why=f"“{judgement.word}”写了{count}个{side}编号，只能写一个")
    if count == 1 and how != CONTINUATION and several:
        return comparing.WRONG_COUNT.at(key, why=f"“{judgement.word}”只写了一个{side}编号，至少两个")
    pairs = [(point_id, key) if is_new else (key, point_id) for point_id in judgement.others]
    return tuple(Carried(*pair, how, PERSON, judgement.note) for pair in pairs)


def _together(
    old_links: Mapping[Key, Carried], links_by_row: Mapping[str, tuple[Carried, ...]]
) -> tuple[dict[Key, Carried], set[Key]]:
    """All links as they would be, and those that were stated now."""
    result = {
        key: link for key, link in old_links.items() if not ({link.from_wp, link.to_wp} & links_by_row.keys())
    }
    fresh: set[Key] = set()
    for links in links_by_row.values():
        for link in links:
            key = (link.from_wp, link.to_wp)
            earlier = old_links.get(key)
            # The same link said again keeps who said it; another word or note replaces it.
            result[key] = earlier if earlier and replace(earlier, decided_by=PERSON) == link else link
            fresh.add(key)
    ends = {end for key in fresh if all(key) for end in key}
    for key in [key for key in result if not all(key) and key not in fresh and set(key) & ends]:
        del result[key]
    return result, fresh


def _contradictions(
    result: Mapping[Key, Carried], fresh: Collection[Key], links_by_row: Mapping[str, tuple[Carried, ...]]
) -> dict[str, Finding]:
    findings: dict[str, Finding] = {}

    def refuse(keys: Iterable[Key], finding_of: str, **facts: str) -> None:
        kind = comparing.CLAIMED_TWICE if finding_of == "twice" else comparing.CONTRADICTS
        pairs = set(keys)
        for row, links in links_by_row.items():
            if any((link.from_wp, link.to_wp) in pairs for link in links):
                findings.setdefault(row, kind.at(row, **facts))

    for end, which in ((0, "from"), (1, "to")):
        by_end: dict[str, list[Key]] = {}
        for key in sorted(result):
            if key[end]:
                by_end.setdefault(key[end], []).append(key)
        for point_id, keys in by_end.items():
            if len(keys) < 2 or not set(keys) & set(fresh):
                continue
            others = "、".join(key[1 - end] for key in keys if key[1 - end])
            if any(result[key].how not in GOES_ON for key in keys):
                refuse(keys, "contradicts", rows=point_id, why=f"既有对应事项 {others}，又选了没有对应")
            elif which == "from" and any(result[key].how != DIVISION for key in keys):
                refuse(keys, "twice", old=point_id, news=others)
            elif which == "to" and any(result[key].how != MERGER for key in keys):
                refuse(
                    keys, "contradicts", rows=f"{point_id}、{others}", why="几项并成一项的，各行都应选“合并”"
                )
    return findings
