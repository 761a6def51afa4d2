"""Which of two returns of one form is the later one, where their dates tell.

the other return was taken          this one was saved     outcome
in this run                         later                  later
in this run                         in the same second     nobody knows: asked once
in an earlier run                   then or later          later
in an earlier run                   earlier                it came later and is older: asked once
earlier, and nobody knows when      at any time            later
"""

from __future__ import annotations

import datetime as dt


def is_later(saved_at: dt.datetime, other: dt.datetime | None, *, same_run: bool) -> bool:
    """Whether a return certainly replaces another one of the same form.

    >>> noon = dt.datetime(2018, 9, 3, 12)
    >>> is_later(noon, noon, same_run=True), is_later(noon, noon, same_run=False)
    (False, True)
    """
    if other is None:
        return True
    return saved_at > other if same_run else saved_at >= other
