"""How a job's patients are read, in words for its card and its menu."""

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.identity import FOLDER, OFFICIAL, PATTERN, TABLE, parts_of, without_magnification
from breakhis_desktop.files import printable
from breakhis_desktop.ui.look.figures import count
from breakhis_desktop.ui.state.job import Job

translate = QCoreApplication.translate


def patients_words(job: Job) -> str:
    """Return how a job's patients are read and, if they have been counted, how many there are."""
    rule = without_magnification(job.rule)
    found = _counted(job)
    if found is None:
        return rule_words(rule)
    patients, unknown = found
    if not patients:
        return translate("IdentityRule", "No patient known") if unknown else rule_words(rule)
    words = _count_words(rule, patients)
    return f"{words}, {_unknown_words(unknown)}" if unknown else words


def rule_words(rule: str) -> str:
    """Return a short description of a rule; the rule is in the form in which users write it."""
    last = parts_of(without_magnification(rule))[-1]
    if last == FOLDER:
        return translate("IdentityRule", "patient from folder")
    if last.startswith(PATTERN):
        return translate("IdentityRule", "pattern {pattern}").format(pattern=printable(last.removeprefix(PATTERN)))
    if last.startswith(TABLE):
        return translate("IdentityRule", "table {name}").format(name=_name_of(last))
    return translate("IdentityRule", "BreakHis names")


def choice_words(rule: str) -> str:
    """Return the text of a menu entry that chooses a rule."""
    if rule == FOLDER:
        return translate("IdentityRule", "Each folder is one patient")
    words = rule_words(rule)
    return words[:1].upper() + words[1:]


def _counted(job: Job) -> tuple[int, int] | None:
    """Return how many patients and how many images without a patient there are; None if the job's rule was not applied to all images."""
    guess, counted = job.reading.guess, job.reading.counted
    if guess is not None and _plain(guess.rule) == _plain(job.rule):
        return guess.patients, guess.unknown
    if job.run_info is not None and not job.ledger.to_go and job.records:
        return len(job.patients), job.without_patient
    if counted is not None and counted.rule == job.rule:
        return counted.patients, counted.unknown
    return None


def _plain(rule: str) -> str:
    return "" if rule == OFFICIAL else rule


def _count_words(rule: str, patients: int) -> str:
    last = parts_of(rule)[-1]
    if last == FOLDER:
        words = translate("IdentityRule", "{count} folders: one patient each")
        return translate("IdentityRule", "1 folder: one patient") if patients == 1 else words.format(count=count(patients))
    number = translate("IdentityRule", "1 patient")
    if patients > 1:
        number = translate("IdentityRule", "{count} patients").format(count=count(patients))
    return f"{_source(last)}: {number}"


def _unknown_words(unknown: int) -> str:
    """Return a text such as "3 images without", which does not wrap, because "without" alone on a line says nothing."""
    words = translate("IdentityRule", "{count} images without").format(count=count(unknown))
    return (translate("IdentityRule", "1 image without") if unknown == 1 else words).replace(" ", "\N{NO-BREAK SPACE}")


def _source(rule: str) -> str:
    if rule.startswith(TABLE):
        return _name_of(rule)
    return translate("IdentityRule", "Pattern") if rule.startswith(PATTERN) else translate("IdentityRule", "BreakHis names")


def _name_of(table: str) -> str:
    return printable(table.removeprefix(TABLE).replace("\\", "/").rpartition("/")[2])
