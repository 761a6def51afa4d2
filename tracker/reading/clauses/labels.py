"""What a label inside a clause makes of the words behind it."""

from __future__ import annotations

import re

from tracker.model import Role
from tracker.reading.clauses import words
from tracker.reading.clauses.clause import Sense


def label_meaning(label: str) -> tuple[Sense | None, Role | None]:
    """What stands behind a (folded) label: a sense that is no name, or else the role of the names.

    >>> [label_meaning(each) for each in ("完成时限", "联系人", "配合单位", "责任分工")]
    [(<Sense.TIME: 'time'>, None), (<Sense.PERSON: 'person'>, None), (None, <Role.SUPPORT: 'support'>), (None, None)]
    """
    label = re.sub(r"[：\s]|为$|是$", "", label)
    bare = re.sub(r"（[^）]*）$", "", label)
    role = words.role_of(label)
    if words.TIME_LABEL.search(bare):
        return Sense.TIME, None
    if role is None:
        return (Sense.PERSON if words.PERSON_LABEL.search(bare) else Sense.PROSE), None
    return None, (None if words.NEUTRAL_LABEL.fullmatch(label) else role)
