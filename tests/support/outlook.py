"""A mail as Outlook saves it, drawn byte by byte."""

from __future__ import annotations

import struct

END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def outlook(file: bytes, name: str = "报表.xlsx", sender: str = "li@example.gov.cn") -> bytes:
    """A .msg with one attachment of at least 4,096 bytes, from 李四: entries as name, kind, left, right, child and content."""

    def text(words: str) -> bytes:
        return words.encode("utf-16-le").ljust(4096, b"\0")

    sent = struct.pack("<32xIIQ", 0x00390040, 6, 132_000_000_000_000_000).ljust(4096, b"\0")
    entries = [
        ("Root Entry", 5, FREE, FREE, 1, None),
        ("__substg1.0_0C1A001F", 2, 2, 3, FREE, text("李四")),
        ("__substg1.0_5D01001F", 2, FREE, FREE, FREE, text(sender)),
        ("__attach_version1.0_#00000000", 1, FREE, 4, 5, None),
        ("__properties_version1.0", 2, FREE, FREE, FREE, sent),
        ("__substg1.0_37010102", 2, 6, FREE, FREE, file),
        ("__substg1.0_3707001F", 2, FREE, FREE, FREE, text(name)),
    ]
    chains: list[int] = []
    body = b""

    def add(content: bytes) -> int:
        nonlocal body
        start, count = len(chains), (len(content) + 511) // 512
        chains.extend([*range(start + 1, start + count), END])
        body += content.ljust(count * 512, b"\0")
        return start

    directory = b""
    for name, kind, left, right, child, content in entries:
        title = name.encode("utf-16-le") + b"\0\0"
        start, size = (END, 0) if content is None else (add(content), len(content))
        directory += struct.pack(
            "<64sHBBIII36xIQ", title, len(title), kind, 1, left, right, child, start, size
        )
    first = add(directory)
    table_at = len(chains)
    chains.append(TABLE)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, first, 0, 4096, END, 0, END, 0, table_at,
    )  # fmt: skip
    return head.ljust(512, b"\xff") + body + table
