"""The user's preferences and the window's last state, in a JSON file in the program's own folder."""

import contextlib
import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any, get_type_hints

from msgspec import Meta, ValidationError, convert
from PySide6.QtCore import QObject, Signal

from breakhis_desktop.domain.card import DEFAULT_POINT
from breakhis_desktop.domain.engines import AUTO, CPU, DEVICES, ENGINES
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import printable, write_atomically
from breakhis_desktop.regular_files import open_regular
from breakhis_desktop.ui.look.language import SYSTEM
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.heat_choice import HeatMap

CHOICES: Mapping[str, tuple[str, ...]] = {
    "appearance": (SYSTEM, "light", "dark"),
    "language": (SYSTEM, "en", "pt"),
    "engine": tuple(ENGINES),
    "device": tuple(DEVICES),
    "heat_map": tuple(heat_map.value for heat_map in HeatMap),
}
"""The allowed values of each setting that has a fixed choice."""

MOST_RECENT = 10
"""Number of recent folders to remember."""

LONGEST_NAME = 200
"""Maximum number of characters in a name that the user types: the laboratory's or the reviewer's."""

QtNumber = Annotated[int, Meta(ge=1 - 2**24, le=2**24 - 1)]
"""A number that Qt accepts in every setting; the bounds are the tightest that Qt sets, those for a window's size in pixels."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Values:
    """All settings with their defaults.

    Attributes:
        appearance: `system`, `light` or `dark`.
        language: `system`, `en` or `pt`.
        reviewer: Reviewer's name for new reviews.
        laboratory: Laboratory's name for reports.
        logo: Path of the logo for reports; empty for none.
        operating_point: Name of the operating point for new runs.
        engine: Engine that runs the networks, one of `ENGINES`.
        device: Device for ONNX Runtime, one of `DEVICES`.
        reuse: Whether new runs reuse earlier results for unchanged images.
        bundle: Folder name of the installed bundle in use; empty for the shipped bundle.
        heat_map: Heat map drawn over images, a value of `HeatMap`.
        heat_map_strength: Strength of the heat map in per cent.
        recent_folders: Folders queued last, the latest first.
        images_folder: Where images were last looked for; empty for none, like the next four settings.
        outputs_folder: Where a result or report was last saved, unless that was beside the images.
        training_folder: Where a training folder was last put.
        bundles_folder: Where a model bundle was last looked for.
        diagnostics_folder: Where diagnostics were last saved.
        window: Left, top, width and height of the window when not maximised; empty before the window is first closed.
        maximised: Whether the window was maximised.
        splitter: Widths of the three columns in pixels; 0 for a hidden column.
        operating_point_unfolded: Whether the bar of the operating point is unfolded.
        table_header: Saved state of the table's columns, as `TableColumns.state` returns it.
        card_width: Least width of a card of the contact sheet in pixels.
    """

    appearance: str = SYSTEM
    language: str = SYSTEM
    reviewer: str = ""
    laboratory: str = ""
    logo: str = ""
    operating_point: str = DEFAULT_POINT
    engine: str = AUTO
    device: str = CPU
    reuse: bool = False
    bundle: str = ""
    heat_map: str = HeatMap.NONE.value
    heat_map_strength: QtNumber = 55
    recent_folders: tuple[str, ...] = ()
    images_folder: str = ""
    outputs_folder: str = ""
    training_folder: str = ""
    bundles_folder: str = ""
    diagnostics_folder: str = ""
    window: tuple[QtNumber, ...] = ()
    maximised: bool = False
    splitter: tuple[QtNumber, ...] = ()
    operating_point_unfolded: bool = False
    table_header: str = ""
    card_width: QtNumber = 168


class Settings(QObject):
    """The settings in force; read once and written on every change.

    Signals:
        changed: Name of the setting that changed.
        failed: Why a change lasts only until the program ends, with advice.

    Attributes:
        values: The settings in force.
        trouble: Sentence for the user if the file could not be read, so that the defaults apply; else empty.
    """

    changed = Signal(str)
    failed = Signal(object)

    def __init__(self, file: Path) -> None:
        """Read the file; if it cannot be read, set it aside."""
        super().__init__()
        self._file = file
        self.trouble = ""
        self.values = self._read()

    def change(self, **changes: Any) -> None:
        """Change settings by name, write the file, and announce each setting that changed."""
        before, self.values = self.values, replace(self.values, **changes)
        changed = [name for name in changes if getattr(before, name) != getattr(self.values, name)]
        if changed:
            self._write()
        for name in changed:
            self.changed.emit(name)

    def add_recent_folder(self, folder: Path) -> None:
        """Put a folder first among the recent folders."""
        others = (name for name in self.values.recent_folders if name != str(folder))
        self.change(recent_folders=(str(folder), *others)[:MOST_RECENT])

    def _read(self) -> Values:
        try:
            with open_regular(self._file) as stream:
                return _values_of(json.loads(stream.read()))
        except FileNotFoundError:
            return Values()
        except (OSError, ValueError, TypeError, RecursionError) as error:
            _log.warning("the settings cannot be read: %s", type(error).__name__)
            self.trouble = self._set_aside()
            return Values()

    def _set_aside(self) -> str:
        aside = self._file.with_name(f"{self._file.name}.damaged")
        with contextlib.suppress(OSError):
            self._file.replace(aside)
        sentence = self.tr("The settings could not be read and were reset; please check them. The damaged file is {file}.")
        return sentence.format(file=printable(aside if aside.exists() else self._file))

    def _write(self) -> None:
        try:
            write_atomically(self._file, json.dumps(asdict(self.values), indent=1).encode(), is_private=True)
        except UserError as error:
            self.failed.emit(self.tr("The settings apply only until the program ends. {reason}").format(reason=localised(error.message)))


def _values_of(found: object) -> Values:
    """Return the settings in a file's content, with the default for each invalid value.

    Raises:
        TypeError: The content is not a mapping.
    """
    if not isinstance(found, dict):
        raise TypeError("no mapping")
    taken = {}
    for name in found.keys() & _KINDS.keys():
        with contextlib.suppress(ValidationError):
            taken[name] = convert(found[name], _KINDS[name])
    return Values(**{name: value for name, value in taken.items() if _is_usable(name, value)})


def _is_usable(name: str, value: object) -> bool:
    """Return whether a value is an allowed choice and, if it is a text, whether Qt, the file system and the store accept it.

    They accept no null characters, and no lone surrogates except, in a path, those that stand for a byte; JSON can hold both.
    """
    if isinstance(value, tuple):
        return all(_is_usable(name, part) for part in value)
    if not isinstance(value, str):
        return True
    try:
        encoded = os.fsencode(value) if name in _PATHS else value.encode()
    except UnicodeEncodeError:
        return False
    return b"\0" not in encoded and (name not in CHOICES or value in CHOICES[name])


_KINDS = get_type_hints(Values, include_extras=True)
_PATHS = {"logo", "recent_folders", "images_folder", "outputs_folder", "training_folder", "bundles_folder"}
