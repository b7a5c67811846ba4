"""The arguments of the command line."""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NoReturn

import shtab

from breakhis_desktop.assets import program_version
from breakhis_desktop.console import path_argument, silence
from breakhis_desktop.domain.card import DEFAULT_POINT
from breakhis_desktop.domain.engines import CPU, DEVICES, ENGINES
from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.files import absolute, printable
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode

STANDARD: Final = Path("-")
"""The path that means standard input among the inputs, and standard output among the outputs; a file named `-` is given as `./-`."""

OUTPUTS = (ExportFormat.CSV, ExportFormat.XLSX, ExportFormat.JSON, ExportFormat.PDF)
"""The formats that the command can write; each has an option of the same name."""

_EPILOG = """\
examples:
  breakhis-classify fields/
      print a table, most suspicious image first
  breakhis-classify fields/ --csv results.csv --pdf report.pdf
  breakhis-classify fields/ --patients folder --case "Case 12" --pdf case-12.pdf
      report one patient, each folder being a patient
  breakhis-classify fields/ --store run.sqlite --csv results.csv
      the same command resumes after an interruption
  find . -name "*.tif" -print0 | breakhis-classify - --quiet --csv - | less -S
      read the list of files from a pipe, and write the results to one

exit status:
  0 every image done, 1 some failed or refused or an output could not be
  written, 2 nothing could run or the run had to stop (such as by a full
  disk), 70 a bug, 130 cancelled"""


class Options(argparse.Namespace):
    """The parsed arguments, by the names of their options; an option that was not given and has no default is None."""

    paths: list[Path]
    csv: Path | None
    xlsx: Path | None
    json: Path | None
    pdf: Path | None
    case: str | None
    laboratory: str | None
    logo: Path | None
    comment: str | None
    operating_point: str
    threshold: float | None
    engine: str
    device: str
    models: Path | None
    store: Path | None
    reuse: bool
    patients: str
    no_gate: bool
    quiet: bool

    def output(self, kind: ExportFormat) -> Path | None:
        """Return the file that receives the results in a format; None if that format is not asked for."""
        path: Path | None = getattr(self, kind)
        return path


def parse(arguments: Sequence[str] | None) -> Options:
    """Parse the arguments; if they ask for help or are invalid, print the help or the error, and exit."""
    return _parser().parse_args(arguments, Options())


