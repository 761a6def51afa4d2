"""How several units answer together."""

from __future__ import annotations

from tracker.model import Assignment
from tracker.model import Mode
from tracker.model import Role
from tracker.reading.clauses.names import is_group


def mode_of(
    assignments: tuple[Assignment, ...],
    *,
    joint: bool = False,
    severally: bool = False,
    together: bool = False,
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
    >>> mode_of((A("市教育局", Role.LEAD), A("市财政局", Role.LEAD)), severally=True).value
    'each'
    """
    if not assignments:
        return Mode.UNSPECIFIED
    leads = [assignment for assignment in assignments if assignment.role is Role.LEAD]
    principals = [assignment for assignment in assignments if assignment.role is not Role.SUPPORT]
    has_shares = (
        len(principals) > 1
        and all(principal.part for principal in principals)
        and len({a.part for a in principals}) > 1
    )
    if joint:
        return Mode.JOINTLY
    if leads and len(leads) < len(assignments):
        return Mode.LEAD_ALL
    if severally or has_shares:
        return Mode.EACH
    if len(assignments) == 1 and (leads or (principals and not is_group(assignments[0].unit))):
        return Mode.SINGLE
    if len(leads) > 1 or (together and len(assignments) > 1):
        return Mode.JOINTLY
    return Mode.UNSPECIFIED
