"""How a JPEG file is built, seen without decoding it. Source: ITU-T T.81, annex B."""

import re

# Not a stuffed zero, a restart or another fill byte: in coded data nothing else follows an FF.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_START_OF_IMAGE, _END_OF_IMAGE, _START_OF_SCAN, _TEMPORARY = 0xD8, 0xD9, 0xDA, 0x01


def scans_and_header(data: bytes, most: int) -> tuple[int, int]:
    """Count the scans of a JPEG file; each makes a decoder go over the whole picture once more.

    Args:
        data: The whole file.
        most: Counting ends above this number.

    Returns:
        The number of scans, and how many bytes come before the first.
    """
    scans, header, position = 0, len(data), 0
    while scans <= most and (found := _MARKER.search(data, position)):
        marker, position = data[found.end() - 1], found.end()
        if marker == _END_OF_IMAGE:
            break
        if marker == _START_OF_SCAN:
            scans += 1
            header = min(header, position)
        if marker not in {_START_OF_IMAGE, _TEMPORARY}:
            position += int.from_bytes(data[position : position + 2])
    return scans, header
