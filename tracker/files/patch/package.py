"""The zip of a workbook: its parts, what they point at, and the same zip with a few parts changed.

What is not changed is not even unpacked: its record is copied as it stands, with its compression, its time
and its place in the order. A workbook that was patched therefore differs from the one before only in the
parts that were meant, and the same input gives the same bytes on every machine.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from urllib.parse import unquote

from tracker.files.patch.spans import Malformed
from tracker.files.patch.spans import Node
from tracker.files.patch.spans import read

# One part of an honest workbook is far smaller; more is not unpacked.
LARGEST = 512 * 1024 * 1024

_ENCRYPTED = 0x01
# What the directory says about a record that is copied as it stands.
_SAME = (
    "compress_type", "comment", "extra", "create_system", "create_version", "extract_version", "flag_bits",
    "volume", "internal_attr", "external_attr", "CRC", "compress_size", "file_size",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part points at.

    Attributes:
        id: The name by which the part's XML calls it.
        kind: The last word of its type: `worksheet`, `table`, `calcChain` …
        target: The other part; empty when it is outside of the file.
        node: The element that says so.
    """

    id: str
    kind: str
    target: str
    node: Node


class Package:
    """A workbook's zip, read-only.

    Raises:
        Malformed: It is no zip, is encrypted, or has a part twice.
    """

    def __init__(self, data: bytes) -> None:
        if data[:4] == b"\xd0\xcf\x11\xe0":
            raise Malformed("工作簿已加密或是旧版 .xls 格式，请解除密码或另存为 .xlsx")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Malformed("不是 .xlsx 工作簿，或文件不完整") from error
        self._data = data
        self._infos: dict[str, zipfile.ZipInfo] = {}
        for info in self._zip.infolist():
            key = _key(info.filename)
            if key in self._infos:
                raise Malformed(f"文件内部有两个 {info.filename}，可能已损坏")
            self._infos[key] = info

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._infos

    @property
    def names(self) -> list[str]:
        """All parts, in the order of the zip."""
        return [info.filename for info in self._infos.values()]

    def part(self, name: str) -> bytes:
        """The content of a part.

        Raises:
            Malformed: There is no such part, or it cannot be unpacked.
        """
        info = self._infos.get(_key(name))
        if info is None:
            raise Malformed(f"文件内部缺少 {name}")
        if info.file_size > LARGEST or info.flag_bits & _ENCRYPTED:
            raise Malformed(f"文件内部的 {name} 过大或已加密")
        try:
            return self._zip.read(info)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise Malformed(f"文件内部的 {name} 已损坏") from error

    def relations(self, name: str) -> list[Relation]:
        """What a part points at; `""` is the file itself."""
        relations_part = relations_of(name)
        if relations_part not in self:
            return []
        base = posixpath.dirname(name)
        return [
            Relation(
                node.attributes.get("Id", ""),
                node.attributes.get("Type", "").rpartition("/")[2],
                ""
                if node.attributes.get("TargetMode") == "External"
                else _resolve(base, node.attributes.get("Target", "")),
                node,
            )
            for node in read(self.part(relations_part)).children
            if node.local == "Relationship"
        ]

    def rebuild(self, contents: dict[str, bytes], omissions: frozenset[str] = frozenset()) -> bytes:
        """The same zip with the content of some parts changed, some parts left out, and new ones at its end."""
        new = {_key(name): content for name, content in contents.items()}
        omission_keys = {_key(name) for name in omissions}
        # A record reaches to the next one: sizes behind the content may have two forms, and nothing tells which.
        starts = sorted(info.header_offset for info in self._infos.values())
        ends = dict(zip(starts, [*starts[1:], self._zip.start_dir], strict=True))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.comment = self._zip.comment
            for key, info in self._infos.items():
                if key in omission_keys:
                    continue
                if key in new:
                    target.writestr(_fresh(info), new[key])
                elif info.filename.isascii() and info.filename == info.orig_filename:
                    _copy(self._data[info.header_offset : ends[info.header_offset]], info, out, target)
                else:  # the name would not be written as it stood
                    target.writestr(_fresh(info), self._zip.read(info))
            for name, content in contents.items():
                if _key(name) not in self._infos:
                    info = zipfile.ZipInfo(name)  # the oldest time there is: same input, same bytes
                    info.compress_type = zipfile.ZIP_DEFLATED
                    target.writestr(info, content)
        return out.getvalue()


def relations_of(name: str) -> str:
    """The part that lists what a part points at."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def _key(name: str) -> str:
    # Names of parts do not tell upper from lower case (ECMA-376 part 2, 6.2.2.3); some writers use backslashes.
    return name.replace("\\", "/").lstrip("/").lower()


def _resolve(base: str, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(base, unquote(target) if "%" in target else target))


def _fresh(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    fresh = zipfile.ZipInfo(info.filename, info.date_time)
    fresh.compress_type = (
        info.compress_type if info.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    )
    fresh.external_attr, fresh.create_system = info.external_attr, info.create_system
    return fresh


def _copy(record: bytes, info: zipfile.ZipInfo, out: io.BytesIO, target: zipfile.ZipFile) -> None:
    """Copy one record as it stands: header, name, content, and the sizes behind it where there are any."""
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    for name in _SAME:
        setattr(entry, name, getattr(info, name))
    entry.header_offset = out.tell()
    out.write(record)
    target.filelist.append(entry)
    target.NameToInfo[entry.filename] = entry
    target.start_dir = out.tell()
