"""Addresses of mail: exactly one addr-spec, or none.

What a person typed into the list of contacts becomes the only recipient of a message, so it is read narrowly:
no display name, no comment, no quoting, no list, nothing that a header or an SMTP command would read twice.
"""

from __future__ import annotations

import re

_ADDRESS = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,24}"
)
_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]+"
)


def addr_spec(text: str) -> str:
    """The one address that a text is; empty when it is none, several, or anything more.

    >>> addr_spec(" zhang.san@example.gov.cn "), addr_spec("a@b.cn, c@d.cn"), addr_spec("张三 <a@b.cn>")
    ('zhang.san@example.gov.cn', '', '')
    """
    address = text.strip(" \u3000")
    if len(address) > 254 or ".." in address or not _ADDRESS.fullmatch(address):
        return ""
    return address


def one_line(text: str, *, limit: int = 120) -> str:
    r"""A subject: one line without control characters or marks that turn the direction of writing.

    What begins like an encoded word is taken apart: mail programs, and Python's own library before it writes a header
    (CVE-2024-6923), would read a line break out of it.

    >>> one_line("催办\r\nBcc: victim@example.com")
    '催办 Bcc: victim@example.com'
    >>> one_line("=?utf-8?q?x=0D=0ABcc:_victim=40example.com?=")
    '= ?utf-8?q?x=0D=0ABcc:_victim=40example.com?='
    """
    line = " ".join(_CONTROL.sub(" ", text).replace("=?", "= ?").split())
    return line if len(line) <= limit else line[: limit - 1] + "…"
