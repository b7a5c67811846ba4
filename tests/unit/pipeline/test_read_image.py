import os
import socket
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.records import PendingImage, Status
from breakhis_desktop.errors import ImageRefusedError
from breakhis_desktop.files import MAX_BYTES, read_bytes
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.pipeline.read_image import read_image
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD
from tests.factories import there


def test_a_folder_named_like_an_image_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").mkdir()
    with pytest.raises(ImageRefusedError, match="Not a file"):
        read_bytes(tmp_path / "a.png")


def test_pipes_and_sockets_and_devices_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's path must be short
    os.mkfifo("pipe.png")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.png")
        for name in ("pipe.png", "socket.png", os.devnull):
            with pytest.raises(ImageRefusedError, match="Not a file"):
                read_bytes(Path(name))


def test_a_pipe_that_has_replaced_a_file_does_not_block_the_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file, pipe = tmp_path / "a.png", tmp_path / "pipe.png"
    file.touch()
    os.mkfifo(pipe)
    facts = file.stat()
    monkeypatch.setattr(Path, "stat", lambda _: facts)
    with pytest.raises(ImageRefusedError, match="Not a file"):
        read_bytes(pipe)


def test_a_file_that_is_too_large_is_refused_without_being_read(tmp_path: Path) -> None:
    huge = tmp_path / "a.png"
    huge.touch()
    os.truncate(huge, MAX_BYTES + 1)
    record = read_image(PendingImage(0, huge), CARD, gate=True).record
    assert (record.status, record.sha256) == (Status.REFUSED, "")
    assert record.reason == Message.of(FileCode.TOO_LARGE, megabytes=(MAX_BYTES + 1) / 1_000_000)


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    growing = tmp_path / "a.png"
    growing.write_bytes(b"1234")
    fstat = os.fstat

    def then_grow(descriptor: int) -> os.stat_result:
        facts = fstat(descriptor)
        growing.write_bytes(b"12345678")
        return facts

    monkeypatch.setattr(os, "fstat", then_grow)
    with pytest.raises(ImageRefusedError, match="grew while it was read"):
        read_bytes(growing)


def test_a_link_to_itself_fails_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to("a.png")
    record = read_image(PendingImage(0, tmp_path / "a.png"), CARD, gate=True).record
    assert record.status is Status.FAILED
    assert there(record.reason).code is FileCode.UNREADABLE


def test_the_verdict_of_the_gate_does_not_depend_on_the_input_size_of_the_models(samples: list[Path], tmp_path: Path) -> None:
    card = read_bundle(default_models()).card
    Image.open(samples[0]).filter(ImageFilter.GaussianBlur(8)).save(tmp_path / "blurred.png")
    for size in (card.input_size, (48, 48)):
        read = read_image(PendingImage(0, tmp_path / "blurred.png"), replace(card, input_size=size), gate=True).record
        assert (read.status, read.reason) == (Status.REFUSED, Message.of(ImageCode.BLURRED))
        assert read_image(PendingImage(0, samples[0]), replace(card, input_size=size), gate=True).record.status is Status.DONE


def test_the_gate_uses_the_limits_of_the_bundle_if_the_bundle_sets_any(samples: list[Path]) -> None:
    card = read_bundle(default_models()).card
    strict = replace(card, gate_limits=replace(SHIPPED_LIMITS, least_brightness=255.0))
    for named, status in ((None, Status.DONE), (SHIPPED_LIMITS, Status.DONE), (strict.gate_limits, Status.REFUSED)):
        assert read_image(PendingImage(0, samples[0]), replace(card, gate_limits=named), gate=True).record.status is status
