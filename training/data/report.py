"""Writes the report on the prepared images, as Markdown and for the log."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES, Decision
from training.counting import counted
from training.data.discovery import FoundImages, LeftOut
from training.data.index import PreparedImage
from training.data.same_pixels import Group, SamePixels

_MOST_NAMES = 30
_NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Findings:
    """The contents of the report.

    Attributes:
        title: The name of the data folder.
        images: The images that were prepared.
        found: The images found, sorted by the labels in their paths.
        unreadable: Files and folders that could not be opened or decoded.
        same_pixels: Copies and contradictions among the images.
        split_sha256: The hash of the assignment of accessions to folds.
    """

    title: str
    images: Sequence[PreparedImage]
    found: FoundImages
    unreadable: Sequence[LeftOut]
    same_pixels: SamePixels
    split_sha256: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on some images.

    Attributes:
        title: The subject, in a few words.
        sentence: What was found and what was done about it.
        names: The images concerned; empty if the check found none.
    """

    title: str
    sentence: str
    names: Sequence[str]


def write_report(findings: Findings) -> str:
    """Return the report as Markdown."""
    remarks = remarks_on(findings)
    absent = ", ".join(remark.title.lower() for remark in remarks if not remark.names)
    parts = (
        f"# Images of {findings.title}",
        f"{count_words(findings.images)} are prepared. SHA-256 of their folds: `{findings.split_sha256}`.",
        *(_table(title, counts) for title, counts in counts_of(findings.images).items()),
        *(f"## {remark.title}\n\n{remark.sentence}\n\n{_list(remark.names)}" for remark in remarks if remark.names),
        *([f"Looked for and not found: {absent}."] if absent else []),
    )
    return "\n\n".join(parts) + "\n"


def log_lines(findings: Findings) -> list[str]:
    """Return the report as a few lines for the log."""
    counts = [
        f"By {title}: " + ", ".join(f"{name} {images:,} ({accessions:,})" for name, images, accessions in rows)
        for title, rows in counts_of(findings.images).items()
    ]
    remarks = [f"{remark.sentence} The first: {remark.names[0]}" for remark in remarks_on(findings) if remark.names]
    return [f"{count_words(findings.images)} are prepared; below, accessions stand in brackets.", *counts, *remarks]


def count_words(images: Sequence[PreparedImage]) -> str:
    """Return the numbers of images and accessions, in words."""
    accessions = len({image.label.accession for image in images})
    return f"{counted(len(images), 'image')} of {counted(accessions, 'accession')}"


def counts_of(images: Sequence[PreparedImage]) -> dict[str, list[tuple[str, int, int]]]:
    """Count images and accessions by class, subtype and magnification.

    Returns:
        For each of the three, a list of name, images and accessions, without names that do not occur.
    """
    return {
        "class": _count(images, lambda image: image.label.decision.value, [decision.value for decision in Decision]),
        "subtype": _count(images, _subtype_name, [*(subtype.name for subtype in SUBTYPES), _NOT_KNOWN]),
        "magnification": _count(images, _magnification_name, [*(f"{one}X" for one in MAGNIFICATIONS), _NOT_KNOWN]),
    }


def remarks_on(findings: Findings) -> list[Remark]:
    """Return a remark for each check, including checks that found nothing."""
    same, found = findings.same_pixels, findings.found
    unknown = [image.path for image in findings.images if not image.label.patient_known]
    return [
        _contradictory_subtypes(findings),
        Remark(
            "Contradictory classes",
            f"{counted(len(same.other_class), 'group')} of images have the same pixels and are labelled both benign and malignant: "
            "all of these are left out; keep those with the right label.",
            _equations(same.other_class),
        ),
        _duplicates(same.duplicates),
        Remark(
            "Contradictory folders",
            f"{counted(len(found.contradictory), 'image')} in folders that name different classes: left out; keep one class on the way.",
            found.contradictory,
        ),
        Remark(
            "Unreadable",
            f"{counted(len(findings.unreadable), 'file or folder', 'files or folders')} could not be read: left out.",
            [f"{one.path}: {one.reason}" for one in findings.unreadable],
        ),
        Remark(
            "Not labelled",
            f"{counted(len(found.not_labelled), 'image')} with neither an official name nor a folder that names a class: left out.",
            found.not_labelled,
        ),
        Remark(
            "Patients not known",
            f"{counted(len(unknown), 'image')} in a class folder without a folder of a patient: each counts as a patient of its own, and "
            "figures will flatter the model if several come from one patient, so give each patient a folder inside the class folder.",
            unknown,
        ),
    ]


def _contradictory_subtypes(findings: Findings) -> Remark:
    doubted = findings.same_pixels.contradictory_accessions
    images = [image for image in findings.images if image.label.accession in doubted]
    accessions = sorted({image.label.accession for image in images})
    groups = findings.same_pixels.other_subtype
    place = f"accession {accessions[0]}" if len(accessions) == 1 else f"{len(accessions):,} accessions"
    reason = f"{counted(len(groups), 'group')} of images have the same pixels and different subtypes" if groups else "known to name two"
    return Remark(
        "Contradictory subtypes",
        f"{counted(len(images), 'image')} of {place} left out of the subtype task: {reason}{_leak(groups)}.",
        _equations(groups) or [image.path for image in images],
    )


def _duplicates(groups: Sequence[Group]) -> Remark:
    sentence = f"{counted(len(groups), 'group')} of images have the same pixels and the same label: kept{_leak(groups)}."
    return Remark("Duplicates", sentence, _equations(groups))


def _leak(groups: Iterable[Group]) -> str:
    crossing = sum(len({image.label.accession for image in group}) > 1 for group in groups)
    if not crossing:
        return ""
    return f"; {crossing:,} of them cross accessions and may stand in training and test at once, so keep one image of each"


def _count(images: Iterable[PreparedImage], key: Callable[[PreparedImage], str], order: Sequence[str]) -> list[tuple[str, int, int]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for image in images:
        groups[key(image)].append(image.label.accession)
    return [(name, len(groups[name]), len(set(groups[name]))) for name in order if name in groups]


def _subtype_name(image: PreparedImage) -> str:
    return image.label.subtype.name if image.label.subtype else _NOT_KNOWN


def _magnification_name(image: PreparedImage) -> str:
    return f"{image.label.magnification}X" if image.label.magnification else _NOT_KNOWN


def _equations(groups: Iterable[Group]) -> list[str]:
    return [" = ".join(_distinct_names([image.path for image in group])) for group in groups]


def _distinct_names(paths: Sequence[str]) -> Sequence[str]:
    """Return the file names if they differ, else the paths."""
    names = [path.rpartition("/")[2] for path in paths]
    return names if len(set(names)) == len(names) else paths


def _table(title: str, rows: Iterable[tuple[str, int, int]]) -> str:
    lines = [f"| {title} | images | accessions |", "| --- | ---: | ---: |"]
    return "\n".join([*lines, *(f"| {name} | {images:,} | {accessions:,} |" for name, images, accessions in rows)])


def _list(names: Sequence[str]) -> str:
    lines = [f"- `{name}`" for name in names[:_MOST_NAMES]]
    if len(names) > _MOST_NAMES:
        lines.append(f"- and {len(names) - _MOST_NAMES:,} more")
    return "\n".join(lines)
