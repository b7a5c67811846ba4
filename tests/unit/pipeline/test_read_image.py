import hashlib
import os
import socket
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from breakhis_desktop.assets import default_models
from breakhis_desktop.domain.identity import Identity
from breakhis_desktop.domain.records import ImageRecord, PendingImage, Status
from breakhis_desktop.errors import ImageRefusedError
from breakhis_desktop.files import MAX_BYTES, read_bytes
from breakhis_desktop.imaging.prepare import prepare
from breakhis_desktop.inference.bundle import read_bundle
from breakhis_desktop.pipeline.read_image import ReadImage, read_image
from breakhis_desktop.quality.gate import SHIPPED_LIMITS
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Message
from tests.conftest import CARD, small_field
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


def test_a_field_is_hashed_measured_and_given_to_the_models_whole_with_its_thumbnail(tmp_path: Path) -> None:
    file, asked = tmp_path / "a.png", list[Path | None]()
    small_field(0).save(file)
    read = read_image(PendingImage(0, file), CARD, gate=True, asking=asked.append)
    assert asked == [file, None]
    assert (read.record.status, read.record.size, read.record.tiles) == (Status.DONE, (224, 224), 1)
    assert (read.record.gate_override, read.record.review_flags) == (None, ())
    assert read.record.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert read.boxes == ((0, 0, 224, 224),)
    assert [one.tolist() for one in read.model_inputs] == [prepare(small_field(0), (224, 224)).tolist()]
    assert Image.open(BytesIO(read.thumbnail)).format == "JPEG"


def test_a_known_result_is_taken_without_decoding(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"no picture")
    known = ReadImage(ImageRecord(7, Path("/earlier.png"), Status.DONE))
    hashes = []

    def answer(record: ImageRecord) -> ReadImage:
        hashes.append(record.sha256)
        return known

    assert read_image(PendingImage(0, tmp_path / "a.png"), CARD, gate=True, answer=answer) is known
    assert hashes == [hashlib.sha256(b"no picture").hexdigest()]


@pytest.mark.parametrize(("content", "status"), [(b"\x89PNG\r\n\x1a\n", Status.FAILED), (bytes(128) + b"DICM", Status.REFUSED)])
def test_a_file_that_cannot_be_decoded_fails_and_one_of_another_format_is_refused(tmp_path: Path, content: bytes, status: Status) -> None:
    (tmp_path / "a.png").write_bytes(content)
    read = read_image(PendingImage(0, tmp_path / "a.png"), CARD, gate=True)
    assert (read.record.status, read.record.sha256) == (status, hashlib.sha256(content).hexdigest())
    assert there(read.record.reason)
    assert (read.thumbnail, read.boxes) == (b"", ())


@pytest.mark.parametrize("gate", [True, False])
def test_a_field_that_the_gate_rejects_is_refused_or_if_the_gate_is_off_analysed_with_the_reason(tmp_path: Path, gate: bool) -> None:
    blank, small = Message.of(ImageCode.BLANK), Message.of(ImageCode.UNKNOWN_MAGNIFICATION, magnification=20, known="40, 100, 200, 400")
    Image.new("RGB", (224, 224), (240, 238, 242)).save(tmp_path / "a.png")
    small_field(0).save(tmp_path / "b.png")
    for name, magnification, reason in (("a.png", None, blank), ("b.png", 20, small)):
        image = PendingImage(0, tmp_path / name, identity=Identity(magnification=magnification))
        record = read_image(image, CARD, gate=gate).record
        found = record.reason if gate else record.gate_override
        assert there(found).code is reason.code
        assert record.status is (Status.REFUSED if gate else Status.DONE)


@pytest.mark.parametrize("gate", [True, False])
def test_the_tiles_of_a_large_field_that_the_gate_rejects_are_left_out_unless_the_gate_is_off(tmp_path: Path, gate: bool) -> None:
    field = Image.new("RGB", (1400, 300), (240, 238, 242))
    tissue = small_field(0).resize((700, 300))
    field.paste(tissue, (0, 0))
    field.save(tmp_path / "a.png")
    read = read_image(PendingImage(0, tmp_path / "a.png", identity=Identity(magnification=100)), CARD, gate=gate)
    shape = Message.of(ImageCode.OTHER_SHAPE, width=700, height=300)
    found = Message.of(ImageCode.TILES_DECLINED, declined=1, tiles=2, reason=Message.of(ImageCode.BLANK))
    if gate:
        assert read.record.review_flags == (shape, Message.of(ImageCode.PARTLY_DECLINED, what=found))
        assert (read.record.tiles, read.record.gate_override, read.boxes) == (1, None, ((0, 0, 700, 300),))
    else:
        assert (read.record.tiles, read.record.gate_override, read.record.review_flags) == (2, found, (shape,))
        assert read.boxes == ((0, 0, 700, 300), (700, 0, 1400, 300))
    assert read.model_inputs[0].tolist() == prepare(tissue, (224, 224)).tolist()
