r"""Telling what a file is from its bytes. Its ending is never believed.

    >>> tell(b"\xef\xbb\xbf1.\xe7\x94\xb2", "plan.xlsx")
    'text'
    >>> tell(b"\x89PNG\r\n\x1a\n....", "plan.xlsx")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    tracker.problems.files.PictureFile: plan.xlsx：这是图片（PNG）...

What decides, in this order:

1. the first bytes, where they name a format;
2. of a zip, the members that it has (`_MEMBERS`): a renamed .docx stays a .docx;
3. of an OLE file, its streams: `Workbook` is .xls or WPS's .et, `WordDocument` .doc or .wps,
   `EncryptedPackage` any of the new formats behind a password;
4. of everything else, whether it is text, and whether that text is a web page.

Kinds returned: xlsx, xlsm, xlsb, xls, ods, docx, html, text, pdf, which have readers, and doc, rtf, odt, biff,
xml-sheet, xml-text and flat-open, which an office program has to convert. All others are refused here, each by
its own name. Whether text is a table of separated values is for `formats.readers.texts` to say.
"""

from __future__ import annotations

import zipfile

from tracker import patterns as re
from tracker.files.guard.limits import MEGABYTE, PARTS
from tracker.formats.archives import Container, container_of
from tracker.formats.readers.mails import is_mail
from tracker.formats.readers.ole import MAGIC, Compound
from tracker.problems.base import TrackerError
from tracker.problems.files import (
    Archive,
    ClientEncrypted,
    Damaged,
    Encrypted,
    ForbiddenContent,
    Ofd,
    Oversized,
    PictureFile,
    UnknownEncoding,
    UnknownKind,
    WrongKind,
)

