"""Finding the templates and samples that come with the program, wherever it runs from.

Three ways in which it can be installed, tried in this order:

    wheel       the build put them inside the package: tracker/shipped/templates, tracker/shipped/workbooks
    clone       they stand beside the package, at the top of the repository: templates/, workbooks/
    editable    the package is found in the clone, so the same
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_path(*parts: str) -> Path:
    """The path of a shipped file or folder, for example `shipped("templates", "report.txt")`.

    Raises:
        FileNotFoundError: It was not shipped; that is a mistake of the build and not of the user.
    """
    for root in (_PACKAGE / "shipped", _PACKAGE.parent):
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise FileNotFoundError("/".join(parts))
