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
from tracker.rules.comparing.lineage import CONTINUED
from tracker.rules.comparing.lineage import DIVIDED
from tracker.rules.comparing.lineage import DROPPED
from tracker.rules.comparing.lineage import GOES_ON
from tracker.rules.comparing.lineage import MERGED
from tracker.rules.comparing.lineage import NEW
from tracker.rules.comparing.stating import Said
from tracker.rules.fold import WITHDRAWN

WORDS: dict[str, str] = {
    CONTINUED: "延续",
    MERGED: "合并",
    DIVIDED: "拆分",
    NEW: "新增",
    DROPPED: "不再列入",
}
_HOW = {word: how for how, word in WORDS.items()}
PERSON = "person"

Key = tuple[str, str]


@dataclass(frozen=True)
class Decision:
    """What becomes of the statements.

    Attributes:
        facts: To be recorded, in order.
        taken: Rows whose statement holds.
        findings: Why others do not, by row.
    """

    facts: tuple[Carried, ...]
    taken: tuple[str, ...]
    findings: Mapping[str, Finding]


def decided(continued: Iterable[Carried], olds: Collection[str], news: Collection[str]) -> dict[str, Said]:
    """What the ledger holds of each row of two years' plans."""
    found: dict[str, Said] = {}
    for each in continued:
        if each.to_wp in news and (each.from_wp in olds or not each.from_wp):
            known = found.get(each.to_wp, Said())
            others = (*known.others, each.from_wp) if each.from_wp else ()
            found[each.to_wp] = Said(WORDS[each.how], others, each.note)
        if each.from_wp in olds and (each.to_wp in news or not each.to_wp):
            known = found.get(each.from_wp, Said())
            others = (*known.others, each.to_wp) if each.to_wp else known.others
            if each.to_wp or not known.others:
                found[each.from_wp] = Said(WORDS[each.how], others, each.note)
    return found


def decide(
    said: Mapping[str, Said], continued: Sequence[Carried], olds: Collection[str], news: Collection[str]
) -> Decision:
    """Turn statements into facts.

    Args:
        said: By row; no word takes back.
        continued: What the ledger holds.
        olds: Ids of last year's items.
        news: Ids of this year's.
    """
    findings: dict[str, Finding] = {}
    wanted: dict[str, tuple[Carried, ...]] = {}
    for key in sorted(said):
        outcome = _links(key, said[key], olds, news)
        if isinstance(outcome, Finding):
            findings[key] = outcome
        else:
            wanted[key] = outcome
    held = {(each.from_wp, each.to_wp): each for each in continued}
    while True:
        result, fresh = _together(held, wanted)
        broken = _broken(result, fresh, wanted)
        if not broken:
            break
        for key, finding in broken.items():
            findings[key] = finding
            del wanted[key]
    facts = [each for key, each in result.items() if held.get(key) != each]
    facts += [Carried(*key, WITHDRAWN, PERSON, each.note) for key, each in held.items() if key not in result]
    ordered = sorted(facts, key=lambda each: (each.how != WITHDRAWN, each.to_wp, each.from_wp))
    return Decision(tuple(ordered), tuple(wanted), findings)


def _links(
    key: str, said: Said, olds: Collection[str], news: Collection[str]
) -> tuple[Carried, ...] | Finding:
    """What a row says, as links; the words must fit their ids."""
    if not said.word:
        return ()
    how, is_new, count = _HOW[said.word], key in news, len(said.others)
    if how in (NEW, DROPPED):
        if is_new != (how == NEW):
            why = f"“{said.word}”只用于{'今年' if how == NEW else '上年'}的事项"
            return comparing.WRONG_COUNT.at(key, why=why)
        return (
            Carried("", key, how, PERSON, said.note) if is_new else Carried(key, "", how, PERSON, said.note),
        )
    side, other = ("上年", olds) if is_new else ("今年", news)
    unknown = [each for each in said.others if each not in other]
    if unknown:
        return comparing.NO_SUCH_ITEM.at(key, wp="、".join(unknown), side=side)
    several = (how == MERGED) == is_new
    if not count:
        return comparing.WRONG_COUNT.at(key, why=f"“{said.word}”没有写对应的{side}编号")
    if count > 1 and (how == CONTINUED or not several):
        return comparing.WRONG_COUNT.at(key, why=f"“{said.word}”写了{count}个{side}编号，只能写一个")
    if count == 1 and how != CONTINUED and several:
        return comparing.WRONG_COUNT.at(key, why=f"“{said.word}”只写了一个{side}编号，至少两个")
    pairs = [(each, key) if is_new else (key, each) for each in said.others]
    return tuple(Carried(*pair, how, PERSON, said.note) for pair in pairs)


def _together(
    held: Mapping[Key, Carried], wanted: Mapping[str, tuple[Carried, ...]]
) -> tuple[dict[Key, Carried], set[Key]]:
    """All links as they would be, and those that were stated now."""
    result = {key: each for key, each in held.items() if not ({each.from_wp, each.to_wp} & wanted.keys())}
    fresh: set[Key] = set()
    for links in wanted.values():
        for link in links:
            key = (link.from_wp, link.to_wp)
            known = held.get(key)
            # The same link said again keeps who said it; another word or note replaces it.
            result[key] = known if known and replace(known, decided_by=PERSON) == link else link
            fresh.add(key)
    ends = {end for key in fresh if all(key) for end in key}
    for key in [key for key in result if not all(key) and key not in fresh and set(key) & ends]:
        del result[key]
    return result, fresh


def _broken(
    result: Mapping[Key, Carried], fresh: Collection[Key], wanted: Mapping[str, tuple[Carried, ...]]
) -> dict[str, Finding]:
    found: dict[str, Finding] = {}

    def refuse(keys: Iterable[Key], finding_of: str, **facts: str) -> None:
        kind = comparing.CLAIMED_TWICE if finding_of == "twice" else comparing.CONTRADICTS
        touched = set(keys)
        for row, links in wanted.items():
            if any((link.from_wp, link.to_wp) in touched for link in links):
                found.setdefault(row, kind.at(row, **facts))

    for end, which in ((0, "from"), (1, "to")):
        by_end: dict[str, list[Key]] = {}
        for key in sorted(result):
            if key[end]:
                by_end.setdefault(key[end], []).append(key)
        for wp, keys in by_end.items():
            if len(keys) < 2 or not set(keys) & set(fresh):
                continue
            others = "、".join(key[1 - end] for key in keys if key[1 - end])
            if any(result[key].how not in GOES_ON for key in keys):
                refuse(keys, "contradicts", rows=wp, why=f"既有对应事项 {others}，又选了没有对应")
            elif which == "from" and any(result[key].how != DIVIDED for key in keys):
                refuse(keys, "twice", old=wp, news=others)
            elif which == "to" and any(result[key].how != MERGED for key in keys):
                refuse(keys, "contradicts", rows=f"{wp}、{others}", why="几项并成一项的，各行都应选“合并”")
    return found
