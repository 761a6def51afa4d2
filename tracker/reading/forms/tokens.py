"""The 表号 of a form, wherever it stands in a file: what holds a form together when everything else is lost."""

from __future__ import annotations

import re
import unicodedata

from tracker.grid import Source
from tracker.reading.marks import IDENTITY_SHEET

_TOKEN = re.compile(r"F[0-9]{1,7}-[0-9A-F]{4}")
# A unit may write of its workshop F1-2020 in an answer: printed, a token stands after its label or alone.
_PRINTED_TOKEN = re.compile(r"表号\s*:?\s*(F[0-9]{1,7}-[0-9A-F]{4})(?![0-9A-Za-z])")


def tokens_in(source: Source) -> tuple[str, ...]:
    """Every token in the file, the embedded one first, each once."""
    hidden_tokens = [
        grid.text(row, 1)
        for grid in source.grids
        if grid.name == IDENTITY_SHEET
        for row in range(grid.height)
        if grid.text(row, 0) == "token"
    ]
    texts = [paragraph.text for paragraph in source.paragraphs]
    for grid in source.grids:
        if grid.name != IDENTITY_SHEET:
            texts += [value for row in grid.rows for value in row if isinstance(value, str) and "F" in value]
    plain_texts = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    printed_tokens = [token for text in plain_texts for token in _PRINTED_TOKEN.findall(text)]
    alone = [text for text in plain_texts if _TOKEN.fullmatch(text)]
    tokens = [*(token for token in hidden_tokens if _TOKEN.fullmatch(token)), *printed_tokens]
    return tuple(dict.fromkeys(tokens or alone))
