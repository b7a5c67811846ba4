"""Writes the report on the prepared images, as Markdown and for the log."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from breakhis_desktop.domain.taxonomy import MAGNIFICATIONS, SUBTYPES, Decision
from training.data.discovery import FoundImages, LeftOut
from training.data.index import PreparedImage
from training.data.same_pixels import Group, SamePixels
from training.pages import render

_NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in a data folder.

    Attributes:
        title: The name of the data folder.
        images: The images that were prepared.
        found: The images found, sorted by whether their paths give one label, none or several.
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
class CountRow:
    """The number of images of one class, subtype or magnification, and the number of their accessions."""

    name: str
    images: int
    accessions: int


@dataclass(frozen=True, slots=True)
class CountTable:
    """Counts by class, subtype or magnification, without counts of zero."""

    title: str
    rows: Sequence[CountRow]


@dataclass(frozen=True, slots=True)
class Remark:
    """A remark on some images.

    Attributes:
        kind: The macro in `data_remarks.j2` that puts the remark into words.
        names: The images concerned; empty if the check found none.
        count: The number of images, groups or files concerned.
        groups: The number of groups of images with the same pixels.
        crossing: The number of these groups that span several accessions.
        accessions: The accessions concerned, if the sentence names them.
    """

    kind: str
    names: Sequence[str]
    count: int
    groups: int = 0
    crossing: int = 0
    accessions: Sequence[str] = ()

    @property
    def title(self) -> str:
        """The kind in words."""
        return self.kind.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class DataReport:
    """The contents of the report.

    Attributes:
        title: The name of the data folder.
        images: The number of images prepared.
        accessions: The number of their accessions.
        split_sha256: The hash of the assignment of accessions to folds.
        tables: The counts by class, subtype and magnification.
        remarks: The remarks of the checks that found something.
        not_found: The titles of the checks that found nothing.
    """

    title: str
    images: int
    accessions: int
    split_sha256: str
    tables: Sequence[CountTable]
    remarks: Sequence[Remark]
    not_found: Sequence[str]


def make_report(findings: Findings) -> DataReport:
    """Count the images, and collect the remarks of the checks."""
    remarks = _remarks(findings)
    return DataReport(
        title=findings.title,
        images=len(findings.images),
        accessions=len({image.label.accession for image in findings.images}),
        split_sha256=findings.split_sha256,
        tables=_tables(findings.images),
        remarks=[remark for remark in remarks if remark.names],
        not_found=[remark.title for remark in remarks if not remark.names],
    )


def report_page(report: DataReport) -> str:
    """Return the report as Markdown."""
    return render("data_report.md.j2", report=report)


def log_lines(report: DataReport) -> list[str]:
    """Return the report as a few lines for the log."""
    return [line for line in render("data_log.txt.j2", report=report).splitlines() if line]


def _tables(images: Sequence[PreparedImage]) -> list[CountTable]:
    subtypes = [*(subtype.name for subtype in SUBTYPES), _NOT_KNOWN]
    magnifications = [*(f"{one}X" for one in MAGNIFICATIONS), _NOT_KNOWN]
    return [
        CountTable("class", _count(images, lambda image: image.label.decision.value, [decision.value for decision in Decision])),
        CountTable("subtype", _count(images, _subtype_name, subtypes)),
        CountTable("magnification", _count(images, _magnification_name, magnifications)),
    ]


def _remarks(findings: Findings) -> list[Remark]:
    """Return a remark for each check, including checks that found nothing."""
    same, found = findings.same_pixels, findings.found
    unknown = [image.path for image in findings.images if not image.label.patient_known]
    return [
        _contradictory_subtypes(findings),
        Remark("contradictory_classes", _equations(same.other_class), len(same.other_class)),
        Remark("duplicates", _equations(same.duplicates), len(same.duplicates), crossing=_crossing(same.duplicates)),
        Remark("contradictory_folders", found.contradictory, len(found.contradictory)),
        Remark("unreadable", [f"{one.path}: {one.reason}" for one in findings.unreadable], len(findings.unreadable)),
        Remark("not_labelled", found.not_labelled, len(found.not_labelled)),
        Remark("patients_not_known", unknown, len(unknown)),
    ]


def _contradictory_subtypes(findings: Findings) -> Remark:
    doubted = findings.same_pixels.contradictory_accessions
    images = [image for image in findings.images if image.label.accession in doubted]
    groups = findings.same_pixels.other_subtype
    return Remark(
        "contradictory_subtypes",
        _equations(groups) or [image.path for image in images],
        len(images),
        groups=len(groups),
        crossing=_crossing(groups),
        accessions=sorted({image.label.accession for image in images}),
    )


def _crossing(groups: Iterable[Group]) -> int:
    return sum(len({image.label.accession for image in group}) > 1 for group in groups)


def _count(images: Iterable[PreparedImage], key: Callable[[PreparedImage], str], order: Sequence[str]) -> list[CountRow]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for image in images:
        groups[key(image)].append(image.label.accession)
    return [CountRow(name, len(groups[name]), len(set(groups[name]))) for name in order if name in groups]


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
