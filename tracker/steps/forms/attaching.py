"""Papers among what came back: stamped pages, originals for entries by hand, evidence in folders.

A picture or a scan has no 表号 that a program could read, so somebody's word says whose it is, in this order:

    the form's 表号 in the text of a .pdf
    what a clerk wrote beside it in 报送情况.xlsx, or said with --attach
    the folder that it lies in, named like a unit (各单位报送/市教育局/…)
    its own name, where that holds the name of exactly one unit (said aloud, as it is only a name)

It belongs to the unit's latest round. A name with 盖章 or 签章 makes it the stamped page; a folder 佐证… makes
anything in it evidence; any other is an original. So is a unit's own report (自查报告 in its name), whatever kind of
file it is: the office hands out a draft of it. Nothing of a paper is read into a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from tracker import facts
from tracker.files.ledger import Act
from tracker.problems import Finding
from tracker.problems import door
from tracker.problems import returns
from tracker.reading.forms.tokens import tokens_in
from tracker.reading.units import Register
from tracker.rules.returns.attached import EVIDENCE
from tracker.rules.returns.attached import LABELS
from tracker.rules.returns.attached import ORIGINAL
from tracker.rules.returns.attached import STAMPED
from tracker.rules.returns.attached import UNSTAMPED
from tracker.rules.returns.attached import WORDS
from tracker.rules.returns.attached import Attached
from tracker.rules.returns.attached import says_stamped
from tracker.rules.returns.attached import shown_by
from tracker.rules.returns.attached import stamped_on
from tracker.rules.state import Office
from tracker.steps.forms.taking import Outcome
from tracker.steps.forms.taking import Run
from tracker.steps.opening import Opened

_FOLDER = "佐证"
_OWN_REPORT = "自查报告"
_PAPER = (door.Picture, door.Scan, door.Ofd)

# Unit, round and what as somebody wrote them; empty for what was left open.
Word = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that is no form: whose it is and what, or why nobody can say."""

    attached: Attached | None
    findings: tuple[Finding, ...] = ()


def paper_of(run: Run, opened: Opened, words: Mapping[str, Word]) -> Paper | None:
    """What a file is, where it is a paper; None where it is to be read as a form."""
    name = opened.arrived.name
    said = words.get(name)
    parts = PurePosixPath(name).parts
    is_evidence = any(part.startswith(_FOLDER) for part in parts[:-1])
    token = (
        next((each for each in tokens_in(opened.source) if each in run.forms), "") if opened.source else ""
    )
    is_pdf = opened.source is not None and opened.source.kind == "pdf"
    is_report = _OWN_REPORT in parts[-1]
    if (
        said is None
        and not is_pdf
        and (token or not (is_evidence or is_report or isinstance(opened.problem, _PAPER)))
    ):
        return None
    findings: tuple[Finding, ...] = ()
    if token:
        unit, round_ = run.forms[token].unit, run.forms[token].round
    else:
        unit, findings = _unit(run.register, said[0] if said else "", parts)
        if not unit:
            return Paper(None, (returns.WHOSE_PAPER.at(name),))
        round_ = round_of(run.office, unit, said[1] if said else "")
        if not round_:
            return Paper(None, (returns.NO_ROUND_OF.at(name, unit=run.office.name_of(unit)),))
    kind = WORDS.get(said[2], "") if said else ""
    if not kind:
        kind = EVIDENCE if is_evidence else STAMPED if says_stamped(name) else ORIGINAL
    wp = shown_by(run.office_now(), unit, round_, name) if kind == EVIDENCE else ""
    found = Attached(kind, unit, round_, wp, opened.sha, name, "文件夹", at=run.desk.today)
    return Paper(found, findings)


def _unit(register: Register, said: str, parts: tuple[str, ...]) -> tuple[str, tuple[Finding, ...]]:
    if said:
        return register.resolve(said).unit, ()
    for part in reversed(parts[:-1]):
        unit = register.resolve(part.removesuffix(".zip")).unit
        if unit:
            return unit, ()
    for part in reversed(parts):
        unit = register.named_in(part)
        if unit:
            return unit, (returns.PAPER_BY_NAME.at("/".join(parts), part=part),)
    return "", ()


def round_of(office: Office, unit: str, named: str = "") -> str:
    """The round that a paper of a unit belongs to: the one named, else the latest one it has a form of.

    Empty where there is none, or where the latest rounds of several plans are out at once.
    """
    own = [office.rounds[form.round] for form in office.forms.values() if form.unit == unit]
    if named:
        fitting = {each.round for each in own if named in (each.name, each.round)}
        return fitting.pop() if len(fitting) == 1 else ""
    last = {each.round for each in own if all(other.opens <= each.opens for other in own)}
    return last.pop() if len(last) == 1 else ""


def attach(run: Run, opened: Opened, paper: Paper, act: Act | None) -> None:
    """Keep a paper and record whose it is; without an act it is only said."""
    name = opened.arrived.name
    if paper.attached is None:
        run.outcomes.append(Outcome(name, refused=str(paper.findings[0])))
        return
    run.seen.add(opened.sha)
    run.papers.append((paper.attached, paper.findings))
    if act is None:
        return
    run.desk.folder.keep(opened.arrived.data, name.rpartition("/")[2])
    office = act.office()
    if opened.sha not in office.files:
        unit = office.name_of(paper.attached.unit)
        act.add(facts.File(opened.sha, name, unit, run.desk.call.now), file=opened.sha)
    add(act, paper.attached)


def add(act: Act, paper: Attached) -> None:
    """Record a paper."""
    n = sum(each.subject == paper.subject and each.kind == paper.kind for each in act.office().events)
    act.add(paper.event(n + 1), file=paper.file or paper.carrier, place=paper.place)


def tick(run: Run, stamped: Mapping[str, str], act: Act) -> int:
    """Record what a clerk ticked as 盖章件; how many changed."""
    changed = 0
    for token, word in sorted(stamped.items()):
        form = run.forms.get(token)
        if form is None:
            continue
        has = (form.unit, form.round) in stamped_on(act.office())
        if has == (word == "已收"):
            continue
        kind = UNSTAMPED if has else STAMPED
        add(act, Attached(kind, form.unit, form.round, source="登记", at=run.desk.today))
        changed += 1
    return changed


def lines(run: Run) -> Iterator[str]:
    """What is said of the papers of a run."""
    for paper, findings in run.papers:
        unit, round_ = run.office.name_of(paper.unit), run.office.rounds[paper.round].name
        what = LABELS[paper.kind] + (f"（{paper.wp}）" if paper.wp else "")
        yield f"{paper.name}：{unit}{round_}的{what}，已留存。"
        yield from (f"  {finding}" for finding in findings)
