"""分工核对表: what was understood of a plan beside its source, for a person to correct, and the correction taken back.

A printer's proof, for a plan. `pages` says what it shows, `memory` what it remembers unseen, `take` what a person
changed in it. The workbook itself is laid out by `files.workbooks.proof`.
"""
