"""What can be wrong on the local page: who asks, what is named, and what goes on already."""

from __future__ import annotations

from tracker.problems.base import TrackerError


class ForeignRequest(TrackerError):
    """A request that does not come from the page of this program."""

    code = "desk-foreign"
    sentence = "这个请求不是从本机的工作台页面发出的，没有执行。请关闭这一页，重新双击“打开工作台”。"


class OutsideOffice(TrackerError):
    """A path that does not lie in the office folder, or is not to be touched."""

    code = "desk-outside"
    sentence = "“{path}”不在办公文件夹里，没有打开；要看的，请从它所在的文件夹打开。"


class NotADocument(TrackerError):
    """A file that could be a program."""

    code = "desk-program"
    sentence = "“{name}”不是表格、文档或图片，为安全起见不从工作台打开；请打开所在文件夹查看。"


class NoProgramForIt(TrackerError):
    """The PC could not open a file."""

    code = "desk-no-program"
    sentence = "这台电脑没有能打开“{name}”的程序，请打开所在文件夹查看。"


class UploadTooLarge(TrackerError):
    """More was dropped on the page than it takes."""

    code = "desk-too-large"
    sentence = "文件太大（一个不超过{file}MB，一次合计不超过{total}MB），没有收。请把文件直接放进办公文件夹里的“{folder}”。"


class NoFileChosen(TrackerError):
    """A button was pressed and no file was named."""

    code = "desk-no-file"
    sentence = "还没有选文件。请把文件拖到框里，或点“选择文件”。"


class NothingChosen(TrackerError):
    """A button was pressed and nothing was ticked or typed."""

    code = "desk-nothing"
    sentence = "还没有选：{what}。"


class JobRunning(TrackerError):
    """Something is being done already."""

    code = "desk-busy"
    sentence = "“{title}”还在进行，这次没有开始。请等它做完，或先点“停止”。"


class FilesWait(TrackerError):
    """Files came in while something else is being done: they lie where they belong, and wait."""

    code = "desk-files-wait"
    sentence = (
        "{count}个文件已放进“{folder}”文件夹，还没有处理：“{title}”还在进行。等它做完再点这一页上的按钮。"
    )


class NoSuchPage(TrackerError):
    """An address that leads nowhere."""

    code = "desk-no-page"
    sentence = "没有这一页。请点上方的菜单。"
