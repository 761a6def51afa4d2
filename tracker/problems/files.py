"""What can be wrong with a file that comes in, with one that cannot be written, and with a template.

Of a file that comes in: before anybody has read a word of it. Of a template: of one that the office changed.

A refusal of a file that comes in is raised in the worker and crosses the pipe by its name: `files.guard.wire` lets
classes of this module through.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tracker.problems.base import TrackerError


class NoSuchFile(TrackerError):
    """There is no file at the path that was typed."""

    code = "no-such-file"
    sentence = "{file}：找不到这个文件。请检查路径和文件名（可把文件直接拖进窗口）。"


class NotAFile(TrackerError):
    """The path names a folder or a device."""

    code = "not-a-file"
    sentence = "{file}：这是文件夹，不是文件。请指明其中的一个文件。"


class CannotOpen(TrackerError):
    """The system does not let us read the file: no right to, or another program holds it."""

    code = "cannot-open"
    sentence = "{file}：无法打开（没有权限，或正被其他程序独占）。请关闭正在使用它的程序，或复制一份后重试。"


class EmptyFile(TrackerError):
    """The file has no bytes."""

    code = "empty-file"
    sentence = "{file}：文件是空的，没有任何内容。请确认文件已保存完整后重试。"


class FileTooLarge(TrackerError):
    """The file has more bytes than any plan or form."""

    code = "too-large"
    sentence = "{file}：文件有 {size} MB，超过 {limit} MB 的上限。请删去图片、附件等无关内容，另存后重试。"


class Oversized(TrackerError):
    """Small on disk and huge inside: a bomb, or a sheet with a cell far away."""

    code = "oversized"
    sentence = "{file}：{what}，超出可读取的范围。请删去多余的行、列或内容，另存后重试。"


class Damaged(TrackerError):
    """Its head says what it is and its body does not hold: cut off, half synchronised, edited by force."""

    code = "damaged"
    sentence = "{file}：文件已损坏或不完整（{what}）。请向报送人重新索取，或用 Excel、WPS 打开修复后另存。"


class ForbiddenContent(TrackerError):
    """XML with a document type or an encoding that no office program writes: only attacks need it."""

    code = "forbidden-content"
    sentence = "{file}：文件内部含有办公软件不会写入的内容（{what}），为安全起见不予读取。请用 Excel 或 WPS 打开后另存为新文件。"


class Encrypted(TrackerError):
    """A password stands before the content."""

    code = "encrypted"
    sentence = "{file}：文件设有打开密码，无法读取。请用 Excel 或 WPS 打开，取消密码后另存。"


class PictureFile(TrackerError):
    """A picture, whatever its name ends with."""

    code = "picture"
    sentence = (
        "{file}：这是图片（{kind}），不是表格或文档。请向发文单位索取电子版（.xlsx 或 .docx），或录入后重试。"
    )


class ScanFile(TrackerError):
    """A .pdf that holds pictures of pages and no text."""

    code = "scan"
    sentence = "{file}：这是扫描件，里面只有图像、没有文字。请向发文单位索取电子版（.xlsx 或 .docx），或先做文字识别并校对。"


class Ofd(TrackerError):
    """An OFD document (GB/T 33190)."""

    code = "ofd"
    sentence = "{file}：这是 OFD 版式文件，无法直接读取。请用 OFD 阅读器另存为 Word 文档（.docx）后重试。"


class Archive(TrackerError):
    """A packed folder."""

    code = "archive"
    sentence = "{file}：这是压缩包（{kind}）。请先解压，再逐个选择其中的文件。"


class WrongKind(TrackerError):
    """A kind of file that we know by name and that holds no plan in a form that we read."""

    code = "wrong-kind"
    sentence = "{file}：这是{kind}，不能作为方案或报表读取。请{remedy}后重试。"


class UnknownKind(TrackerError):
    """Bytes that no reader knows."""

    code = "unknown-kind"
    sentence = "{file}：认不出这是什么文件（也可能被加密软件加密过，需请报送人解密）。请另存为 .xlsx、.docx 或文字版 .pdf 再试；.xls、.et、.ods、.csv、.html、.txt 也可以。"


class UnknownEncoding(TrackerError):
    """Text, by its name or its bytes, that no encoding explains."""

    code = "unknown-encoding"
    sentence = "{file}：无法识别文字的编码，读出来会是乱码。请用记事本打开，另存为 UTF-8 编码（或另存为 .xlsx、.docx）后重试。"


class ClientEncrypted(TrackerError):
    """A file that an encryption client of the sender's computers wrote (DLP); only there it opens."""

    code = "client-encrypted"
    sentence = (
        "{file}：内容像是被加密软件（终端加密、防泄密系统）加密过，在别的电脑上打不开。"
        "请让报送人在装有该加密软件的电脑上解密后，重新报送解密的文件。"
    )


class NeedsOffice(TrackerError):
    """A file of an old kind, and no office program here that could convert it."""

    code = "needs-office"
    sentence = "{file}：这是{kind}，无法直接读取。请用 Office 或 WPS 打开，另存为 {ending} 文件后重试。"


class NotConverted(TrackerError):
    """The office program was there and did not manage."""

    code = "not-converted"
    sentence = "{file}：这是{kind}，自动转换没有成功（{what}）。请用 Office 或 WPS 打开，另存为 {ending} 文件后重试。"


class ReaderFailed(TrackerError):
    """The worker that read the file ran out of time or memory, or died of it."""

    code = "reader-failed"
    sentence = "{file}：读取时{what}，已停止，未作任何改动。请用 Excel 或 WPS 打开检查，另存为新文件后重试。"


class CannotWrite(TrackerError):
    """The folder does not take the file: full, write-protected, gone."""

    code = "cannot-write"
    sentence = "{file}：写不进去（{why}），原文件没有改动。请检查磁盘空间、文件夹是否存在以及是否有写入权限，然后重试。"


class CannotPatch(TrackerError):
    """A change of an existing workbook that cannot be made without harm; nothing of it was made."""

    code = "cannot-patch"
    sentence = "{place}：{why}。文件没有改动。"


class BadTemplate(TrackerError):
    """A template cannot be used; nothing was written."""

    code = "bad-template"
    sentence = "模板 {file} 的 [{entry}]：{why}。请改正，或删除“模板”文件夹中的这个文件以恢复原样。"


@contextlib.contextmanager
def naming_held_files() -> Iterator[None]:
    """Refuse with the name of a file that cannot be opened, instead of failing.

    Windows lets a program open a file without sharing it; every bare read of it then fails with `PermissionError`.
    Nobody who reads a file of the office has to think of that: doors put this around the whole verb, the scheduler
    around each job.

    >>> with contextlib.suppress(CannotOpen) as _, naming_held_files():
    ...     raise PermissionError(13, "held", "台账/工作台账.xlsx")
    """
    try:
        yield
    except PermissionError as error:
        name = error.filename if isinstance(error.filename, str) else ""
        raise CannotOpen(file=name.replace("\\", "/").rpartition("/")[2] or "办公文件夹里的文件") from error
