"""An allocation plan of any shape: which part of a file it is, what its tables and its running text say, its proof.

The rooms `tables` and `prose` yield drafts of work points; `plan` reads their words with the grammars of `clauses` and
`deadlines`; `parts` takes the file apart and `plan` puts the plan together; `account` says where every cell and line went.

分工核对表: what was understood of a plan beside its source, for a person to correct, and the correction taken back.

A printer's proof, for a plan. `proof` says what it shows and remembers unseen, `corrections` what a person
changed in it. The workbook itself is laid out by `formats.books.proof`.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.plan.account import PlanReading
    from tracker.reading.plan.letter import read_source, with_letter
    from tracker.reading.plan.plan import read_plan
    from tracker.reading.plan.proof import (
        BY_WORD,
        CELLS_OF,
        MODES,
        UNITS,
        WORDS,
        Label,
        Proof,
        ProofMemory,
        about_cells,
        cell_text,
        cells_about,
        duty_cells,
        duty_name,
        is_proof,
        knows,
        point_cells,
        prove,
        read_as,
        recall,
        recaption,
        row_name,
    )
