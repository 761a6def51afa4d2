"""How several units answer together."""

from __future__ import annotations

from tracker.model import Assignment
from tracker.model import Mode
from tracker.model import Role
from tracker.reading.clauses.names import is_group


def mode_of(
    assignments: tuple[Assignment, ...], *, joint: bool = False, each: bool = False, together: bool = False
) -> Mode:
    """Decide the mode; the first row that fits holds.

        会同 anywhere                                              jointly
        somebody leads, and there are others                       lead+all
        分别, 按职责分工, 各负其责, or a share named for each unit     each
        one unit that is no group, or one lead                     single
        several leads and nobody else; 共同, 联合                    jointly
        else                                                       unspecified

    >>> from tracker.model import Assignment as A
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD))).value
    'jointly'
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD)), each=True).value
    'each'
    """
    if not assignments:
        return Mode.UNSPECIFIED
    leads = [each_ for each_ in assignments if each_.role is Role.LEAD]
    answering = [each_ for each_ in assignments if each_.role is not Role.SUPPORT]
    shared = (
        len(answering) > 1 and all(each_.part for each_ in answering) and len({a.part for a in answering}) > 1
    )
    if joint:
        return Mode.JOINTLY
    if leads and len(leads) < len(assignments):
        return Mode.LEAD_ALL
    if each or shared:
        return Mode.EACH
    if len(assignments) == 1 and (leads or (answering and not is_group(assignments[0].unit))):
        return Mode.SINGLE
    if len(leads) > 1 or (together and len(assignments) > 1):
        return Mode.JOINTLY
    return Mode.UNSPECIFIED
