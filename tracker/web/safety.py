"""Who may ask the page, and what may be named to it.

A page on 127.0.0.1 can be reached by every page that is open in the same browser, and by every program on the PC. Let in
is what shows all of these, in this order; anything else gets 403 and nothing is done:

    Host       exactly 127.0.0.1:PORT: a name that was made to point here (DNS rebinding) is refused
    Origin     on whatever is no GET or HEAD it has to be there and be our own; elsewhere it may be absent
    Sec-Fetch-Site   where a browser sends it: same-origin, or none (typed, or opened by the system)
    cookie     the secret of this run; set by the entrance, which takes a token that is good for one visit

The cookie is HttpOnly and SameSite=Strict and carries the port in its name, as cookies of a host are shared by its ports.

What is named by a browser is a path below the office folder, written with `/`. Refused: absolute, with a drive or a
share, `..`, names that Windows takes for devices, names that begin with a dot (the ledger), and links that lead out.
A file that comes in gets a name made of what is harmless in its own, and never that of a file which is there.
"""

from __future__ import annotations

import secrets
from dataclasses import field
from pathlib import Path, PurePosixPath

from tracker import patterns as re
from tracker.printable import is_device, name_for_file
from tracker.problems.office import NotADocument, OutsideOffice
from tracker.values import dataclass

HOST = "127.0.0.1"
_READING = frozenset({"GET", "HEAD"})
# Systems take 255 bytes.
_NAME_BYTES, _NAME_PARTS = 200, 3
# Shown by a program that the PC has for it; anything else could be a program itself.
_DOCUMENTS = frozenset(
    [
        ".xlsx",
        ".xls",
        ".xlsm",
        ".et",
        ".ods",
        ".csv",
        ".ics",
        ".docx",
        ".doc",
        ".wps",
        ".odt",
        ".rtf",
        ".txt",
        ".md",
        ".pdf",
        ".ofd",
        ".png",
        ".jpg",
        ".jpeg",
        ".bmp",
        ".tif",
        ".tiff",
        ".gif",
        ".zip",
        ".ics",
        ".eml",
    ]
)
# Pages are shown where the program writes them, not where units send them.
_PAGE_FOLDERS = frozenset({"报告"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: Origin would be "null" on our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass
class Gate:
    """The secrets of one run of the page.

    Attributes:
        port: The port of this run.
        token: What the entrance takes once; empty when it was taken.
        secret: The value of the cookie.
    """

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @property
    def cookie(self) -> str:
        """The cookie's name."""
        return f"desk-{self.port}"

    @property
    def origin(self) -> str:
        """Where the page lies."""
        return f"http://{HOST}:{self.port}"

    def is_own(self, method: str, host: str, origin: str | None, site: str | None) -> bool:
        """Whether a request comes from this page, or from nowhere, and was meant for it."""
        if host != f"{HOST}:{self.port}":
            return False
        if origin != self.origin and not (origin is None and method in _READING):
            return False
        return site in (None, "same-origin", "none")

    def is_known(self, cookie: str | None) -> bool:
        """Whether a browser was let in before."""
        return secrets.compare_digest((cookie or "").encode(), self.secret.encode())

    def enter(self, token: str) -> bool:
        """Let a browser in; the token is good for one visit."""
        is_right = bool(self.token) and secrets.compare_digest(token.encode(), self.token.encode())
        if is_right:
            self.token = ""
        return is_right


def path_inside(root: Path, text: str) -> Path:
    """The file or folder that a path below the office folder names; empty names the folder itself.

    Raises:
        OutsideOffice: It leads elsewhere, or to what is not to be touched, or to nothing.
    """
    parts = PurePosixPath(text).parts if text else ()
    # An absolute path and a doubled slash have an empty part, which is not harmless.
    is_foreign = "\\" in text or ":" in text
    if is_foreign or not all(map(_is_harmless, text.split("/") if text else ())):
        raise OutsideOffice(path=text[:80])
    path = root.joinpath(*parts)
    try:
        if not path.exists() or not path.resolve().is_relative_to(root.resolve()):
            raise OutsideOffice(path=text[:80])
    except (OSError, ValueError, RuntimeError):  # too long, or a circle of links
        raise OutsideOffice(path=text[:80]) from None
    return path


def _is_harmless(part: str) -> bool:
    return bool(part) and not part.startswith(".") and part == part.rstrip(" .") and not is_device(part)


def document_inside(root: Path, text: str) -> Path:
    """The folder or document to be shown.

    Raises:
        OutsideOffice: See `path_inside`.
        NotADocument: It could be a program.
    """
    path = path_inside(root, text)
    suffix = path.suffix.lower()
    is_own_page = suffix in (".html", ".htm") and path.relative_to(root).parts[0] in _PAGE_FOLDERS
    if path.is_dir() or suffix in _DOCUMENTS or is_own_page:
        return path
    raise NotADocument(name=path.name)


def safe_upload(folder: Path, text: str) -> Path:
    r"""Where a file that comes in is to lie below a folder: nowhere else, and over nothing.

    >>> safe_upload(Path("各单位报送"), "../../市教育局/CON.xlsx").as_posix()
    '各单位报送/市教育局/CON_.xlsx'
    >>> safe_upload(Path("各单位报送"), "C:\\表\\ 填报表?.xlsx ").as_posix()
    '各单位报送/C_/表/填报表_.xlsx'
    >>> safe_upload(Path("方案"), "~$CON.txt").as_posix()
    '方案/CON_.txt'
    """
    parts = [_harmless_name(part) for part in re.split(r"[\\/]", text) if part.strip(" .")]
    parts = parts[-_NAME_PARTS:] or ["未命名"]
    target = folder.joinpath(*parts)
    stem, suffix, n = target.stem, target.suffix, 1
    while target.exists():
        n += 1
        target = target.with_name(f"{stem}（{n}）{suffix}")
    return target


def _harmless_name(part: str) -> str:
    # A name that begins with ~ or a dot is passed over as a program's own file.
    # What is left without it may be the name of a device.
    name = name_for_file(re.sub(r"^[~$.\s]+", "", name_for_file(part)))
    suffix = PurePosixPath(name).suffix
    while len(name.encode()) > _NAME_BYTES:
        name = name.removesuffix(suffix)[:-1].rstrip(" .") + suffix
    return name
