"""How well proposals fit plans that were written anew; the figures stand in docs/years.md."""

from __future__ import annotations

import json
import random
from collections import Counter

from tests.soaks.years import SAMPLE, STRANGERS, main, measure, points, texts_of
from tracker.rules.compare.proposals import propose_levels


def test_a_plan_in_other_words_is_found_again_and_strangers_are_not():
    total: Counter[str] = Counter()
    for seed in range(12):
        total += measure(texts_of(SAMPLE), STRANGERS, random.Random(seed), heavy=seed % 2 == 1)

    assert total["wrong"] == 0
    assert total["right"] > 0.9 * (total["right"] + total["missed"] + total["asked"] + total["other"])


def test_a_real_plan_in_other_words_is_found_again(shared):
    plan = next((shared / "seeds").glob("002_*"))

    assert main(4, [plan])


def test_what_a_province_asks_finds_the_item_of_a_city_that_has_it(shared):
    ours = texts_of(next((shared / "seeds").glob("002_*")))
    gold = json.loads(
        (shared / "corpus" / "excerpts" / "fj2018_flat" / "gold.json").read_text(encoding="utf-8")
    )
    theirs = [point["requirement"] for point in gold["work_points"]]

    found = propose_levels(points("P9", theirs), points("P2", ours))

    gazette = {f"P2-{n:03}" for n, text in enumerate(ours, 1) if "政府公报" in text}
    for each in found.values():
        assert gazette & {*each.others, *each.near}
