"""A file is written whole or not at all; what stood there before goes only when the new one is complete."""

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from breakhis_desktop.domain.filenames import printable
from breakhis_desktop.errors import UserError

Check = Callable[[Path], None]
"""Is given the file that is about to be replaced; raises a `UserError` where it must not be."""

_ADVICE = {
    errno.ENOENT: "its folder does not exist; create it or choose another",
    errno.ENOTDIR: "its folder does not exist; create it or choose another",
    errno.EACCES: "this is not allowed; close the file where it is open, or choose a folder that you may write to",
    errno.EPERM: "this is not allowed; close the file where it is open, or choose a folder that you may write to",
    errno.EROFS: "the disk is read-only; choose a folder on another one",
    errno.ENOSPC: "the disk is full; make room or choose another",
    errno.EFBIG: "the disk takes no file of that size; choose another",
    errno.ENAMETOOLONG: "its name is too long; choose a shorter one",
}


_LINK_TO_ANOTHER_KIND = "it is a link to a file of another kind; name that file itself, or choose another name"
_LINK_OF_ANOTHER_USER = "it is a link that another user made; name the file that it leads to, or choose another name"

_PASSING = re.compile(r"\.breakhis-desktop-[0-9a-f]{16}\.part")
_ABANDONED = 3600
"""Seconds; no file takes as long to be written, since its content is complete by then."""


def write_atomically(target: Path, content: bytes, check: Check | None = None, *, is_private: bool = False) -> None:
    """Write a file under a passing name in the same folder, then rename it over the target.

    The new file has the permissions of the older one, unless it is private. What a killed process left under a passing name there is
    removed.

    Args:
        target: The file; see `followed` for a link.
        content: All of it.
        check: Has the last word on the file that is replaced, whatever became of its name meanwhile.
        is_private: Whether this user alone may read it.

    Raises:
        UserError: The file cannot be written; an older file under that name is as it was.
    """
    try:
        final = followed(target)
        passing = _passing_name(final)
        try:
            _write_through(passing, content, _older(target, final), is_private=is_private)
            if check is not None:
                check(final)
            passing.replace(final)
            _sweep(final)
        finally:
            _discard(passing)
    except OSError as error:
        raise _refusal(target, _advice_on(error, target)) from error


def try_place(target: Path, final: Path) -> None:
    """Make a file under a passing name for a moment: permissions do not say that a folder such as /proc takes none.

    Args:
        target: The file that is to be written, as the user named it.
        final: The file that this replaces.

    Raises:
        UserError: None can be made.
    """
    passing = _passing_name(final)
    try:
        passing.touch(exist_ok=False)
    except OSError as error:
        raise _refusal(target, _advice_on(error, target)) from error
    finally:
        _discard(passing)


def _passing_name(final: Path) -> Path:
    return final.with_name(f".breakhis-desktop-{secrets.token_hex(8)}.part")


def _advice_on(error: OSError, target: Path) -> str:
    if error.errno == errno.ENOENT and os.path.isdir(target.parent):  # noqa: PTH112 (Path.is_dir raises where it may not look)
        return "its folder takes no files; choose another"
    return _ADVICE.get(error.errno or 0, f"{error.strerror or error}; choose another place")


def followed(target: Path) -> Path:
    """Return the file that writing a target replaces: what it points to where it is a link, so that it stays one.

    A link is followed where this user or the administrator made it and it leads to a file of the same ending. Any other may have been
    put there by mistake, or by somebody else to have a file of this user's destroyed.

    Raises:
        UserError: The target is a link that is not followed.
    """
    final = Path(os.path.realpath(target))
    if not os.path.islink(target):  # noqa: PTH114 (Path.is_symlink raises where a folder above may not be entered)
        return final
    if sys.platform != "win32" and target.lstat().st_uid not in {os.geteuid(), 0}:
        raise _refusal(target, _LINK_OF_ANOTHER_USER)
    if final.suffix.lower() != target.suffix.lower():
        raise _refusal(target, _LINK_TO_ANOTHER_KIND)
    return final


def _refusal(target: Path, advice: str) -> UserError:
    return UserError(f"{printable(target)} could not be written: {advice}.")


def _older(target: Path, final: Path) -> os.stat_result | None:
    """Look at the file that is to be replaced; None where there is none."""
    try:
        older = final.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(older.st_mode):
        raise _refusal(target, "it is no file; choose the name of a file")
    if not os.access(final, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a rename would not ask
    return older


def _write_through(path: Path, content: bytes, older: os.stat_result | None, *, is_private: bool) -> None:
    mode = 0o600 if is_private or older is not None else 0o666
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        if older is not None and not is_private:
            _take_over_permissions(file.fileno(), older)
        file.write(content)
        file.flush()
        # Without this a loss of power after the rename could leave an empty file in place of the older one.
        os.fsync(file.fileno())


def _take_over_permissions(descriptor: int, older: os.stat_result) -> None:
    """Let those read and write the new file who might the older one; where it cannot be of the same group, no group may."""
    if sys.platform == "win32":
        return
    mode = stat.S_IMODE(older.st_mode) & 0o777
    try:
        os.fchown(descriptor, -1, older.st_gid)
    except OSError:
        mode &= ~0o070
    with suppress(OSError):  # file systems without permissions
        os.fchmod(descriptor, mode)


def _sweep(written: Path) -> None:
    """Remove what killed processes left beside a file that was just written, whose time is told by the same clock as theirs."""
    with suppress(OSError):
        now = written.stat().st_mtime
        with os.scandir(written.parent) as entries:
            for entry in entries:
                if _PASSING.fullmatch(entry.name) and _is_abandoned(entry.stat(follow_symlinks=False), now):
                    _discard(Path(entry.path))


def _is_abandoned(facts: os.stat_result, now: float) -> bool:
    return stat.S_ISREG(facts.st_mode) and now - facts.st_mtime > _ABANDONED


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The folder is gone or not ours; the error that matters is on its way already.
        return
