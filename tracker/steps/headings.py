"""What a person said that the columns of a table mean: asked once for each head or issuer, and remembered as a `Setting`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from tracker.facts import Setting
from tracker.files.ledger import Ledger


def remembered_words(ledger: Ledger, kind: str) -> dict[str, dict[str, str]]:
    """For each head of a kind of statement, our word for each of its labels; of several statements the latest holds."""
    return {
        entry.fact.name.removeprefix(kind): json.loads(entry.fact.content)["columns"]
        for entry in ledger.entries(Setting)
        if entry.fact.name.startswith(kind)
    }


def words_fact(kind: str, head: str, words: Mapping[str, str], *, after: int) -> Setting:
    """What was said of a head, as a fact; `after` tells it from an earlier, equal statement."""
    text = json.dumps({"columns": dict(words), "after": after}, ensure_ascii=False, sort_keys=True)
    return Setting(f"{kind}{head}", hashlib.sha256(text.encode()).hexdigest(), text)
