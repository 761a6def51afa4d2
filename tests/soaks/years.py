"""How well last year's items are found again in a plan that was written anew.

    python -m tests.soaks.years 200 [plan file ...]

A plan's items are last year's; this year's are drawn from them many times over: most are reworded (clauses change
places, some go, verbs are exchanged), some put together, split, dropped, and some are strangers, taken from the other
plans. Then the proposals are counted against what was done; once with a third of the words gone, once with two thirds (`heavy`). Without a file the sample plan is last year's and the
sentences below are the strangers; a plan file that is named comes instead, and its last items are the strangers.

It is content when of the proposals that could be accepted with one word at most one in a hundred names a wrong item.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tracker.files.guard.opening import open_source
from tracker.model import Deadline, Mode
from tracker.reading.plan.plan import read_plan
from tracker.rules.compare.proposals import ASK, CONTINUATION, DIVISION, MERGER, NEW, OMISSION, propose_years
from tracker.rules.office import Point
from tracker.workdays import Calendar

SAMPLE = Path(__file__).resolve().parents[2] / "workbooks" / "政务公开" / "plan.xlsx"
STRANGERS = (
    "开展老旧小区加装电梯意见征集，公布申请条件和补助标准",
    "组织青年人才驿站入住登记，提供七天免费住宿",
    "推行二手房带押过户，实现登记与抵押一次办结",
    "建立首席数据官制度，明确各部门数据责任人",
    "发布夜间公交线路调整方案，听取沿线居民意见",
    "举办粮食安全宣传周活动，曝光典型违法案例",
)
_BETWEEN = re.compile(r"(?<=[，,、；;。])")
_VERBS = {
    "推进": "深化",
    "加强": "强化",
    "建立": "健全",
    "完善": "优化",
    "做好": "抓好",
    "公布": "发布",
    "开展": "组织",
}
_BACK = {after: before for before, after in _VERBS.items()}
_VERB = re.compile("|".join({*_VERBS, *_BACK}))


@dataclass(frozen=True)
class DrawResult:
    """A plan of this year: its texts, and what was done to get each (how, last year's positions)."""

    texts: tuple[str, ...]
    truth: tuple[tuple[str, tuple[int, ...]], ...]
    dropped: frozenset[int]


def next_year(
    last: Sequence[str], strangers: Sequence[str], rng: random.Random, *, heavy: bool = False
) -> DrawResult:
    """Draw this year's plan from last year's; `heavy` leaves a third of the words."""
    order = list(range(len(last)))
    rng.shuffle(order)
    made: list[tuple[str, str, tuple[int, ...]]] = []
    dropped: set[int] = set()
    while order:
        here, chance = order.pop(), rng.random()
        clauses = [each for each in _BETWEEN.split(last[here]) if each.strip()]
        if chance < 0.12:
            dropped.add(here)
        elif chance < 0.22 and len(clauses) >= 4:
            middle = len(clauses) // 2
            made += [("".join(part), DIVISION, (here,)) for part in (clauses[:middle], clauses[middle:])]
        elif chance < 0.32 and order:
            other = order.pop()
            made.append((f"{last[here].rstrip('。；')}；{last[other]}", MERGER, tuple(sorted((here, other)))))
        else:
            text = shortened(clauses, rng) if heavy else reworded(clauses, rng)
            made.append((text, CONTINUATION, (here,)))
    made += [(text, NEW, ()) for text in strangers]
    rng.shuffle(made)
    return DrawResult(
        tuple(text for text, _, _ in made), tuple((how, olds) for _, how, olds in made), frozenset(dropped)
    )


def reworded(clauses: Sequence[str], rng: random.Random) -> str:
    """The same thing in other words: clauses in another order, a third of them gone, other verbs."""
    kept = list(clauses)
    for _ in range(len(kept) // 3):
        kept.pop(rng.randrange(len(kept)))
    if len(kept) > 1 and rng.random() < 0.5:
        kept = kept[1:] + kept[:1]
    text = _VERB.sub(
        lambda found: {**_VERBS, **_BACK}[found[0]] if rng.random() < 0.6 else found[0], "".join(kept)
    )
    return f"{rng.choice(('', '', '继续', '进一步'))}{text}"


def shortened(clauses: Sequence[str], rng: random.Random) -> str:
    """What is left when somebody says it in a third of the words: some clauses, and of these every other piece."""
    kept = [each for each in clauses if rng.random() < 0.6] or [max(clauses, key=len)]
    pieces = [text[at : at + 4] for text in kept for at in range(0, len(text), 4)]
    return "".join(piece for piece in pieces if rng.random() < 0.6) or pieces[0]


def points(plan: str, texts: Sequence[str]) -> list[Point]:
    """Work points with nothing but their texts."""
    return [
        Point(f"{plan}-{n:03}", plan, n, "", "", str(n), text, Deadline(""), Mode.SINGLE, is_inherited=False)
        for n, text in enumerate(texts, 1)
    ]


def measure(
    last: Sequence[str], strangers: Sequence[str], rng: random.Random, *, heavy: bool = False
) -> Counter[str]:
    """Draw one plan and count what is proposed: right, asked, other (right item, other word), missed, wrong."""
    drawn = next_year(last, strangers, rng, heavy=heavy)
    found = propose_years(points("P1", last), points("P2", drawn.texts))
    counts: Counter[str] = Counter()
    for n, (how, olds) in enumerate(drawn.truth, 1):
        offered = found[f"P2-{n:03}"]
        wanted = {f"P1-{each + 1:03}" for each in olds}
        if offered.how == ASK:
            counts["asked"] += 1
        elif offered.how == how and set(offered.others) == wanted:
            counts["right"] += 1
        elif offered.others and set(offered.others) <= wanted:
            counts["other"] += 1
        elif not offered.others:
            counts["missed"] += 1
        else:
            counts["wrong"] += 1
    for each in drawn.dropped:
        alone = found.get(f"P1-{each + 1:03}")
        counts["dropped, right" if alone and alone.how == OMISSION else "dropped, wrong"] += 1
    return counts


def texts_of(path: Path) -> list[str]:
    """The items of a plan file."""
    reading = read_plan(open_source(path), calendar=Calendar())
    return list(dict.fromkeys(point.requirement for point in reading.plan.work_points))


def main(size: int, files: Sequence[Path] = ()) -> bool:
    """Draw so many plans from each file and count."""
    content = True
    for path in files or (SAMPLE,):
        texts = texts_of(path)
        last, strangers = (texts[:-5], texts[-5:]) if files else (texts, STRANGERS)
        for heavy in (False, True):
            total: Counter[str] = Counter()
            for seed in range(size):
                total += measure(last, strangers, random.Random(seed), heavy=heavy)
            items = sum(count for name, count in total.items() if not name.startswith("dropped"))
            told = ", ".join(f"{name} {count} ({count / items:.1%})" for name, count in sorted(total.items()))
            words = "heavy" if heavy else "light"
            print(
                f"{path.name}, {words}: {len(last)} items, {size} plans, {items} items of this year: {told}"
            )
            accepted = total["right"] + total["other"] + total["wrong"]
            content = content and total["wrong"] <= 0.01 * accepted
    return content


if __name__ == "__main__":
    sys.exit(not main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, [Path(each) for each in sys.argv[2:]]))
