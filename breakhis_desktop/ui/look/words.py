"""Translates messages and domain words into the window's language.

Exports and the command line are always in English, so a message is translated only when the window shows it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.clock import in_local_time
from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.ui.look import figures as numbers
from breakhis_desktop.wording.message import Message, render

WORDING = "Wording"
"""Translation context of the message templates."""

WORDS = "Words"
"""Translation context of single domain words, such as the names of subtypes."""


def localised(what: Message | str | None, *, figures: bool = True) -> str:
    """Return a message, or a domain word such as the name of a subtype, in the window's language.

    Args:
        what: The message or word; an unknown text is returned unchanged, and None becomes an empty text.
        figures: Whether to include the values, such as a measured size, that a message shows in brackets.
    """
    if isinstance(what, Message):
        return render(what, _translated, numbers.local, figures=figures)
    return QCoreApplication.translate(WORDS, what) if what else ""


def localised_together(whats: Iterable[Message | str]) -> str:
    """Return messages or words, such as the reasons for a review, as a comma-separated text."""
    return ", ".join(map(localised, whats))


def ledger_words(ledger: Ledger) -> str:
    """Return a ledger in words: "12 queued = 10 done + 2 failed", without zero counts, or just "12 of 12 done" if every image is done."""
    if ledger.queued == ledger.done > 0:
        return QCoreApplication.translate("Ledger", "{count} of {count} done").format(count=numbers.count(ledger.done))
    return f"{_queued(ledger.queued)} = {' + '.join(ledger_parts(ledger)) or '0'}"


def ledger_parts(ledger: Ledger) -> list[str]:
    """Return the counts of a ledger that are not zero, in words: first the images in each status, then the images still to be analysed."""
    counts = {status: getattr(ledger, status) for status in Status}
    parts = [outcome_words(status, count) for status, count in counts.items() if count]
    if ledger.to_go:
        parts.append(QCoreApplication.translate("Ledger", "{count} to go").format(count=numbers.count(ledger.to_go)))
    return parts


def images_words(count: int) -> str:
    """Return a number of images, such as "2 images"."""
    if count == 1:
        return QCoreApplication.translate("Ledger", "1 image")
    return QCoreApplication.translate("Ledger", "{count} images").format(count=numbers.count(count))


def _queued(count: int) -> str:
    return QCoreApplication.translate("Ledger", "{count} queued").format(count=numbers.count(count))


def outcome_words(status: Status, count: int) -> str:
    """Return a number of images that ended in one way, such as "2 failed"."""
    if count == 1:
        return f"1 {localised(status)}"
    words = {
        Status.DONE: QCoreApplication.translate("Ledger", "{count} done"),
        Status.FAILED: QCoreApplication.translate("Ledger", "{count} failed"),
        Status.REFUSED: QCoreApplication.translate("Ledger", "{count} refused"),
        Status.SKIPPED: QCoreApplication.translate("Ledger", "{count} skipped"),
        Status.CANCELLED: QCoreApplication.translate("Ledger", "{count} cancelled"),
    }
    return words[status].format(count=numbers.count(count))


def _translated(template: str) -> str:
    return QCoreApplication.translate(WORDING, template)


def when(moment: str) -> str:
    """Return a time from the store (ISO 8601) as a local date with the time of day."""
    return date_and_time(in_local_time(moment))


def date_of(moment: str) -> str:
    """Return the date (ISO 8601) that begins a text, in the usual order of the window's language, or else the first ten characters."""
    try:
        day = date.fromisoformat(moment[:10])
    except ValueError:
        return moment[:10]
    return day.strftime(QCoreApplication.translate("Time", "%Y-%m-%d %H:%M").partition(" ")[0])


def date_and_time(moment: datetime) -> str:
    """Return a date with the time of day, in the order that is usual in the window's language."""
    return moment.strftime(QCoreApplication.translate("Time", "%Y-%m-%d %H:%M"))
