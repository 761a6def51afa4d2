"""Moving a formula from one cell to another, as a spreadsheet does when it is copied down.

The only module that imports openpyxl: its tokenizer knows names, strings and structured references apart.
"""

from __future__ import annotations

from tracker.files.patch.spans import Malformed


def move_formula(formula: str, origin: str, target: str) -> str:
    """Rewrite a formula (without its `=`) for another cell.

    >>> move_formula('SUM(A1:A$9)&"B1"', "C1", "C3")
    'SUM(A3:A$9)&"B1"'

    Raises:
        Malformed: A reference would leave the sheet.
    """
    from openpyxl.formula.tokenizer import TokenizerError
    from openpyxl.formula.translate import Translator
    from openpyxl.formula.translate import TranslatorError

    try:
        return str(Translator(f"={formula}", origin).translate_formula(target))[1:]
    except (TranslatorError, TokenizerError, ValueError, IndexError) as error:
        raise Malformed(f"与 {origin} 共用的公式无法移到 {target}") from error
