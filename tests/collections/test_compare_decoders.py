"""Tests that the comparison notices wrong pixels, and a decoder that crashes, hangs or uses too much memory."""

import os
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

pytest.importorskip("resource", reason="only POSIX systems can limit a process's memory (the module `resource` is missing elsewhere)")

from tests.collections import compare_decoders, program
from tests.collections.compare_decoders import Explanation, Finding, explanations, main, print_disagreements
from tests.collections.program import Program
from tests.collections.readers import read_netpbm, read_with_third, read_with_vips
from tests.collections.verdicts import LOSSLESS, LOSSY, NEED_NO_EXPLANATION, Ending, Reading, Verdict, judge
from tests.factories import there

needs_vips = pytest.mark.skipif(not (shutil.which("vips") and shutil.which("prlimit")), reason="libvips-tools are not installed")

GREY = np.full((20, 30, 3), 100, np.uint8)
SPOT = GREY.copy()
SPOT[3:6, 4:9, 0] = 200
UNREADABLE = Reading(Ending.UNREADABLE, "broken")


def pixels(values: np.ndarray) -> Reading:
    return Reading(Ending.PIXELS, "", values)


def never() -> Reading:
    raise AssertionError("the third reader was asked")


@pytest.fixture
def bounded(tmp_path: Path) -> Iterator[Program]:
    reader = Program(tmp_path / "pixels.npy")
    yield reader
    reader.close()


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "pictures" / "spot.png"
    file.parent.mkdir()
    Image.fromarray(SPOT).save(file)
    return file


@pytest.mark.parametrize(
    ("ours", "vips", "third", "verdict"),
    [
        (pixels(SPOT), pixels(GREY), pixels(GREY), Verdict.WRONG_PIXELS),
        (pixels(SPOT), pixels(GREY), pixels(SPOT), Verdict.SAME),
        (pixels(SPOT), pixels(SPOT[:, ::-1].transpose(1, 0, 2)), pixels(SPOT[:10]), Verdict.WRONG_PIXELS),
        (pixels(SPOT), UNREADABLE, pixels(SPOT), Verdict.SAME),
        (pixels(SPOT), UNREADABLE, pixels(GREY), Verdict.WRONG_PIXELS),
        (pixels(SPOT), UNREADABLE, UNREADABLE, Verdict.READ_THOUGH_BROKEN),
        (UNREADABLE, pixels(SPOT), pixels(SPOT), Verdict.FAILED_THOUGH_READABLE),
        (UNREADABLE, pixels(SPOT), UNREADABLE, Verdict.BROKEN_ALIKE),
    ],
)
def test_the_third_reader_decides_between_the_other_two(ours: Reading, vips: Reading, third: Reading, verdict: Verdict) -> None:
    assert judge(ours, vips, lambda: third, LOSSLESS)[0] is verdict


@pytest.mark.parametrize(
    ("ours", "vips", "verdict"),
    [
        (pixels(SPOT), pixels(SPOT + 1), Verdict.SAME),
        (UNREADABLE, UNREADABLE, Verdict.BROKEN_ALIKE),
        (Reading(Ending.REFUSED, "a whole slide"), pixels(SPOT), Verdict.REFUSED),
        (Reading(Ending.CRASH, "signal 11"), UNREADABLE, Verdict.CRASH),
        (Reading(Ending.TOO_LONG), pixels(SPOT), Verdict.TOO_LONG),
        (Reading(Ending.TOO_MUCH_MEMORY), pixels(SPOT), Verdict.TOO_MUCH_MEMORY),
    ],
)
def test_the_third_reader_is_not_asked_after_an_agreement_or_a_refusal_or_a_crash(ours: Reading, vips: Reading, verdict: Verdict) -> None:
    assert judge(ours, vips, never, LOSSLESS)[0] is verdict


def test_lossy_pixels_may_differ_by_rounding_but_not_by_a_spot() -> None:
    assert judge(pixels(GREY), pixels(SPOT), lambda: pixels(SPOT), LOSSY)[0] is Verdict.WRONG_PIXELS
    assert judge(pixels(GREY), pixels(GREY + 2), never, LOSSY)[0] is Verdict.SAME


def test_the_child_reads_good_files_and_reports_broken_and_refused_files(bounded: Program, picture: Path) -> None:
    assert np.array_equal(there(bounded.read(picture).pixels), SPOT)
    picture.write_bytes(picture.read_bytes()[:60])
    assert bounded.read(picture).ending is Ending.UNREADABLE
    picture.write_bytes(bytes(128) + b"DICM")
    assert bounded.read(picture).ending is Ending.REFUSED


def test_a_child_that_dies_counts_as_a_crash_and_the_next_file_is_read(bounded: Program, picture: Path) -> None:
    bounded.read(picture)
    child = there(bounded._child).pid
    os.kill(child, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (child, signal.SIGKILL)).start()
    assert bounded.read(picture).ending is Ending.CRASH
    assert bounded.read(picture).ending is Ending.PIXELS


