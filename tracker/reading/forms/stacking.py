r"""Several departments or towns under one unit: their texts stand under each other, each under its name.

Nobody's words are put into anybody else's: one person of the office (or of the unit) makes one text of them. A
choice or a day cannot be stacked; where the departments differ, nobody can say which holds.

    >>> text = stack({"教育科": "开了两次会", "卫生科": "印发通知"})
    >>> text
    '【教育科】开了两次会\n【卫生科】印发通知'
    >>> with_block(text, "教育科", "开了三次会", among={"卫生科"})
    '【教育科】开了三次会\n【卫生科】印发通知'
    >>> with_block(text, "民政科", "走访完毕", among={"卫生科", "教育科"}).splitlines()[-1]
    '【民政科】走访完毕'
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping

from tracker.columns import Column
from tracker.columns import ColumnKind


def can_stack(column: Column) -> bool:
    """Whether texts of this column may stand under each other."""
    return column.kind in (ColumnKind.TEXT, ColumnKind.LONG)


def combined(column: Column, parts: Mapping[str, str]) -> tuple[str, bool]:
    """One answer made of those of several departments, and whether they contradict each other."""
    texts = {part: text for part, text in parts.items() if text.strip()}
    different = list(dict.fromkeys(texts.values()))
    if can_stack(column):
        return (stack(texts) if len(parts) > 1 else "".join(different)), False
    return (different[0] if different else ""), len(different) > 1


def stack(parts: Mapping[str, str]) -> str:
    """Each text under the name of its department."""
    return "\n".join(f"{_head(part)}{text}" for part, text in parts.items())


def with_block(text: str, part: str, words: str, *, among: Collection[str]) -> str:
    """A stacked text with the words of one department replaced, or added below the last.

    Args:
        text: As it stands.
        part: Whose words.
        words: What it says now; empty takes its block away.
        among: The other departments that may have a block.
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines: list[str] = []
    inside, is_placed = False, False
    block = [f"{_head(part)}{words}"] if words.strip() else []
    for line in text.split("\n") if text else []:
        if line.startswith(_head(part)):
            inside = True
            lines += [] if is_placed else block
            is_placed = True
        elif inside and not line.startswith(heads):
            continue
        else:
            inside = False
            lines.append(line)
    return "\n".join(lines if is_placed else [*lines, *block])


def own_block(text: str, part: str, *, among: Collection[str]) -> str:
    r"""The words of one department out of a stacked text; a text without its head is all its own.

    >>> own_block("【教育科】甲\n再写一行\n【卫生科】乙", "教育科", among={"卫生科"})
    '甲\n再写一行'
    """
    heads = tuple(_head(other) for other in among if other != part)
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines) if line.startswith(_head(part))), None)
    if start is None:
        return text
    end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith(heads)), len(lines))
    return "\n".join(lines[start:end]).removeprefix(_head(part))


def _head(part: str) -> str:
    return f"【{part}】"
