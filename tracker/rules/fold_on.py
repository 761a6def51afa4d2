"""The fold, continued: what came since is folded into the office that is there.

Sending a thousand messages is two thousand acts, and none of them changes a plan: only the parts that the new facts
feed are folded anew. The result is what `fold` gives of all facts together.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import replace

from tracker import facts
from tracker.facts import ActRow
from tracker.facts import Fact
from tracker.rules.fold import fold_facts
from tracker.rules.fold_keys import Entries
from tracker.rules.fold_keys import in_force
from tracker.rules.fold_keys import sheets_of
from tracker.rules.fold_tries import messages_and_slots
from tracker.rules.state import CellKey
from tracker.rules.state import CellNow
from tracker.rules.state import Office

# Kinds that no plan, unit, form or answer depends on: what each of them feeds is folded anew by itself.
_APART = frozenset(
    {
        facts.Document,
        facts.Event,
        facts.File,
        facts.Message,
        facts.MessageAttempt,
        facts.MessageOutcome,
        facts.Setting,
        facts.SheetWritten,
        facts.Slot,
        facts.SlotAttempt,
        facts.SlotOutcome,
    }
)


def fold_news(
    before: Office,
    news: Collection[type[Fact]],
    entries: Entries,
    cells: Mapping[CellKey, CellNow],
    acts: Sequence[ActRow],
) -> Office:
    """Fold what came since `before`.

    Args:
        before: The office as all but the news said it.
        news: The kinds of the facts that came.
        entries: As for `fold`, with the news.
        cells: As for `fold`, with the news.
        acts: As for `fold`, with the news.
    """
    if not _APART.issuperset(news):
        return fold_facts(entries, cells, acts)
    return replace(
        before,
        seq=acts[-1].last_seq,
        act=acts[-1].no,
        cells=cells,
        events=tuple(in_force(entries, facts.Event)),
        documents={document.document: document for document in in_force(entries, facts.Document)},
        sheets=sheets_of(entries),
        files={file.sha: file for file in in_force(entries, facts.File)},
        **messages_and_slots(entries, acts),
    )