def test_a_child_that_hangs_counts_as_too_long_and_the_next_file_is_read(
    bounded: Program, picture: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounded.read(picture)
    monkeypatch.setattr(program, "SECONDS", 0.2)
    os.kill(there(bounded._child).pid, signal.SIGSTOP)
    assert bounded.read(picture).ending is Ending.TOO_LONG
    monkeypatch.undo()
    assert bounded.read(picture).ending is Ending.PIXELS


def test_memory_is_measured_separately_for_each_file(bounded: Program, picture: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MEGABYTES", 100)
    large = picture.with_name("large.png")
    Image.new("RGB", (5000, 5000)).save(large, compress_level=1)
    assert bounded.read(picture).ending is Ending.PIXELS
    assert bounded.read(large).ending is Ending.TOO_MUCH_MEMORY
    assert bounded.read(picture).ending is Ending.PIXELS


@needs_vips
def test_libvips_reads_pictures_upright_and_on_white(picture: Path, tmp_path: Path) -> None:
    assert np.array_equal(there(read_with_vips(picture, tmp_path).pixels), SPOT)
    sixteen = picture.with_name("grey.tif")
    Image.fromarray(np.full((5, 7), 257 * 90, np.uint16)).save(sixteen)
    assert np.array_equal(there(read_with_vips(sixteen, tmp_path).pixels), np.full((5, 7, 3), 90))
    clear = picture.with_name("clear.png")
    Image.new("RGBA", (4, 3), (9, 9, 9, 0)).save(clear)
    assert np.array_equal(there(read_with_vips(clear, tmp_path).pixels), np.full((3, 4, 3), 255))
    turned, tags = picture.with_name("turned.tif"), Image.Exif()
    tags[274] = 6
    Image.fromarray(SPOT).save(turned, exif=tags)
    assert np.array_equal(there(read_with_vips(turned, tmp_path).pixels), np.rot90(SPOT, 3))
    picture.write_bytes(picture.read_bytes()[:60])
    assert read_with_vips(picture, tmp_path).ending is Ending.UNREADABLE


def test_the_third_reader_uses_qt_for_bitmaps(tmp_path: Path) -> None:
    file = tmp_path / "spot.bmp"
    Image.fromarray(SPOT).save(file)
    assert np.array_equal(there(read_with_third(file, "BMP", tmp_path).pixels), SPOT)


def test_grey_and_16_bit_netpbm_files_are_read() -> None:
    assert read_netpbm(b"P5\n# words\n2 1\n255\n\x07\x08").tolist() == [[[7, 7, 7], [8, 8, 8]]]
    assert read_netpbm(b"P6 1 1 65535\n" + b"\xff\xff\x80\x80\0\0").tolist() == [[[255, 128, 0]]]


def test_a_disagreement_without_an_explanation_is_an_error(
    picture: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = tmp_path / "explained.toml"
    words.write_text("", encoding="utf-8")
    monkeypatch.setattr(compare_decoders, "EXPLAINED", words)
    for reader in ("read_with_vips", "read_with_third"):
        monkeypatch.setattr(compare_decoders, reader, lambda *_: pixels(GREY))
    assert main([picture.parent]) == 1
    assert "wrong pixels: spot.png: UNEXPLAINED" in capsys.readouterr().out
    words.write_text('[[explained]]\nfiles = ["*.png"]\nverdict = "wrong pixels"\nwhy = "as it should be"\n', encoding="utf-8")
    assert main([picture.parent]) == 0
    assert capsys.readouterr().out.endswith("wrong pixels: spot.png: all right: as it should be\n0 unexplained\n")


def test_reasons_for_refusal_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    whole_slide, other = Finding("a.tif", "TIFF", Verdict.REFUSED, "A whole slide."), Finding("b.tif", "TIFF", Verdict.SAME, "")
    compare_decoders.print_refusals([whole_slide, other, whole_slide])
    assert capsys.readouterr().out == "refused, 2: A whole slide.\n"


def test_an_explanation_applies_only_to_its_own_verdict(capsys: pytest.CaptureFixture[str]) -> None:
    known = [Explanation(("a/*.png",), Verdict.WRONG_PIXELS, "as it should be")]
    findings = [Finding("a/b.png", "PNG", Verdict.WRONG_PIXELS, ""), Finding("a/b.png", "PNG", Verdict.CRASH, "signal 11")]
    assert print_disagreements(findings, known) == 1
    assert "UNEXPLAINED: signal 11" in capsys.readouterr().out


def test_every_explanation_is_for_a_disagreement_and_says_why() -> None:
    assert all(one.files and one.why and one.verdict not in NEED_NO_EXPLANATION for one in explanations())
