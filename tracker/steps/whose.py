"""Whose form a file is: told by its token, then by its structure, never by its name.

    tokens in the file             outcome
    one, ours                      that form
    one, not ours                  foreign, refused
    several                        two forms put together, refused
    none, no head of a form        no form, refused
    none, but a form               the one form whose unit stands in the file and whose rows it shows; else refused

A form of a round that was taken already, sent again after the next round's form went out, is an old one filled
in by mistake: it is refused by the name of its round.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tracker import facts
from tracker.grid import Source
from tracker.problems import Finding
from tracker.problems import returns
from tracker.reading.form import plain
from tracker.reading.form import read_form
from tracker.reading.form import tokens_in
from tracker.rules.state import Office


@dataclass(frozen=True)
class Whose:
    """What was found.

    Attributes:
        source: The file.
        form: The form; None where it is none of ours.
        finding: Why it is refused, or how it was found without a token.
        refused: Whether a form of ours is refused all the same.
    """

    source: Source
    form: facts.Form | None
    finding: Finding | None = None
    refused: bool = False


def whose(source: Source, forms: Mapping[str, facts.Form], office: Office, *, taken: frozenset[str]) -> Whose:
    """Find the form that a file is; `taken` are forms that came back before."""
    tokens = tokens_in(source)
    if len(tokens) > 1:
        return Whose(source, None, returns.TWO_TOKENS.at(source.name, token=tokens[0], other=tokens[1]))
    if tokens and tokens[0] not in forms:
        return Whose(source, None, returns.FOREIGN.at(source.name, token=tokens[0]))
    if not tokens:
        return _by_structure(source, forms, office)
    form = forms[tokens[0]]
    now = _newer_round(form, office)
    if now is not None and form.form in taken:
        finding = returns.OLD_ROUND.at(
            source.name, round=office.rounds[form.round].name, now=office.rounds[now].name
        )
        return Whose(source, form, finding, refused=True)
    if not read_form(source).is_form:
        return Whose(source, None, returns.NOT_A_FORM.at(source.name))
    return Whose(source, form)


def _newer_round(form: facts.Form, office: Office) -> str | None:
    """A later round of the same plan for which the same unit has a form."""
    own = office.rounds[form.round]
    later = [
        each.round
        for each in office.forms.values()
        if each.unit == form.unit
        and office.rounds[each.round].plan == own.plan
        and office.rounds[each.round].opens > own.opens
    ]
    return later[-1] if later else None


def _by_structure(source: Source, forms: Mapping[str, facts.Form], office: Office) -> Whose:
    reading = read_form(source)
    if not reading.is_form:
        return Whose(source, None, returns.NOT_A_FORM.at(source.name))
    texts = [plain(paragraph.text) for paragraph in source.paragraphs]
    texts += [
        plain(value) for grid in source.grids for row in grid.rows for value in row if isinstance(value, str)
    ]
    shown = set(reading.rows)
    candidates = [
        form
        for form in forms.values()
        if shown
        and shown <= set(form.rows)
        and _newer_round(form, office) is None
        and any(plain(f"填报单位：{office.name_of(form.unit)}") in text for text in texts)
    ]
    if len(candidates) != 1:
        return Whose(source, None, returns.NO_TOKEN.at(source.name))
    unit = office.name_of(candidates[0].unit)
    return Whose(source, candidates[0], returns.FOUND_BY_STRUCTURE.at(source.name, unit=unit))
