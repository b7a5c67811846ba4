"""`breakhis-classify` as a process, with the shipped models."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from breakhis_desktop.domain.engines import DEVICES
from breakhis_desktop.inference.devices import available_devices
from breakhis_desktop.reporting.rows import COLUMNS
from tests.e2e.programs import PROGRAM, classify, images_done, rows, wait_until


def test_a_folder_is_classified_and_exported_in_every_format(folder: Path, tmp_path: Path) -> None:
    outputs = [tmp_path / f"out.{kind}" for kind in ("csv", "xlsx", "json", "pdf")]
    options = [text for file in outputs for text in (f"--{file.suffix[1:]}", str(file))]
    result = classify(folder, *options)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "4 queued = 3 done + 1 failed" in result.stderr
    assert "Traceback" not in result.stderr
    found = rows(outputs[0])
    assert tuple(found[0]) == COLUMNS
    assert sorted(row["status"] for row in found) == ["done", "done", "done", "failed"]
    official = next(row for row in found if "SOB_" in row["path"])
    assert (official["patient_id"], official["magnification"], official["accession"]) == ("14-2523", "400", "2523")
    assert 0 <= float(official["p_malignant"]) <= 1
    assert all(file.stat().st_size > 1000 for file in outputs)


@pytest.mark.slow
def test_every_kind_of_bad_input_gets_a_row_with_a_reason(tmp_path: Path, samples: list[Path]) -> None:
    folder = tmp_path / "caf\xe9 \u4e2d dir"
    folder.mkdir()
    good = samples[0].read_bytes()
    (folder / "truncated.png").write_bytes(good[: len(good) // 2])
    (folder / "empty.png").touch()
    (folder / "text.png").write_text("not a picture")
    (folder / "slide.svs").touch()
    (folder / "notes.txt").touch()
    (folder / "<b>&.png").write_bytes(good)
    Path(os.fsdecode(os.fsencode(folder) + b"/latin-\xe9.png")).write_bytes(good)
    with Image.open(samples[0]) as image:
        for mode in ("L", "P", "RGBA", "I;16"):
            image.convert("L" if mode == "I;16" else mode).convert(mode).save(folder / f"mode-{mode.replace(';', '')}.png")
        image.convert("CMYK").save(folder / "cmyk.jpg")
    out = tmp_path / "out.csv"
    result = classify(folder, tmp_path / "vanished.png", "--csv", out)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    statuses = {Path(row["path"]).name: row["status"] for row in rows(out)}
    assert statuses == {
        "<b>&.png": "done",
        "cmyk.jpg": "done",
        "empty.png": "failed",
        "latin-\\xe9.png": "done",
        "mode-I16.png": "refused",
        "mode-L.png": "refused",
        "mode-P.png": "done",
        "mode-RGBA.png": "done",
        "notes.txt": "skipped",
        "slide.svs": "refused",
        "text.png": "failed",
        "truncated.png": "failed",
        "vanished.png": "failed",
    }
    assert all(row["reason"].endswith(".") for row in rows(out) if row["status"] != "done")


@pytest.mark.slow
def test_repeating_a_call_on_a_store_writes_the_same_export(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    for file in (first, second):
        assert classify(folder, "--store", tmp_path / "run.sqlite", "--pdf", file).returncode == 1
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.slow
def test_a_case_report_shows_only_one_patient(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "case.pdf"
    assert classify(folder, "--pdf", out, "--case", "14-2523").returncode == 1
    words = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Patient 14-2523 · 1 image ·" in words
    assert "b.png" not in words
    missing = classify(folder, "--pdf", tmp_path / "other.pdf", "--case", "nobody")
    assert missing.returncode == 2
    assert missing.stderr.endswith("of the patient nobody: its patients are 14-2523. Repeat the command with one of them as --case.\n")


def test_a_case_without_a_pdf_is_refused_before_anything_runs(folder: Path) -> None:
    result = classify(folder, "--case", "14-2523")
    assert result.returncode == 2
    assert "name its file with --pdf" in result.stderr


def test_without_an_output_option_a_table_is_printed(samples: list[Path]) -> None:
    result = classify(*samples[:2], "--threshold", "0")
    assert result.returncode == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 3
    assert all("malignant" in line for line in lines)


@pytest.mark.slow
def test_a_threshold_is_exported_with_its_validation_figures(samples: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert classify(samples[0], "--threshold", "0.5", "--json", out).returncode == 0
    point = json.loads(out.read_text(encoding="utf-8"))["run"]["operating_point"]
    assert (point["name"], point["threshold"]) == ("custom", 0.5)
    assert 0 < point["specificity"]["low"] < point["specificity"]["value"] < point["specificity"]["high"] < 1
    assert "1,387 images of 50 accessions" in point["evidence"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("absent",), "It is not there"),
        (("--threshold", "2", "."), "not a number from 0 to 1"),
        ((".", "--csv", "absent/out.csv"), "its folder is not there"),
        ((".", "--models", "absent"), "There is no model folder"),
        ((".",), "no image in"),
        ((".", "--operating-point", "sharp"), "choose one of"),
    ],
)
def test_a_call_that_cannot_run_says_why_in_a_sentence_and_exits_with_2(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = classify(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_results_that_could_not_be_exported_are_kept(folder: Path, tmp_path: Path, home: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    process = subprocess.Popen([*PROGRAM, str(folder), "--csv", str(target / "out.csv")], stderr=subprocess.PIPE, text=True)
    wait_until(lambda: any(home.glob("run-*")), process=process)
    target.rmdir()
    _, words = process.communicate(timeout=60)
    assert process.returncode == 1
    (kept,) = home.glob("run-*.sqlite")
    assert str(kept) in words
    target.mkdir()
    assert classify(folder, "--store", kept, "--csv", target / "out.csv").returncode == 1
    assert len(rows(target / "out.csv")) == 4


@pytest.mark.slow
def test_results_of_unchanged_images_are_reused_from_the_store_on_request(folder: Path, tmp_path: Path) -> None:
    store, first, second = tmp_path / "run.sqlite", tmp_path / "first.csv", tmp_path / "second.csv"
    assert classify(folder, "--store", store, "--csv", first).returncode == 1
    result = classify(folder, "--store", store, "--reuse", "--threshold", "0.9", "--csv", second, "--pdf", tmp_path / "second.pdf")
    assert result.returncode == 1
    assert "4 queued = 3 done + 1 failed." in result.stderr
    assert "Images with the result of an earlier run over the same file: 3; the column reused_from names the run." in result.stderr
    before, after = rows(first), rows(second)
    assert [row["reused_from"] for row in before] == [""] * 4
    assert [row["reused_from"] for row in after] == ["1" if row["status"] == "done" else "" for row in after]
    decided_anew = {"reused_from", "decision", "needs_review", "review_reason", "threshold", "operating_point"}
    assert [{name: row[name] for name in row.keys() - decided_anew} for row in after] == [
        {name: row[name] for name in row.keys() - decided_anew} for row in before
    ]
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "second.pdf").pages)
    assert "3 of 4 images, from run 1 of the same store" in " ".join(text.split())


@pytest.mark.slow
def test_an_unavailable_device_is_reported_once_and_the_cpu_is_used(samples: list[Path], tmp_path: Path) -> None:
    absent = next(name for name in DEVICES if name not in {device.name for device in available_devices()})
    result = classify(samples[0], "--device", absent, "--csv", tmp_path / "out.csv")
    assert result.returncode == 0
    assert result.stderr.count("this installation does not offer it.\n") == 1
    assert [row["engine"] for row in rows(tmp_path / "out.csv")] == ["ONNX Runtime"]


def test_reuse_without_a_store_is_refused(folder: Path) -> None:
    result = classify(folder, "--reuse")
    assert result.returncode == 2
    assert "name its file with --store" in result.stderr


def test_a_reader_that_closes_the_pipe_does_not_change_the_exit_status(folder: Path) -> None:
    call = f"{sys.executable} -m breakhis_desktop.cli '{folder}'; echo status $? >&2"
    result = subprocess.run(["sh", "-c", f"({call}) | true"], capture_output=True, text=True, check=False)
    assert "status 1" in result.stderr
    assert "Standard output was closed before all of it was read." in result.stderr
    assert "BrokenPipe" not in result.stderr


@pytest.mark.parametrize("option", ["--help", "--version", "--print-completion bash"])
def test_the_help_and_the_version_and_the_completion_end_quietly_if_their_reader_closes_the_pipe(option: str) -> None:
    call = f"{sys.executable} -m breakhis_desktop.cli {option}; echo status $? >&2"
    result = subprocess.run(["sh", "-c", f"({call}) | true"], capture_output=True, text=True, check=False)
    assert result.stderr == "status 0\n"


def test_an_interrupt_ends_a_call_that_waits_for_a_list_on_standard_input(home: Path) -> None:
    with subprocess.Popen([*PROGRAM, "-"], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as call:
        wait_until((home / "breakhis-desktop.log").exists, process=call)
        call.send_signal(signal.SIGINT)
        assert call.wait(timeout=60) == 130
        assert call.stderr is not None
        assert call.stderr.read() == ""


@pytest.mark.slow
def test_an_interrupt_ends_a_call_whose_output_nobody_reads(samples: list[Path]) -> None:
    call = [*PROGRAM, str(samples[0]), "--pdf", "-"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stderr.readline() == "1 queued = 1 done. For research use. Not a medical device.\n"
        assert os.read(process.stdout.fileno(), 4) == b"%PDF"
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) in {0, 1, 130}
        assert "Fatal" not in process.stderr.read()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("output", [[], ["--csv", "-"]], ids=["table", "CSV"])
@pytest.mark.slow
def test_if_standard_output_cannot_take_an_output_the_call_ends_with_1_and_advice_and_the_results_are_kept(
    samples: list[Path], output: list[str]
) -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run([*PROGRAM, samples[0], *output], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.count("write them to a file with --csv") == 1
    assert ".sqlite" in result.stderr


def test_names_that_the_terminal_cannot_show_are_escaped(tmp_path: Path, samples: list[Path]) -> None:
    (tmp_path / "\u4e2d.png").write_bytes(samples[0].read_bytes())
    result = classify(tmp_path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert result.returncode == 0
    assert result.stdout.splitlines()[1].startswith("\\u4e2d.png")


@pytest.mark.slow
def test_an_interrupt_cancels_cleanly_and_the_same_call_resumes(tmp_path: Path, samples: list[Path]) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(160):
        (folder / f"{number:03}.png").symlink_to(samples[number % len(samples)])
    call = [*PROGRAM, str(folder), "--store", str(tmp_path / "run.sqlite"), "--csv", str(tmp_path / "out.csv"), "--no-gate"]
    process = subprocess.Popen(call, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: images_done(tmp_path / "run.sqlite") > 0, process=process)
    process.send_signal(signal.SIGINT)
    _, words = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "cancelled" in words
    assert len(rows(tmp_path / "out.csv")) == 160
    assert subprocess.run(call, check=False).returncode == 0
    assert {row["status"] for row in rows(tmp_path / "out.csv")} == {"done"}


@pytest.mark.slow
@pytest.mark.data
def test_the_whole_data_set_is_classified_and_at_least_95_percent_of_the_malignant_images_are_called_malignant(
    data: Path, tmp_path: Path
) -> None:
    result = classify(data, "--csv", tmp_path / "out.csv", "--pdf", tmp_path / "out.pdf")
    found = rows(tmp_path / "out.csv")
    assert result.returncode == 0
    assert len(found) == 1387
    correct = sum(row["decision"] == "malignant" for row in found if "/malignant/" in row["path"])
    assert correct >= 0.95 * sum("/malignant/" in row["path"] for row in found)
