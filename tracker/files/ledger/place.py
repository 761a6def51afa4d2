r"""Where the ledger's database lies, and which ledger an office works in on this PC.

SQLite's write-ahead log needs memory that all writers share, so a database on a network share is damaged
sooner or later; a folder that a cloud program uploads is copied file by file while somebody writes, which
gave a broken copy in more than half of the tries. There the database moves to the PC's local application
data, and only the backups stay with the office:

    where the office folder is           where the database is
    a local disk                         <office>/.tracker/ledger.db
    a share: \\server\…, a mapped        <local application data>/tracker/<office id>/ledger.db
      drive, a network mount
    below a cloud program's folder       likewise

A folder is taken for a cloud program's by the name of one on its path, or by the folders that the programs
themselves name in the environment. Removable disks count as local: they are slow, and they are safe.

    >>> decide(PurePosixPath("/data/政务公开"), "ab12", Drive.LOCAL, PurePosixPath("/home/wang/.local/share"))
    PurePosixPath('/data/政务公开/.tracker/ledger.db')
    >>> decide(PurePosixPath("/data/坚果云/政务公开"), "ab12", Drive.LOCAL, PurePosixPath("/home/wang/.local/share"))
    PurePosixPath('/home/wang/.local/share/tracker/ab12/ledger.db')

Which ledger an office works in on this PC: the file beside it, or the PostgreSQL that 设置.xlsx names.

    settings    the server knows the office    the file            so
    none        -                              moved away          refused: another seat writes elsewhere
    none        -                              anything else       the file
    a server    yes                            -                   the server
    a server    no                             holds acts          copied to the server, then moved away
    a server    no                             absent or empty     the server

The file is moved away (`ledger.moved.db`) only after the server has everything, numbers and all. A password never
stands in the settings: the driver finds it where it always does (PGPASSWORD, .pgpass), or the key store has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, TypeVar

from tracker import patterns as re
from tracker.problems.office import BadDatabase, LedgerMoved, PasswordInSettings

if TYPE_CHECKING:
    from tracker.files.ledger.ledger import Ledger

P = TypeVar("P", bound=PurePath)

# Folders of cloud programs; a folder whose name begins so, in any case, is one (`OneDrive - 某某局`, `WPS云盘(2)`).
CLOUD_FOLDERS: tuple[str, ...] = (
    "OneDrive",
    "WPS云盘",
    "WPS Cloud Files",
    "WPSDrive",
    "坚果云",
    "我的坚果云",
    "Nutstore",
    "百度网盘",
    "百度云同步盘",
    "BaiduNetdisk",
    "BaiduSyncdisk",
    "阿里云盘",
    "天翼云盘",
    "和彩云",
    "微云",
    "腾讯微云",
    "360云盘",
    "115网盘",
    "飞书云盘",
    "Dropbox",
    "Google Drive",
    "GoogleDrive",
    "iCloudDrive",
    "iCloud Drive",
    "Mobile Documents",
    "Seafile",
    "Nextcloud",
    "ownCloud",
    "SynologyDrive",
)
# Where cloud programs say that their folder is.
CLOUD_VARIABLES: tuple[str, ...] = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")

# File systems of other computers, as the mount table calls them.
REMOTE_SYSTEMS: frozenset[str] = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ncpfs",
        "fuse.sshfs",
        "fuse.rclone",
        "davfs",
        "fuse.davfs2",
    }
)
# GetDriveTypeW's answer for a share.
_DRIVE_REMOTE = 4


class Drive(Enum):
    """Whose disk a folder is on."""

    # A disk of this PC.
    LOCAL = "local"
    # Another computer's.
    REMOTE = "remote"


def ledger_path(office_folder: Path, office_id: str) -> Path:
    """Where the database of an office folder lies on this PC; looks, and makes nothing."""
    folder = office_folder.absolute()
    clouds = [Path(os.environ[name]) for name in CLOUD_VARIABLES if os.environ.get(name)]
    return decide(folder, office_id, drive_of(folder), local_app_data(os.environ), clouds)


def local_ledger(office_folder: Path) -> Path:
    """Where the database lies while the office folder is on a local disk."""
    return office_folder.absolute() / ".tracker" / "ledger.db"


def remote_ledger(office_id: str) -> Path:
    """Where the database lies while the office folder is on a share or in a cloud."""
    return local_app_data(os.environ) / "tracker" / office_id / "ledger.db"


def decide(folder: P, office_id: str, drive: Drive, app_data: P, clouds: Iterable[P] = ()) -> P:
    """Choose; see the table of this module."""
    if drive is Drive.LOCAL and not in_cloud(folder, clouds):
        return folder / ".tracker" / "ledger.db"
    return app_data / "tracker" / office_id / "ledger.db"


def in_cloud(folder: PurePath, clouds: Iterable[PurePath] = ()) -> bool:
    """Whether a cloud program uploads what lies in a folder.

    >>> in_cloud(PureWindowsPath("C:/Users/wang/OneDrive - 某某局/政务公开"))
    True
    >>> in_cloud(PureWindowsPath("D:/云盘/政务公开"), [PureWindowsPath("d:/云盘")])
    True
    >>> in_cloud(PureWindowsPath("D:/政务公开/关于OneDrive的通知"))
    False
    """
    names = [part.casefold() for part in folder.parts]
    begins = tuple(name.casefold() for name in CLOUD_FOLDERS)
    return any(name.startswith(begins) for name in names) or any(
        folder.is_relative_to(cloud) for cloud in clouds
    )


def drive_of(folder: Path) -> Drive:
    """Look whose disk a folder is on; a folder that cannot be looked up counts as local."""
    if sys.platform == "win32":
        return _windows_drive(folder)
    try:
        table = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return Drive.LOCAL
    return mounted_drive(PurePosixPath(folder.resolve()), table)


def mounted_drive(folder: PurePosixPath, table: str) -> Drive:
    r"""Whose disk a folder is on, by the mount table (`device place type …`; a blank is `\040`).

    >>> table = '''
    ... /dev/sda1 / ext4 rw 0 0
    ... //server/office /mnt/share\\040drive cifs rw 0 0
    ... '''
    >>> mounted_drive(PurePosixPath("/mnt/share drive/政务公开"), table)
    <Drive.REMOTE: 'remote'>
    >>> mounted_drive(PurePosixPath("/mnt/share"), table)
    <Drive.LOCAL: 'local'>
    """
    systems: dict[PurePosixPath, str] = {}
    for line in table.splitlines():
        words = line.split()
        if len(words) >= 3:
            systems[PurePosixPath(words[1].replace("\\040", " "))] = words[2]
    nearest = next((place for place in (folder, *folder.parents) if place in systems), None)
    return Drive.REMOTE if nearest and systems[nearest] in REMOTE_SYSTEMS else Drive.LOCAL


def is_share(folder: PureWindowsPath) -> bool:
    r"""Whether a Windows path names another computer.

    >>> is_share(PureWindowsPath(r"\\server\office\政务公开")), is_share(PureWindowsPath(r"C:\政务公开"))
    (True, False)
    >>> is_share(PureWindowsPath(r"\\?\UNC\server\office")), is_share(PureWindowsPath(r"\\?\C:\政务公开"))
    (True, False)
    """
    drive = folder.drive.casefold()
    if drive.startswith(("\\\\?\\", "\\\\.\\")):
        return drive[4:].startswith("unc")
    return drive.startswith("\\\\")


def _windows_drive(folder: Path) -> Drive:
    if is_share(PureWindowsPath(folder)):
        return Drive.REMOTE
    if sys.platform != "win32":
        return Drive.LOCAL
    import ctypes

    root = f"{folder.drive}\\"
    return Drive.REMOTE if ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE else Drive.LOCAL


def local_app_data(environment: Mapping[str, str]) -> Path:
    """The folder of this PC, and of no other, where programs keep their data."""
    if sys.platform == "win32":
        folder = environment.get("LOCALAPPDATA")
        return Path(folder) if folder else Path.home() / "AppData" / "Local"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    folder = environment.get("XDG_DATA_HOME")
    return Path(folder) if folder else Path.home() / ".local" / "share"


MOVED_NAME = "ledger.moved.db"
_SERVER = re.compile(r"postgres(?:ql)?://(?:(?P<user>[^@/]*)@)?[^/?]+/[^/?]+(?:\?(?P<more>.*))?")


def open_seat(file: Path, database: str, *, office: str, password: Callable[[], str]) -> Ledger:
    """Open the ledger; see the table of this module.

    Args:
        file: Where the database of this PC lies, or would.
        database: The address in the settings; empty for none.
        office: The office folder's id.
        password: Asked for only where there is a server.
    """
    old_file = file.with_name(MOVED_NAME)
    # Imported here: whoever only asks where the ledger lies does without the rest of it.
    from tracker.files.ledger.ledger import open_ledger

    if not database:
        if old_file.exists() and not file.exists():
            raise LedgerMoved(ledger=old_file)
        return open_ledger(file, office=office)
    from tracker.files.ledger.keeping import copy_office

    _refuse_address(database)
    server = open_ledger(database, office=office, password=password())
    try:
        if not server.last_act and file.exists():
            with open_ledger(file, office=office) as mine:
                copy_office(mine, server)
        if file.exists():
            file.replace(old_file)
    except BaseException:
        server.close()
        raise
    return server


def _refuse_address(database: str) -> None:
    """Refuse an address that is none, and one with a password, which is not repeated."""
    match = _SERVER.fullmatch(database)
    if match is None:
        raise BadDatabase()
    if ":" in (match["user"] or "") or "password" in (match["more"] or ""):
        raise PasswordInSettings()