class _Help(argparse.HelpFormatter):
    """Wraps the description as usual, and leaves the examples as they are."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return text if "\n" in text else super()._fill_text(text, width, indent)


class _Parser(argparse.ArgumentParser):
    """A parser that escapes control characters in its error messages, because they repeat arguments such as file names."""

    def error(self, message: str) -> NoReturn:
        """Print an error message and exit."""
        super().error(printable(message))

    def print_text(self, text: str) -> None:
        """Print a text to standard output."""
        self._print_message(text, sys.stdout)

    def _print_message(self, message: str, file: Any = None) -> None:
        """Print and flush, so that a closed pipe causes an error here and not at exit."""
        stream = file or sys.stderr
        try:
            super()._print_message(message, stream)
            stream.flush()
        except OSError:
            silence(stream.fileno())


class _PrintCompletion(argparse.Action):
    """Prints a completion script for a shell, and exits; the script lists all options, so a shell need not start the program."""

    def __call__(self, parser: argparse.ArgumentParser, _options: object, shell: Any, _option: str | None = None) -> None:
        if isinstance(parser, _Parser):
            parser.print_text(f"{shtab.complete(parser, shell)}\n")
        parser.exit()


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="breakhis-classify",
        description="Classify breast histology fields as benign or malignant and by subtype. " + RESEARCH_USE,
        epilog=_EPILOG,
        formatter_class=_Help,
    )
    _file(
        parser, "paths", "PATH", "a folder, with everything in it, or an image; - reads a list of such paths from standard input", nargs="+"
    )
    parser.add_argument(
        "--patients",
        default=OFFICIAL,
        metavar="RULE",
        help="how patient and magnification are read: official (names as BreakHis has them), folder (the patient is the folder above), "
        "magnification (written in the name or the folder, such as 100x), pattern:PATTERN (such as {patient}_{magnification}x_* or a "
        "regular expression with these named groups), or csv:FILE (a table with a column named file, and one named patient or "
        "magnification, or both); "
        "folder and magnification can be joined to another rule with a comma, as in folder,magnification or folder,csv:FILE: the last "
        "rule is applied first, and those before it supply what it does not read; an official name supplies what no rule reads; "
        "default: %(default)s",
    )
    parser.add_argument("--no-gate", action="store_true", help="classify images that the quality gate would refuse")
    parser.add_argument("--quiet", action="store_true", help="write nothing to standard error except what goes wrong")
    parser.add_argument(
        "--print-completion",
        action=_PrintCompletion,
        choices=shtab.SUPPORTED_SHELLS,
        metavar="SHELL",
        help="print a script that completes these options in a shell: %(choices)s",
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    _add_outputs(parser)
    _add_report(parser)
    _add_decision(parser)
    _add_models(parser)
    _add_store(parser)
    return parser


def _add_outputs(parser: argparse.ArgumentParser) -> None:
    outputs = parser.add_argument_group("outputs", "Without any of these, a table is printed. - stands for standard output.")
    for kind in OUTPUTS:
        _file(outputs, f"--{kind}", "FILE", f"write the results as {kind.upper()}")


def _add_report(parser: argparse.ArgumentParser) -> None:
    report = parser.add_argument_group("the report, with --pdf")
    case = "report only this patient's images, each large; an accession in official names stands for all of its ids"
    report.add_argument("--case", type=_patient, metavar="PATIENT", help=case)
    report.add_argument("--laboratory", metavar="NAME", help="the laboratory's name at the top")
    _file(report, "--logo", "FILE", "the laboratory's logo beside its name")
    report.add_argument("--comment", metavar="TEXT", help="a comment below the facts of the run")


def _add_decision(parser: argparse.ArgumentParser) -> None:
    decides = parser.add_argument_group("what is called malignant").add_mutually_exclusive_group()
    decides.add_argument(
        "--operating-point",
        default=DEFAULT_POINT,
        metavar="NAME",
        help="an operating point that the model card names; default: %(default)s",
    )
    decides.add_argument("--threshold", type=_probability, metavar="X", help="malignant from this probability upwards, 0 to 1")


def _add_models(parser: argparse.ArgumentParser) -> None:
    models = parser.add_argument_group("models")
    _file(models, "--models", "DIR", "another model bundle than the one that ships", complete=shtab.DIRECTORY)
    models.add_argument(
        "--engine",
        choices=ENGINES,
        default=ENGINES[0],
        metavar="NAME",
        help="what runs the networks: %(choices)s; default: %(default)s",
    )
    models.add_argument(
        "--device",
        choices=DEVICES,
        default=CPU,
        metavar="NAME",
        help="the device that onnxruntime computes on: %(choices)s; all but the CPU are untested; if a device does not reproduce the known "
        "probabilities, the CPU takes over; default: %(default)s",
    )


def _add_store(parser: argparse.ArgumentParser) -> None:
    store = parser.add_argument_group("keeping runs")
    _file(store, "--store", "FILE", "keep the run in this file; the same command resumes it, or exports it again")
    store.add_argument(
        "--reuse",
        action="store_true",
        help="with --store: give an unchanged image the result of an earlier run there, if models, gate, engine, magnification and "
        "version of the program are the same",
    )


def _file(
    group: argparse._ActionsContainer,
    name: str,
    metavar: str,
    words: str,
    *,
    complete: Mapping[str, object] = shtab.FILE,
    nargs: str | None = None,
) -> None:
    """Add an argument whose value is a path, and let shells complete it."""
    action = group.add_argument(name, type=_path, metavar=metavar, help=words, nargs=nargs)
    action.complete = complete  # type: ignore[attr-defined]


def _path(text: str) -> Path:
    path = path_argument(text)
    return absolute(path) if path == STANDARD and text != str(STANDARD) else path


def _patient(text: str) -> str:
    """Return a patient's name in its canonical spelling; refuse an empty name, which would mean every patient."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the patient is empty (is a shell variable not set?); name one")
    return composed(text)


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(str(Message.of(RunCode.CLI_NO_PROBABILITY, text=text)))
    return value
