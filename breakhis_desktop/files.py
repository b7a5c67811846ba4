"""How the program names, reads and writes files: each file is written completely or not at all, and each name is shown safely."""

import errno
import os
import re
import secrets
import shutil
import stat
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from breakhis_desktop.errors import ImageRefusedError, UserError
from breakhis_desktop.regular_files import open_without_waiting
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.message import Message

Check = Callable[[Path], None]
"""Called with the file that is about to be replaced; raises a `UserError` to prevent the replacement."""

_ADVICE = {
    errno.ENOENT: FileCode.FOLDER_MISSING,
    errno.ENOTDIR: FileCode.FOLDER_MISSING,
    errno.EACCES: FileCode.WRITING_NOT_ALLOWED,
    errno.EPERM: FileCode.WRITING_NOT_ALLOWED,
    errno.EROFS: FileCode.READ_ONLY,
    errno.ENOSPC: FileCode.DISK_FULL,
    errno.EFBIG: FileCode.SIZE_LIMIT,
    errno.ENAMETOOLONG: FileCode.NAME_TOO_LONG,
}

_ESCAPE = re.compile(r"\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})")
_BACKSLASH = r"\u005c"
_PASSING = re.compile(r"\.breakhis-desktop-[0-9a-f]{16}\.part")
_ABANDONED = 3600
"""Seconds after which a temporary file counts as abandoned; no write takes this long, as the content is complete before it begins."""

_LONGEST_NAME = 60
"""Maximum number of characters that a name adds to a proposed file name; at three bytes each, 255 bytes leave room for more words."""

MAX_BYTES = 400_000_000
"""Maximum size of a file to read, in bytes: eight for each pixel that an image may have."""


def absolute(path: Path) -> Path:
    """Return an absolute path with `.` and `..` resolved and links kept.

    Raises:
        UserError: The path is relative, and the working folder has been removed.
    """
    try:
        return Path(os.path.abspath(path))  # noqa: PTH100 (Path.absolute keeps `..`, Path.resolve follows links)
    except FileNotFoundError:
        raise UserError(Message.of(FileCode.WORKING_FOLDER_REMOVED, path=printable(path))) from None


def printable(text: str | Path) -> str:
    r"""Return a file name or path as text that any screen, CSV or PDF can show.

    Bytes that are not UTF-8 become `\xNN`; line breaks, control and format characters (such as bidirectional marks), surrogates, and
    private-use or unassigned code points become `\uNNNN` or `\UNNNNNNNN`. All other characters stay as they are.
    """
    shown = str(text)
    return shown if shown.isprintable() else "".join(_printable(character) for character in shown)


def _printable(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}:
        return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
    return character


def accepted_name(text: str) -> str:
    """Return a text as a file name, or the start of one, that every system accepts; characters that some system refuses become `_`."""
    safe = "".join(letter if _is_part_of_word(letter) or letter in " -_.()," else "_" for letter in text)
    return safe[:_LONGEST_NAME].strip(" .")


def _is_part_of_word(letter: str) -> bool:
    """Return whether a character is a letter or digit, or a mark that belongs to one, as in decomposed accents and Indic vowels."""
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def escaped(text: str | Path) -> str:
    """Return a path as `printable` does, but so that `unescaped` restores it exactly."""
    return printable(_ESCAPE.sub(lambda found: _BACKSLASH + found[0][1:] if _character_of(found) else found[0], str(text)))


def unescaped(text: str) -> str:
    """Undo `escaped`; text that `escaped` never produces stays as it is."""
    return _ESCAPE.sub(lambda found: _character_of(found) or found[0], text)


def _character_of(escape: re.Match[str]) -> str:
    """Return the character of an escape sequence; empty if `printable` never writes that sequence."""
    if escape[0] == _BACKSLASH:
        return "\\"
    code = int(escape[0][2:], 16) + (0xDC00 if escape[0][1] == "x" else 0)
    return chr(code) if code <= sys.maxunicode and printable(chr(code)) == escape[0] else ""


def is_folder(path: Path) -> bool:
    """Return whether a path leads to a folder; False if the system refuses to say (`Path.is_dir` would raise an error)."""
    return os.path.isdir(path)  # noqa: PTH112


def why_unreadable(error: OSError | ValueError) -> Message:
    """Return why a file or folder cannot be read."""
    match error:
        case FileNotFoundError() | ValueError():  # ValueError: a name that no file can have
            return Message.of(FileCode.NOT_THERE)
        case PermissionError():
            return Message.of(FileCode.NOT_ALLOWED)
        case TimeoutError():
            return Message.of(FileCode.SILENT)
    return Message.of(FileCode.UNREADABLE, error=error.strerror)


def read_bytes(path: Path) -> bytes:
    """Read a whole file if it is a regular file, no larger than an image may be.

    Raises:
        ImageRefusedError: The file is too large, grows while it is read, or is a pipe or device.
        OSError: The file cannot be read.
    """
    _size_of_file(path.stat())  # opening a device may start it
    with open(path, "rb", opener=open_without_waiting) as stream:
        size = _size_of_file(os.fstat(stream.fileno()))
        data = stream.read(size + 1)
    if len(data) > size:
        raise ImageRefusedError(Message.of(FileCode.GREW))
    return data