_PICTURES = (
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"\xd7\xcd\xc6\x9a", "WMF"),
)
_ARCHIVES = (
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZ"),
    (b"BZh", "BZ2"),
    (b"\xfd7zXZ", "XZ"),
    (b"MSCF", "CAB"),
)
# Workbooks before OLE: BIFF 2 to 4 begin with their own BOF record.
_BARE_BIFF = (
    b"\x09\x00\x04\x00",
    b"\x09\x00\x06\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
)
_RESAVE = "用 Excel 或 WPS 打开，另存为 .xlsx "
_OTHERS = (
    (b"MZ", "可执行程序", "确认选对了文件"),
    (b"\x7fELF", "可执行程序", "确认选对了文件"),
    (b"SQLite format 3\0", "数据库文件", "确认选对了文件"),
    (b"\x00\x00\x00\x18ftyp", "音视频或手机照片文件", "确认选对了文件"),
)
# What encryption clients of Chinese offices put before the bytes of any file that they guard.
_CLIENTS = (b"b#eT", b"\x62\x14\x23\x65", b"%TSD-Header-###%")
_TEXTS = (".txt", ".csv", ".tsv", ".md", ".htm", ".html")
# A member that names the container, and its kind; the first that is there decides.
_MEMBERS = (
    ("xl/workbook.bin", "xlsb"),
    ("xl/workbook.xml", "xlsx"),
    ("word/document.xml", "docx"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."


def tell(data: bytes, name: str) -> str:
    """Tell the kind of a file, or refuse it by the name of what it is."""
    if name.startswith("~$") and len(data) < 1024:
        raise WrongKind(file=name, kind="文件打开期间的临时文件", remedy="选择去掉“~$”的同名文件")
    if not data.strip(b"\0"):
        raise Damaged(file=name, what="内容全部为空字节，可能尚未同步完")
    if data.startswith(_CLIENTS) or b"E-SafeNet" in data[:64]:
        raise ClientEncrypted(file=name)
    for magic, label in _PICTURES:
        if data.startswith(magic) and (label != "BMP" or data[6:10] == b"\0\0\0\0"):
            raise PictureFile(file=name, kind=label)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise PictureFile(file=name, kind="WEBP")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        raise PictureFile(file=name, kind="HEIC")
    for magic, label in _ARCHIVES:
        if data.startswith(magic):
            raise Archive(file=name, kind=label)
    if data[257:262] == b"ustar":
        raise Archive(file=name, kind="TAR")
    if data.startswith(_BARE_BIFF):
        return "biff"
    for magic, label, remedy in _OTHERS:
        if data.startswith(magic) and not (magic == b"MZ" and b"\0" not in data[:256]):
            raise WrongKind(file=name, kind=label, remedy=remedy)
    if data.startswith(b"PK\x03\x04"):
        return _tell_zip(data, name)
    if data.startswith((b"PK\x05\x06", b"PK\x07\x08")):
        raise Archive(file=name, kind="ZIP")
    if data.startswith(MAGIC):
        return _tell_ole(data, name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    return _tell_text(data, name)


def open_zip(data: bytes, name: str) -> Container:
    """Open a packed file whose list of parts is of a size that may be read."""
    # The number of entries stands in the last record; a list of millions is refused unread.
    end = data.rfind(b"PK\x05\x06")
    if end < 0:
        raise Damaged(file=name, what="缺少结尾部分，可能没有传输完")
    if int.from_bytes(data[end + 10 : end + 12], "little") > PARTS:
        raise Oversized(file=name, what="内部文件过多")
    try:
        package = container_of(data)
    except TrackerError:
        raise
    except Exception as failure:  # zipfile has no one class for what it meets
        raise Damaged(file=name, what="压缩结构不完整") from failure
    if len(package.infolist()) > PARTS:
        raise Oversized(file=name, what="内部文件过多")
    return package


def _tell_zip(data: bytes, name: str) -> str:
    archive = open_zip(data, name)
    parts = archive.parts
    if any(part.flag_bits & 1 for part in parts.values()):
        raise Encrypted(file=name)
    for member, kind in _MEMBERS:
        if member in parts:
            macros = kind == "xlsx" and "xl/vbaproject.bin" in parts
            return "xlsm" if macros else kind
    if "ofd.xml" in parts:
        raise Ofd(file=name)
    if "mimetype" in parts and parts["mimetype"].file_size < 200:
        return _tell_open_document(archive, name)
    if "[content_types].xml" in parts:
        main = _main_part(archive, parts["[content_types].xml"])
        if main:
            return main
        if any(part.startswith("ppt/") for part in parts):
            raise WrongKind(file=name, kind="演示文稿（PPT）", remedy="把内容整理成 .xlsx 表格或 .docx 文档")
        raise Damaged(file=name, what="缺少工作簿或正文部分")
    raise Archive(file=name, kind="ZIP")


def _tell_open_document(archive: Container, name: str) -> str:
    parts = archive.parts
    try:
        kind = archive.read(parts["mimetype"]).decode("ascii", "replace").strip()
        manifest = parts.get("meta-inf/manifest.xml")
        if manifest and manifest.file_size < MEGABYTE and b"encryption-data" in archive.read(manifest):
            raise Encrypted(file=name)
    except Encrypted:
        raise
    except Exception as failure:  # see open_zip
        raise Damaged(file=name, what="压缩结构不完整") from failure
    if kind.startswith(_OPEN_DOCUMENT + "spreadsheet"):
        return "ods"
    if kind.startswith(_OPEN_DOCUMENT + "text"):
        return "odt"
    if kind.startswith(_OPEN_DOCUMENT):
        raise WrongKind(file=name, kind="演示文稿或图形文件", remedy="把内容整理成 .xlsx 表格或 .docx 文档")
    raise Archive(file=name, kind="ZIP")


def _main_part(archive: Container, types: zipfile.ZipInfo) -> str:
    """The kind by the content types, for the rare file that keeps its main part elsewhere."""
    if types.file_size > MEGABYTE:
        return ""
    try:
        content = archive.read(types)
    except Exception:  # see open_zip
        return ""
    for mark, kind in (
        (b"sheet.binary.macroEnabled.main", "xlsb"),
        (b"spreadsheetml.sheet.main+xml", "xlsx"),
        (b"sheet.macroEnabled.main+xml", "xlsm"),
        (b"wordprocessingml.document.main+xml", "docx"),
    ):
        if mark in content:
            return kind
    return ""


def _tell_ole(data: bytes, name: str) -> str:
    try:
        compound = Compound(data)
    except ValueError as failure:
        raise Damaged(file=name, what="文件结构不完整，可能没有传输完") from failure
    streams = compound.entries
    if "EncryptedPackage" in streams:
        raise Encrypted(file=name)
    if "Workbook" in streams or "Book" in streams or "WORKBOOK" in streams or "BOOK" in streams:
        return "xls"
    if "WordDocument" in streams:
        # Bit 8 of the flags in the file information block ([MS-DOC] 2.5.2): fEncrypted.
        try:
            head = compound.stream("WordDocument")[:12]
        except ValueError as failure:
            raise Damaged(file=name, what="文件结构不完整，可能没有传输完") from failure
        if len(head) == 12 and head[11] & 1:
            raise Encrypted(file=name)
        return "doc"
    if "PowerPoint Document" in streams:
        raise WrongKind(file=name, kind="演示文稿（PPT）", remedy="把内容整理成 .xlsx 表格或 .docx 文档")
    if any(stream.startswith("__substg1.0") for stream in streams):
        raise WrongKind(file=name, kind="邮件（.msg）", remedy="打开邮件，把附件另存出来")
    raise UnknownKind(file=name)


_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body|table)[\s>]", re.I)
_XML_KINDS = (
    ("urn:schemas-microsoft-com:office:spreadsheet", "xml-sheet"),
    ("schemas.microsoft.com/office/word/2003/wordml", "xml-text"),
    ("http://schemas.microsoft.com/office/2006/xmlPackage", "xml-text"),
    ("urn:oasis:names:tc:opendocument:xmlns:office", "flat-open"),
)


def _tell_text(data: bytes, name: str) -> str:
    from tracker.formats.readers.texts import decode

    text = decode(data[: 256 * 1024], partial=len(data) > 256 * 1024)
    if text is None:
        raise UnknownEncoding(file=name) if name.lower().endswith(_TEXTS) else UnknownKind(file=name)
    head = text[:4096].lstrip("\ufeff \t\r\n")
    lower = head.lower()
    if "multipart/related" in lower and (
        lower.startswith("mime-version:") or "snapshot-content-location:" in lower
    ):
        raise WrongKind(file=name, kind="单个文件网页（.mht）", remedy=_RESAVE)
    if is_mail(data):
        raise WrongKind(file=name, kind="邮件（.eml）", remedy="打开邮件，把附件另存出来")
    if head.startswith("<?xml"):
        if "<!DOCTYPE" in text or "<!ENTITY" in text:
            raise ForbiddenContent(file=name, what="XML 带有 DOCTYPE 声明")
        for mark, kind in _XML_KINDS:
            if mark in head:
                return kind
    # A page may begin with comments or scripts; prose never begins with a tag.
    if head.startswith("<") and _PAGE.search(text):
        return "html"
    if head.startswith("<?xml"):
        raise WrongKind(file=name, kind="XML 数据文件", remedy="导出为 .xlsx 表格")
    return "text"
