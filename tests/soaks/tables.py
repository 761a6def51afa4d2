"""Tables, texts, papers, pastes and times in sentences of any habit of layout, thousands of them: what is wrong without a word, refused, or told though it is right.

    python -m tests.soaks.tables 0 1000

reads all with these seeds in every form. Ends with 1 where something is wrong without a word.
"""

from __future__ import annotations

import sys
from collections import Counter

from tests.support.drawn_papers import KINDS, draw_paper
from tests.support.drawn_pastes import FORMS as PASTE_FORMS, draw_paste
from tests.support.drawn_tables import FORMS as TABLE_FORMS, draw_table, picture
from tests.support.drawn_texts import FORMS as TEXT_FORMS, WithPoints, draw_text, hidden
from tests.support.drawn_times import KINDS as TIME_KINDS, draw_times
from tracker.problems.reading import NotAPlan
from tracker.reading.plan import read_plan


def main(first: int, end: int) -> int:
    """Read what has these seeds; the number of drawings with something wrong in them and no word of it."""
    wrong = 0
    drawers = (
        dict.fromkeys(KINDS, draw_paper)
        | dict.fromkeys(TIME_KINDS, draw_times)
        | dict.fromkeys(PASTE_FORMS, draw_paste)
    )
    for form in (*TABLE_FORMS, *TEXT_FORMS, *KINDS, *TIME_KINDS, *PASTE_FORMS):
        counts: Counter[str] = Counter()
        for seed in range(first, end):
            drawing: WithPoints
            if form in TABLE_FORMS:
                table = draw_table(seed, form)
                drawing, source, text = table, table.source, picture(table)
            else:
                prose = drawers.get(form, draw_text)(seed, form)
                drawing, source, text = prose, prose.source, prose.text
            counts["points"] += len(drawing.points)
            try:
                reading = read_plan(source)
            except NotAPlan:
                counts["refused"] += 1
                continue
            counts["findings"] += len(reading.findings)
            if errors := hidden(drawing, reading):
                counts["wrong"] += 1
                print(f"== {form} {seed}", text, *errors, sep="\n")
        wrong += counts["wrong"]
        print(form, dict(counts), flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main(*map(int, sys.argv[1:3] or ("0", "200"))) else 0)