def _size_of_file(status: os.stat_result) -> int:
    if not stat.S_ISREG(status.st_mode):
        raise ImageRefusedError(Message.of(FileCode.NO_REGULAR_FILE))
    if status.st_size > MAX_BYTES:
        raise ImageRefusedError(Message.of(FileCode.TOO_LARGE, megabytes=status.st_size / 1e6))
    return status.st_size


def write_atomically(target: Path, content: bytes, check: Check | None = None, *, is_private: bool = False) -> None:
    """Write a file under a temporary name in the same folder, then rename it over the target.

    The new file gets the permissions of the old one, unless it is private. Temporary files that killed processes left in the folder
    more than an hour ago are removed.

    Args:
        target: The file; see `followed` for links.
        content: The complete content.
        check: Called with the path of the file to replace, just before it is replaced, since a link may lead elsewhere by then; raises a
            `UserError` to prevent the replacement.
        is_private: Whether only this user may read the file.

    Raises:
        UserError: The file cannot be written; an existing file is unchanged.
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
    """Check that a folder accepts files, by creating a temporary file; in a folder such as /proc, the permissions alone are misleading.

    Args:
        target: The file to write, as the user named it.
        final: The file that would be replaced; see `followed`.

    Raises:
        UserError: No file can be created.
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


def followed(target: Path) -> Path:
    """Return the file that is replaced when a target is written: for a link, the file it points to, so that the link survives.

    A link is followed only if it belongs to this user or the administrator (not checked on Windows) and leads to a file with the same
    suffix. Any other link may be a mistake, or someone else's attempt to destroy one of this user's files.

    Raises:
        UserError: The target is a link that may not be followed.
    """
    final = Path(os.path.realpath(target))
    if not os.path.islink(target):  # noqa: PTH114 (Path.is_symlink raises if a parent folder may not be entered)
        return final
    if sys.platform != "win32" and target.lstat().st_uid not in {os.geteuid(), 0}:
        raise _refusal(target, Message.of(FileCode.LINK_OF_ANOTHER_USER))
    if final.suffix.lower() != target.suffix.lower():
        raise _refusal(target, Message.of(FileCode.LINK_TO_ANOTHER_KIND))
    return final


def _refusal(target: Path, advice: Message) -> UserError:
    return UserError(Message.of(FileCode.NOT_WRITTEN, file=printable(target), advice=advice))


def _advice_on(error: OSError, target: Path) -> Message:
    if error.errno == errno.ENOENT and is_folder(target.parent):
        return Message.of(FileCode.FOLDER_TAKES_NONE)
    code = _ADVICE.get(error.errno or 0)
    return Message.of(code) if code else Message.of(FileCode.WRITING_FAILED, error=error.strerror or str(error))


def _older(target: Path, final: Path) -> os.stat_result | None:
    """Return the status of the file to be replaced; None if there is none."""
    try:
        older = final.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(older.st_mode):
        raise _refusal(target, Message.of(FileCode.NO_FILE))
    if not os.access(final, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))  # a rename would not check this
    return older


def _write_through(path: Path, content: bytes, older: os.stat_result | None, *, is_private: bool) -> None:
    mode = 0o600 if is_private or older is not None else 0o666
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
        if older is not None and not is_private:
            _take_over_permissions(file.fileno(), older)
        file.write(content)
        file.flush()
        # Otherwise a power failure after the rename could leave an empty file in place of the old one.
        os.fsync(file.fileno())


def _take_over_permissions(descriptor: int, older: os.stat_result) -> None:
    """Give the new file the permissions of the old file; if it cannot have the same group, its group gets no permissions."""
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
    """Remove temporary files that killed processes left beside a file just written.

    Their age is measured against the timestamp of the written file, because both timestamps come from the same clock.
    """
    with suppress(OSError):
        now = written.stat().st_mtime
        with os.scandir(written.parent) as entries:
            for entry in entries:
                if _PASSING.fullmatch(entry.name) and _is_abandoned(entry.stat(follow_symlinks=False), now):
                    _discard(Path(entry.path))


def _is_abandoned(status: os.stat_result, now: float) -> bool:
    return stat.S_ISREG(status.st_mode) and now - status.st_mtime > _ABANDONED


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # The folder was removed or belongs to someone else. If the write failed too, its own error is already being raised.
        return


def replace_folder(finished: Path, target: Path, former: Path) -> None:
    """Move a folder to its place. An existing folder there is first moved aside, and moved back if the new one cannot be moved in.

    Args:
        finished: The folder to move.
        target: Its new place, on the same disk; need not exist.
        former: Where the existing folder is kept in the meantime; must not exist.

    Raises:
        OSError: The folder cannot be moved; the old folder is back at the target, or still at `former` if it cannot be moved back.
    """
    if os.path.lexists(target):
        target.rename(former)
    try:
        finished.rename(target)
    except OSError:
        if os.path.lexists(former):
            former.rename(target)
        raise
    with suppress(OSError):  # what cannot be deleted now is deleted at the next start, or by the next export of a bundle
        delete_folder(former)


def delete_folder(folder: Path) -> None:
    """Delete a folder, or a file or link in its place; a link is never followed.

    Raises:
        OSError: It cannot be deleted.
    """
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
