"""Shows what comes from below the window in the window's language.

Store, exports and command line have one language, English; what they say is translated at the moment when it is shown, word by word or
sentence by sentence. What nobody has translated is shown as it is.
"""

import re
from collections.abc import Iterable
from functools import cache

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.records import Ledger, Status
from breakhis_desktop.ui import figures
from breakhis_desktop.ui.known_sentences import SENTENCES
from breakhis_desktop.ui.known_words import WORDS

_CONTEXT = "Words"
_SAID = {"reason", "error", "what", "advice", "kind"}
"""The values that are sentences themselves."""
_LISTED = {"differences": " and ", "parts": ", ", "subtypes": ", "}
"""The values that are several words, and what stands between those."""
_COUNTED = {
    "accessions",
    "auc",
    "count",
    "difference",
    "distance",
    "ensembles",
    "images",
    "margin",
    "pixels",
    "recall",
    "screened",
    "share",
    "side",
    "size",
    "threshold",
    "trials",
}
"""The values that are numbers."""


def shown(text: str) -> str:
    """Return a word or a sentence from below the window as the window shows it."""
    translated = QCoreApplication.translate(_CONTEXT, text)
    if translated != text or not _is_foreign():
        return translated
    for start, form, pattern in _forms():
        found = pattern.fullmatch(text) if text.startswith(start) else None
        if found is not None:
            return QCoreApplication.translate(_CONTEXT, form).format(
                **{name: _value(name, text) for name, text in found.groupdict().items()}
            )
    return text


def shown_together(texts: Iterable[str]) -> str:
    """Return some words, such as the reasons for a review, one after the other."""
    return ", ".join(shown(text) for text in texts)


def ledger_words(ledger: Ledger) -> str:
    """Return a ledger as a sum, without the parts that are zero."""
    return f"{_queued(ledger.queued)} = {' + '.join(ledger_parts(ledger)) or '0'}"


def ledger_parts(ledger: Ledger) -> list[str]:
    """Return how many images ended how, and how many are left."""
    counts = {status: getattr(ledger, status) for status in Status}
    parts = [_counted(status, count) for status, count in counts.items() if count]
    if ledger.to_go:
        parts.append(QCoreApplication.translate("Ledger", "{count} to go").format(count=figures.count(ledger.to_go)))
    return parts


def _value(name: str, text: str) -> str:
    """Translate a value where it is a sentence itself, or several words; names of files and patients stay."""
    if name in _LISTED:
        return shown(_LISTED[name]).join(shown(part) for part in text.split(_LISTED[name]))
    if name in _COUNTED:
        return figures.local(text)
    return shown(text) if name in _SAID else text


def _queued(count: int) -> str:
    return QCoreApplication.translate("Ledger", "{count} queued").format(count=figures.count(count))


def _counted(status: Status, count: int) -> str:
    if count == 1:
        return f"1 {shown(status)}"
    words = {
        Status.DONE: QCoreApplication.translate("Ledger", "{count} done"),
        Status.FAILED: QCoreApplication.translate("Ledger", "{count} failed"),
        Status.REFUSED: QCoreApplication.translate("Ledger", "{count} refused"),
        Status.SKIPPED: QCoreApplication.translate("Ledger", "{count} skipped"),
        Status.CANCELLED: QCoreApplication.translate("Ledger", "{count} cancelled"),
    }
    return words[status].format(count=figures.count(count))


def _is_foreign() -> bool:
    """Tell whether the window speaks another language than the store."""
    return QCoreApplication.translate(_CONTEXT, WORDS[0]) != WORDS[0]


@cache
def _forms() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Return each sentence with values: how it begins, itself, and what it looks like once the values stand in it."""
    return tuple((sentence.partition("{")[0], sentence, _pattern(sentence)) for sentence in SENTENCES)


def _pattern(sentence: str) -> re.Pattern[str]:
    parts = re.split(r"\{(\w+)\}", sentence)
    return re.compile("".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)), re.DOTALL)
