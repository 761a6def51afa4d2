"""Reading who answers for a work point, and in what role.

A plan states responsibility in ordinary Chinese, in a cell or in the bracket at the end of a requirement, and
the wording decides the role:

    >>> from tracker.reading.clauses import read_responsibility
    >>> responsibility = read_responsibility("市教育局牵头，市财政局、各县（市、区）人民政府按职责分工负责（见附件1）")
    >>> for assignment in responsibility.assignments:
    ...     print(assignment.role.value, assignment.unit)
    lead 市教育局
    responsible 市财政局
    responsible 各县（市、区）人民政府
    >>> responsibility.mode.value, responsibility.groups
    ('lead+all', ('各县（市、区）人民政府',))

The grammar in full. A quoted word stands for its whole row in the tables of `words`; marks have either width,
characters either script:

    clause    = [ bracket ] statement { mark statement } [ bracket ]
    statement = [ label ] ( names [ verb [ object ] ] | aside )
    mark      = "、" (one rank) | "，" "/" "|" (next rank) | "；" "。" line (next sentence)
              | blank or nothing, between two whole names
    label     = "牵头单位" … "："        the role of the names behind it, until the next label
    names     = [ "由" ] [ share "由" ] name { conjunction name } [ "等" [ "有关部门" … ] ]
    name      = [ "★" ] words [ bracket ] [ footnote ]
    verb      = { manner } role          lead, responsible or support
              | "会同" | "商"             the names behind it support those before it
              | "联合"                    the names behind it stand beside those before it
              | "为" role "单位"
              | deed                      制定, 于 …: no role, but the name ends here
    manner    = "按职责分工" | "分别"      each for its share
              | "共同" | …                together; most say nothing
    object    = share | deed | next statement without a mark
    aside     = person | time limit | reference | prose       left out, and said so (`senses_of`)

What a bracket behind a name is (`names`): part of it (（市、区）, （管委会）, （市大数据局）), a reference that is
dropped (见附件1，下同), a role (牵头), a share (负责校园部分; 1-3), a note (第一个为牵头单位), or a clause.

Which names a verb speaks of (`roles`): all that wait, across commas; but a verb of support does not reach back
over a comma while nobody answers, and one behind 会同 speaks of the names before it. A name that no verb takes has
the role of its label, then of its column, and without any is responsible; under 牵头单位 it is responsible where
the cell has a role word for another name. Words in the cell beat the head of the column.

What is a name (`names`): no list of units exists. A statement without a verb is names unless it begins like a
sentence (加强…), holds a particle or a date, or is longer than any name. A verb counts only behind something that
can be its subject; weak verbs (监督, 实施) only behind a whole name, since 市场监督管理局 holds one. A conjunction
parts two whole names and nothing else, so 教育和体育局 stays one. 各区、县级市 and 中央、省驻市单位 are one name each.

Names come out as written, an elliptical prefix as elliptical as it was; `rules.register` decides which body a name
means. Nothing here knows a particular unit, and matrices are read by `reading.tables.tables`.
"""

# mypy: implicit-reexport

from tracker.late import late

with late(globals()):
    from tracker.reading.clauses.names import (
        denotes_all,
        is_group,
        is_office_by_deed,
        is_own_noun,
        is_person,
        is_person_name,
        is_sound_name,
        is_time,
        is_unit,
        is_unit_as_written,
    )
    from tracker.reading.clauses.responsibility import (
        closing_bracket,
        read_responsibility,
        senses_of,
        unclear_roles,
    )
    from tracker.reading.clauses.roles import NoteEffect, apply_note, mode_of, read_note, without_note
    from tracker.reading.clauses.words import (
        SAME_AS_BEFORE,
        Sense,
        bracket_pairs,
        fold_characters,
        insides,
        tags_as_labels,
    )
