"""A drive that disappears during a run stops the run; once the drive is back, the same call resumes the run."""

import errno
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from breakhis_desktop.domain.records import ImageRecord, Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.pipeline.analyse import CHUNK, Request, analyse
from breakhis_desktop.pipeline.discover import NoAnswerError
from breakhis_desktop.pipeline.drive_check import check_drives, inodes_of
from breakhis_desktop.pipeline.events import ImagesEnded, RunStarted
from breakhis_desktop.store.store import Store
from breakhis_desktop.wording.runs import RunCode
from tests.conftest import FakeClassifier, small_field
from tests.factories import said, tells
from tests.factories.runs import run_info

POINT = FakeClassifier.card.points["default"]
IMAGES = 6 * CHUNK


@pytest.fixture
def share(tmp_path: Path) -> Path:
    folder = tmp_path / "share"
    (folder / "fields").mkdir(parents=True)
    for number in range(IMAGES):
        small_field(number).save(folder / "fields" / f"{number:03}.bmp")
    return folder


def run(store: Store, request: Request) -> None:
    list(analyse(request, FakeClassifier(), store, threading.Event()))


def run_until_taken_away(store: Store, request: Request, folder: Path, away: Path, *, leaves_empty_folder: bool = False) -> None:
    for event in analyse(request, FakeClassifier(), store, threading.Event()):
        if isinstance(event, ImagesEnded) and not away.exists():
            folder.rename(away)
            if leaves_empty_folder:
                folder.mkdir()


@pytest.mark.parametrize("root", ["share/fields", "share/fields/*"], ids=["folder", "files"])
def test_a_vanished_folder_stops_the_run_and_the_same_call_resumes_the_run_once_the_folder_is_back(
    store: Store, share: Path, tmp_path: Path, root: str
) -> None:
    request = Request(tuple(sorted(tmp_path.glob(root))), POINT, resume=True)
    with pytest.raises(UserError, check=tells(RunCode.RUN_FOLDER_GONE, folder=share / "fields")):
        run_until_taken_away(store, request, share, tmp_path / "away")
    ledger = store.run(1).ledger()
    assert ledger.failed == 0
    assert CHUNK <= ledger.done < IMAGES
    with pytest.raises(UserError, match="no longer there"):
        run(store, request)
    (tmp_path / "away").rename(share)
    run(store, request)
    assert (store.run(1).ledger().done, store.run(1).ledger().queued) == (IMAGES, IMAGES)
    run(store, Request(request.inputs, POINT))
    assert store.run(1).records() == store.run(2).records()


def test_an_empty_mount_point_stops_the_run_too(store: Store, share: Path, tmp_path: Path) -> None:
    request = Request((share,), POINT, resume=True)
    with pytest.raises(UserError, match="share is empty or no longer there"):
        run_until_taken_away(store, request, share, tmp_path / "away", leaves_empty_folder=True)
    with pytest.raises(UserError, match="share is empty or no longer there"):
        run(store, request)
    assert store.run(1).ledger().failed == 0


@pytest.mark.parametrize("root", ["share/fields", "share/fields/*"], ids=["folder", "files"])
def test_the_unread_images_of_a_folder_that_is_emptied_fail_and_the_run_ends(store: Store, share: Path, tmp_path: Path, root: str) -> None:
    events = analyse(Request(tuple(sorted(tmp_path.glob(root))), POINT), FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    for path in (share / "fields").iterdir():
        path.unlink()
    list(events)
    ledger = store.run(1).ledger()
    assert (ledger.to_go, ledger.failed + ledger.done) == (0, IMAGES)
    assert ledger.failed > 0


def test_files_that_vanish_from_a_remaining_folder_fail_and_the_rest_are_done(store: Store, share: Path) -> None:
    events = analyse(Request((share,), POINT), FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    for number in range(0, IMAGES, 2):
        (share / "fields" / f"{number:03}.bmp").unlink()
    list(events)
    ledger = store.run(1).ledger()
    assert (ledger.done, ledger.failed, ledger.to_go) == (IMAGES // 2, IMAGES // 2, 0)


def test_a_failed_image_that_could_be_read_does_not_mean_that_its_folder_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "away" / "a.png"
    check_drives([ImageRecord(0, path, Status.FAILED, said("The image is damaged."), "ab" * 32)], run_info(path.parent))
    with pytest.raises(UserError):
        check_drives([ImageRecord(0, path, Status.FAILED, said("It is not there."))], run_info(path.parent))


def test_a_folder_that_can_be_entered_but_not_listed_counts_as_present(store: Store, share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fields = share / "fields"
    events = analyse(Request((fields / "000.bmp", fields / "001.bmp"), POINT), FakeClassifier(), store, threading.Event())
    assert isinstance(next(events), RunStarted)
    (fields / "000.bmp").unlink()
    monkeypatch.setattr(os, "scandir", raising(errno.EACCES))
    list(events)
    assert [record.status for record in store.run(1).records()] == [Status.FAILED, Status.DONE]


@pytest.mark.parametrize("error", [errno.EACCES, errno.EPERM, errno.EMFILE])
def test_a_refusal_by_the_system_means_that_a_folder_is_lost_only_if_another_folder_has_taken_its_place(
    share: Path, monkeypatch: pytest.MonkeyPatch, error: int
) -> None:
    unread = [ImageRecord(0, share / "a.png", Status.FAILED, said("It cannot be opened: access is denied."))]
    monkeypatch.setattr(os, "scandir", raising(error))
    check_drives(unread, replace(run_info(share), root_inodes=()))
    check_drives(unread, replace(run_info(share), root_inodes=(share.stat().st_ino,)))
    with pytest.raises(UserError):
        check_drives(unread, replace(run_info(share), root_inodes=(share.stat().st_ino + 1,)))


LOST = (
    *("ENOENT", "ENOTDIR", "ENODEV", "ENXIO", "EIO", "EREMOTEIO", "ESTALE", "ENOTCONN"),
    *("ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET"),
)


@pytest.mark.parametrize("error", [getattr(errno, name) for name in LOST if hasattr(errno, name)], ids=errno.errorcode.get)
def test_the_errors_of_a_lost_drive_or_server_stop_the_run(share: Path, monkeypatch: pytest.MonkeyPatch, error: int) -> None:
    monkeypatch.setattr(os, "scandir", raising(error))
    with pytest.raises(UserError):
        check_drives([ImageRecord(0, share / "a.png", Status.FAILED)], replace(run_info(share), root_inodes=(share.stat().st_ino,)))


def test_no_inode_is_known_for_a_folder_that_is_gone_or_does_not_answer(share: Path) -> None:
    def ask(path: Path | None) -> None:
        if path == share / "dead":
            raise NoAnswerError(errno.ETIMEDOUT, "no answer", str(path))

    folders = (share, share / "dead", share / "gone" / "fields", share / "fields" / "000.bmp")
    assert inodes_of(folders, ask) == (share.stat().st_ino, 0, 0, (share / "fields").stat().st_ino)


def raising(error: int) -> object:
    def ask(path: object) -> object:
        raise OSError(error, os.strerror(error), str(path))

    return ask
