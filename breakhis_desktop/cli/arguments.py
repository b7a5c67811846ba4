"""The arguments of the command line."""

import argparse
from typing import NoReturn

from breakhis_desktop.assets import program_version
from breakhis_desktop.console import path_argument
from breakhis_desktop.domain.card import DEFAULT_POINT
from breakhis_desktop.domain.engines import CPU, DEVICES, ENGINES
from breakhis_desktop.domain.filenames import composed
from breakhis_desktop.domain.identity import OFFICIAL
from breakhis_desktop.domain.notice import RESEARCH_USE
from breakhis_desktop.files import printable
from breakhis_desktop.pipeline.export_run import ExportFormat
from breakhis_desktop.wording.message import Message
from breakhis_desktop.wording.runs import RunCode


class _Parser(argparse.ArgumentParser):
    """A parser that escapes control characters in its error messages, because they repeat arguments such as file names."""

    def error(self, message: str) -> NoReturn:
        """Print an error message and exit."""
        super().error(printable(message))


def parser() -> argparse.ArgumentParser:
    """Return the parser of the command line."""
    parser = _Parser(
        prog="breakhis-classify",
        description="Classifies breast histology fields as benign or malignant and by subtype. " + RESEARCH_USE,
        epilog="Exit status: 0 every image done, 1 some failed or refused or an output could not be written, "
        "2 nothing could run, 70 a bug, 130 cancelled.",
    )
    parser.add_argument("paths", nargs="+", type=path_argument, metavar="PATH", help="folder, with all below it, or image")
    for kind in ExportFormat:
        parser.add_argument(f"--{kind}", type=path_argument, metavar="FILE", help=f"write the results as {kind.upper()}")
    parser.add_argument("--case", type=_patient, metavar="PATIENT", help="with --pdf: report this patient's images alone, each large")
    decides = parser.add_mutually_exclusive_group()
    decides.add_argument("--operating-point", default=DEFAULT_POINT, metavar="NAME", help="one of the model card's; default: %(default)s")
    decides.add_argument("--threshold", type=_probability, metavar="X", help="malignant from this probability upwards, 0 to 1")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help="what computes the networks; default: %(default)s")
    parser.add_argument(
        "--device",
        choices=DEVICES,
        default=CPU,
        help="the device that onnxruntime computes on; all but the CPU are untested, and the CPU computes where another does not give the "
        "known probabilities; default: %(default)s",
    )
    parser.add_argument("--models", type=path_argument, metavar="DIR", help="another model bundle than the one that ships")
    parser.add_argument(
        "--store", type=path_argument, metavar="FILE", help="keep the run in this file; the same call resumes it, or exports it again"
    )
    parser.add_argument(
        "--reuse",
        action="store_true",
        help="with --store: give an unchanged image the result of an earlier run there, if models, gate, engine, magnification and "
        "version of the program are the same",
    )
    parser.add_argument(
        "--patients",
        default=OFFICIAL,
        metavar="RULE",
        help="how patient and magnification are read: official (names as BreakHis has them), folder (the patient is the folder above), "
        "pattern:PATTERN (such as {patient}_{magnification}x_* or a regular expression with these named groups), or csv:FILE (with the "
        "columns file, patient and magnification); what a rule leaves open, an official name may still say; default: %(default)s",
    )
    parser.add_argument("--no-gate", action="store_true", help="judge images that the quality gate would refuse")
    parser.add_argument("--version", action="version", version=f"%(prog)s {program_version()}")
    return parser


def _patient(text: str) -> str:
    """Return a patient's name in its canonical spelling; refuse an empty name, which would mean every patient."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the patient is empty, as an unset variable leaves it; name one")
    return composed(text)


def _probability(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(str(Message.of(RunCode.CLI_NO_PROBABILITY, text=text)))
    return value
