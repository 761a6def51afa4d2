"""How much one file may cost, and how the system is told to hold a worker to it.

The figures bound what a hostile file can do and let every honest one through; they are far above any plan
(an allocation plan of a province has some 2,000 rows). They may grow; nothing else depends on them.

| what                  | limit        | because                                                           |
|-----------------------|--------------|-------------------------------------------------------------------|
| bytes of a file       | 64 MB        | larger ones are pictures                                          |
| bytes of one part     | 120 MB       | unpacked, counted while unpacking: the directory may lie          |
| bytes of all parts    | 240 MB       | likewise                                                          |
| unpacked : packed     | 300          | over 1 MB; the XML of an honest sheet packs 10 to 40 fold         |
| parts                 | 3,000        | a workbook with 200 sheets and pictures has under 1,000           |
| columns               | 16,384       | those of a sheet; the area decides                                |
| rows x columns        | 3,000,000    | readers hold the whole rectangle of used cells                    |
| rows of a sheet       | 400,000      | written, with a format only too: everything after reading has them |
| sheets                | 1,000        | of a workbook                                                     |
| names of ranges       | 20,000       | of a workbook                                                     |
| merged ranges         | 60,000       | of a sheet                                                        |
| address space         | 1,536 MB     | of the worker                                                     |
| processor time        | 20 s         | for one file                                                      |
| time on the clock     | 60 s         | for one file; a busy machine is no fault of the file              |
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import contextlib
    import resource
    import subprocess


MEGABYTE = 1 << 20
FILE_BYTES = 64 * MEGABYTE
PART_BYTES = 120 * MEGABYTE
TOTAL_BYTES = 240 * MEGABYTE
RATIO = 300
RATIO_FROM = 1 * MEGABYTE
PARTS = 3_000
COLUMNS = 16_384
AREA = 3_000_000
ROWS = 400_000
SHEETS = 1_000
RANGE_NAMES = 20_000
MERGES = 60_000
WORKER_BYTES = 1_536 * MEGABYTE
PROCESSOR_SECONDS = 20
CLOCK_SECONDS = 60.0
# A worker that has grown beyond this is replaced, so that one file's cost never falls on the next.
RETIRE_BYTES = 300 * MEGABYTE

if sys.platform == "win32":

    def confine_this_process() -> None:
        """Do nothing: on Windows the parent puts the worker into a job, see `confine`."""

    def allow_processor_time() -> None:
        """Do nothing: the job has no limit that starts anew with each file; the clock decides."""

    def memory_in_use() -> int:
        """Say nothing of the memory; the job's limit holds."""
        return 0

    def confine(process: subprocess.Popen[bytes]) -> Any:
        """Put a worker into a job with a memory limit that dies with this process; return its handle.

        The handle has to be kept: closing it ends the worker. Where the system refuses (a job that allows
        no nesting), the time limit still holds, and None is returned.
        """
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = (
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            )

        class ExtendedLimits(ctypes.Structure):
            _fields_ = (
                ("BasicLimitInformation", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            )

        process_memory, die_on_error, kill_on_close = 0x100, 0x400, 0x2000
        extended_limit_information = 9
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        if not job:
            return None
        information = ExtendedLimits()
        information.BasicLimitInformation.LimitFlags = process_memory | die_on_error | kill_on_close
        information.ProcessMemoryLimit = WORKER_BYTES
        handle = wintypes.HANDLE(job)
        # A job whose limits were not taken is none: whoever asks must not believe that it holds.
        is_limited = kernel.SetInformationJobObject(
            handle, extended_limit_information, ctypes.byref(information), ctypes.sizeof(information)
        )
        process_handle = wintypes.HANDLE(int(process._handle))  # type: ignore[attr-defined]  # Popen has no public name for it
        if not is_limited or not kernel.AssignProcessToJobObject(handle, process_handle):
            kernel.CloseHandle(handle)
            return None
        return handle

else:
    import contextlib
    import resource

    def confine_this_process() -> None:
        """Hold this process to the limits of memory, and leave no core file behind when it is aborted."""
        for limit, most in ((resource.RLIMIT_AS, WORKER_BYTES), (resource.RLIMIT_CORE, 0)):
            # macOS refuses some of them; the time limit still holds there.
            with contextlib.suppress(ValueError, OSError):
                _, hard = resource.getrlimit(limit)
                resource.setrlimit(limit, (most if hard < 0 else min(most, hard), hard))

    def allow_processor_time() -> None:
        """Give this process the processor time of one more file; it is killed when that is used up."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(usage.ru_utime + usage.ru_stime) + PROCESSOR_SECONDS + 1
        with contextlib.suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds if hard < 0 else min(seconds, hard), hard))

    def _peak() -> int:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024

    # Linux counts what the program held when it started us as ours.
    _AT_START = _peak()

    def memory_in_use() -> int:
        """Return the most memory that this process ever held of its own, in bytes; 0 while it is unknown."""
        peak = _peak()
        return peak if peak > _AT_START else 0

    def confine(process: subprocess.Popen[bytes]) -> Any:
        """Do nothing: elsewhere than on Windows a worker confines itself."""
        return True
