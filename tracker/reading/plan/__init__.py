"""An allocation plan of any shape: which part of a file it is, what its tables and its running text say, its proof.

The readers of layouts (`tables`, `layouts`, `prose`) yield drafts of work points (`drafts`);
`points` reads their words with the grammars of `clauses` and `deadlines`; `parts` takes the file apart and `plan`
puts the plan together.

分工核对表: what was understood of a plan beside its source, for a person to correct, and the correction taken back.

A printer's proof, for a plan. `proof` says what it shows and remembers unseen, `corrections` what a person
changed in it. The workbook itself is laid out by `formats.books.proof`.
"""

from tracker.late import late

with late(globals()):
    from tracker.reading.plan.account import Account, Use
    from tracker.reading.plan.captions import BY_WORD, WORDS, knows, read_captions, recaption
    from tracker.reading.plan.corrections import Correction, ProofReading, is_proof_book, marks_of, take_proof
    from tracker.reading.plan.drafts import Field
    from tracker.reading.plan.entries import unit_names
    from tracker.reading.plan.headwords import (
        LONGEST_HEAD,
        field_of,
        fields_of,
        is_head,
        nearness,
        plain_head,
    )
    from tracker.reading.plan.plan import PlanReading, read_plan
    from tracker.reading.plan.proof import (
        ABOUT,
        ADDRESSEE,
        CAPTION,
        CAPTIONS,
        CONTENT,
        DUE,
        DUTIES,
        GROUPS,
        ISSUE_DAY,
        ITEM,
        LEAD,
        LEFT_OUT,
        LIMIT,
        LOOK,
        MEMBERS,
        MILESTONES,
        MODE,
        MODES,
        NAME,
        NO,
        NOT_TO_RECORD,
        PLACE,
        POINTS,
        READ_AS,
        REQUIREMENT,
        RESPONSIBLE,
        ROW,
        SAME_AS_ABOVE,
        SECTION,
        SOURCE_TEXT,
        SOURCE_WHEN,
        SOURCE_WHO,
        SUPPORT,
        TASK,
        TO_RECORD,
        WENT,
        WHAT,
        YES,
        Proof,
        cells_about,
        duty_name,
        prove,
        read_as,
    )
    from tracker.reading.plan.rows import cells, is_furniture, is_note, is_total

__all__ = [
    "ABOUT",
    "ADDRESSEE",
    "BY_WORD",
    "CAPTION",
    "CAPTIONS",
    "CONTENT",
    "DUE",
    "DUTIES",
    "GROUPS",
    "ISSUE_DAY",
    "ITEM",
    "LEAD",
    "LEFT_OUT",
    "LIMIT",
    "LONGEST_HEAD",
    "LOOK",
    "MEMBERS",
    "MILESTONES",
    "MODE",
    "MODES",
    "NAME",
    "NO",
    "NOT_TO_RECORD",
    "PLACE",
    "POINTS",
    "READ_AS",
    "REQUIREMENT",
    "RESPONSIBLE",
    "ROW",
    "SAME_AS_ABOVE",
    "SECTION",
    "SOURCE_TEXT",
    "SOURCE_WHEN",
    "SOURCE_WHO",
    "SUPPORT",
    "TASK",
    "TO_RECORD",
    "WENT",
    "WHAT",
    "WORDS",
    "YES",
    "Account",
    "Correction",
    "Field",
    "PlanReading",
    "Proof",
    "ProofReading",
    "Use",
    "cells",
    "cells_about",
    "duty_name",
    "field_of",
    "fields_of",
    "is_furniture",
    "is_head",
    "is_note",
    "is_proof_book",
    "is_total",
    "knows",
    "marks_of",
    "nearness",
    "plain_head",
    "prove",
    "read_as",
    "read_captions",
    "read_plan",
    "recaption",
    "take_proof",
    "unit_names",
]
