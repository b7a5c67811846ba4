"""Finds the images below a folder, labelled or not."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from breakhis_desktop.domain.records import Status
from breakhis_desktop.errors import UserError
from breakhis_desktop.files import absolute, is_folder, printable
from breakhis_desktop.pipeline.discover import FoundFile, discover
from breakhis_desktop.wording.message import Message
from training.data.labels import ContradictoryFoldersError, Label, read_label
from training.wording import TrainingCode


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """A labelled image, not opened yet.

    Attributes:
        file: The path of the image.
        path: The path relative to the data folder, as text.
        label: The label that its name or folders give.
    """

    file: Path
    path: str
    label: Label


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An image that is left out, and the reason."""

    path: str
    reason: Message


@dataclass(slots=True)
class FoundImages:
    """The images below a folder; paths are relative to the folder.

    Attributes:
        labelled: The labelled images, in the order of their paths.
        not_labelled: Images for which neither name nor folders give a class.
        contradictory: Images whose folders give several classes or subtypes.
        unreadable: Files and folders that cannot be opened, and files that are not fields of view.
    """

    labelled: list[LabelledFile] = field(default_factory=list)
    not_labelled: list[str] = field(default_factory=list)
    contradictory: list[str] = field(default_factory=list)
    unreadable: list[LeftOut] = field(default_factory=list)


def find_images(data: Path) -> FoundImages:
    """Find the images below a folder, and sort them by whether their paths give one label, none or several.

    Raises:
        UserError: The folder does not exist, or no image in it has a label.
    """
    if not is_folder(data):
        is_file = os.path.isfile(data)  # noqa: PTH113
        advice = Message.of(TrainingCode.GIVE_FOLDER_OF_FILE if is_file else TrainingCode.CHECK_DRIVE_AND_NAME)
        raise UserError(Message.of(TrainingCode.DATA_NO_FOLDER, folder=printable(data), advice=advice))
    found = FoundImages()
    root = absolute(data)
    for file in sorted(discover([data]), key=lambda file: file.path):
        _sort_in(file, root, found)
    if not found.labelled:
        raise UserError(_why_none(data, found))
    return found


def _sort_in(file: FoundFile, root: Path, found: FoundImages) -> None:
    relative = file.path.relative_to(root)
    path = printable(relative.as_posix())
    if file.status is not None:
        if file.reason is not None and (file.status is not Status.SKIPPED or is_folder(file.path)):
            found.unreadable.append(LeftOut(path, file.reason))
        return
    try:
        label = read_label(relative)
    except ContradictoryFoldersError:
        found.contradictory.append(path)
        return
    if label is None:
        found.not_labelled.append(path)
    else:
        found.labelled.append(LabelledFile(file.path, path, label))


def _why_none(data: Path, found: FoundImages) -> Message:
    folder = printable(data)
    if found.contradictory:
        return Message.of(TrainingCode.CLASSES_CONTRADICT, path=found.contradictory[0], folder=folder)
    if found.not_labelled:
        return Message.of(TrainingCode.NO_IMAGE_LABELLED, folder=folder)
    first = found.unreadable[0]
    return Message.of(TrainingCode.NO_IMAGE_OPENED, folder=folder, path=first.path, reason=first.reason)
