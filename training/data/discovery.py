"""From a folder to its labelled images, and to those that carry no label."""

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
    """An image that is still to be opened.

    Attributes:
        file: Where it is.
        path: The same relative to the folder of all images, as text.
        label: What its name or folders state.
    """

    file: Path
    path: str
    label: Label


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An image that takes no part, and why, in one sentence."""

    path: str
    reason: Message


@dataclass(slots=True)
class FoundImages:
    """What lies below a folder; paths are relative to it.

    Attributes:
        labelled: In the order of their paths.
        not_labelled: Neither name nor folder states a class.
        contradictory: The folders state several.
        unreadable: What cannot be opened, or is no field of view.
    """

    labelled: list[LabelledFile] = field(default_factory=list)
    not_labelled: list[str] = field(default_factory=list)
    contradictory: list[str] = field(default_factory=list)
    unreadable: list[LeftOut] = field(default_factory=list)


def find_images(data: Path) -> FoundImages:
    """List the images below a folder by what their paths state.

    Raises:
        UserError: The folder is not there, or no image in it has a label.
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
