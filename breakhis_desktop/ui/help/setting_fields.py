"""The fields of the settings dialog, as data from which the dialog is built."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from breakhis_desktop.domain.card import DEFAULT_POINT, ModelCard
from breakhis_desktop.domain.engines import Device
from breakhis_desktop.ui.look.words import localised
from breakhis_desktop.ui.state.settings import CHOICES

translate = QCoreApplication.translate


class Kind(Enum):
    """How a setting is entered."""

    CHOICE = auto()
    TEXT = auto()
    PICTURE = auto()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the settings dialog.

    Attributes:
        name: Name of the setting in `Values`.
        section: Heading above the field.
        title: Label of the field.
        hint: What the setting does and when it takes effect.
        kind: How the setting is entered.
        choices: Each value with its text if the kind is `CHOICE`; otherwise empty.
    """

    name: str
    section: str
    title: str
    hint: str
    kind: Kind = Kind.TEXT
    choices: tuple[tuple[str | bool, str], ...] = ()


def setting_fields(card: ModelCard | None, devices: Sequence[Device]) -> tuple[Field, ...]:
    """Return the fields in the order of the dialog.

    Args:
        card: Card of the loaded models, whose operating points can be chosen; None offers only the default point.
        devices: Devices to offer.
    """
    return (*_window_fields(), *_people_fields(), *_run_fields(card), *_engine_fields(devices))


def _window_fields() -> tuple[Field, ...]:
    section = translate("Settings", "Window")
    languages = {"system": translate("Settings", "Same as the system"), "en": "English", "pt": "Português"}
    appearance = {
        "system": translate("Settings", "Same as the system"),
        "light": translate("Settings", "Light"),
        "dark": translate("Settings", "Dark"),
    }
    return (
        Field(
            "appearance",
            section,
            translate("Settings", "Appearance"),
            translate("Settings", "Applies at once."),
            Kind.CHOICE,
            _choices("appearance", appearance),
        ),
        Field(
            "language",
            section,
            translate("Settings", "Language"),
            translate("Settings", "Applies at the next start of the program."),
            Kind.CHOICE,
            _choices("language", languages),
        ),
    )


def _people_fields() -> tuple[Field, ...]:
    section = translate("Settings", "People and reports")
    return (
        Field(
            "reviewer",
            section,
            translate("Settings", "Reviewer"),
            translate("Settings", "Recorded with every review from now on; earlier reviews keep their name."),
        ),
        Field("laboratory", section, translate("Settings", "Laboratory"), translate("Settings", "Appears at the top of the next report.")),
        Field(
            "logo",
            section,
            translate("Settings", "Logo"),
            translate("Settings", "A picture beside the laboratory's name on the next report."),
            Kind.PICTURE,
        ),
    )


def _run_fields(card: ModelCard | None) -> tuple[Field, ...]:
    section = translate("Settings", "New runs")
    point_hint = translate("Settings", "The probability from which an image is called malignant. Applies to runs that start from now on.")
    return (
        Field("operating_point", section, translate("Settings", "Operating point"), point_hint, Kind.CHOICE, _points(card)),
        _reuse_field(section),
    )


def _engine_fields(devices: Sequence[Device]) -> tuple[Field, ...]:
    section = translate("Settings", "Computing")
    engines = {
        "auto": translate("Settings", "The fastest that passes the check"),
        "onnxruntime": "ONNX Runtime",
        "tensorflow": "TensorFlow",
    }
    engine_hint = translate("Settings", "The engine that runs the networks. The models are loaded and checked again before the next run.")
    device_hint = translate(
        "Settings",
        "The device that ONNX Runtime computes on, among those that this installation offers. Only the CPU has been tested; a device "
        "that does not reproduce the known probabilities is not used, and the CPU computes instead.",
    )
    offered = tuple((device.name, localised(device.words)) for device in devices)
    return (
        Field("engine", section, translate("Settings", "Engine"), engine_hint, Kind.CHOICE, _choices("engine", engines)),
        Field("device", section, translate("Settings", "Computing device"), device_hint, Kind.CHOICE, offered),
    )


def _reuse_field(section: str) -> Field:
    choices = ((False, translate("Settings", "Are analysed again")), (True, translate("Settings", "Get the earlier result")))
    hint = translate(
        "Settings",
        "What happens to a file that an earlier run analysed with the same models, gate, engine, magnification and version of the "
        "program. Each image says which run its result comes from. Applies to runs that start from now on.",
    )
    return Field("reuse", section, translate("Settings", "Unchanged images"), hint, Kind.CHOICE, choices)


def _points(card: ModelCard | None) -> tuple[tuple[str, str], ...]:
    names: Iterable[str] = card.points if card else (DEFAULT_POINT,)
    return tuple((name, localised(name).capitalize()) for name in sorted(names, key=lambda name: name != DEFAULT_POINT))


def _choices(name: str, words: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((value, words[value]) for value in CHOICES[name])
