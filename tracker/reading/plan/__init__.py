"""An allocation plan of any shape: which part of a file it is, what its tables and its running text say.

The rooms `tables` and `prose` yield drafts of work points; `plan` reads their words with the grammars of `clauses` and
`deadlines`; `parts` takes the file apart and `plan` puts the plan together; `account` says where every cell and line went.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.plan.account import PlanReading
    from tracker.reading.plan.letter import read_source, with_letter
    from tracker.reading.plan.plan import read_plan
