"""Messages are rendered completely in any language, and are stored and read back as data."""

import json
import re
from enum import Enum
from typing import Any

import pytest

from breakhis_desktop.wording.codes import CODES, TABLES
from breakhis_desktop.wording.files import FileCode
from breakhis_desktop.wording.images import ImageCode
from breakhis_desktop.wording.message import Code, Message, Wording, as_data, from_data, render

DISTANT = Message.of(ImageCode.UNLIKE_TRAINING, distance=1.234)
NESTED = Message.of(ImageCode.GATE_OVERRIDDEN, reason=Message.of(ImageCode.TILES_DECLINED, declined=3, tiles=9, reason=DISTANT))
LIST = Message.of(ImageCode.UNKNOWN_MAGNIFICATION, declared=20, known=("40×", "100×"))


def marked(template: str) -> str:
    return f"<{template}>"


def test_a_message_has_a_finding_and_advice_and_can_be_shown_without_its_figures() -> None:
    assert str(DISTANT) == "It is unlike the fields that the models were trained on (distance 1.23, limit 1); check what it shows."
    assert render(DISTANT, figures=False) == "It is unlike the fields that the models were trained on; check what it shows."


def test_a_nested_message_is_rendered_without_its_advice_if_the_template_says_so() -> None:
    assert str(NESTED) == (
        "quality gate overridden: 3 of 9 tiles: It is unlike the fields that the models were trained on (distance 1.23, limit 1)"
    )


def test_every_part_of_a_nested_message_is_translated() -> None:
    assert render(NESTED, marked) == (
        "<quality gate overridden: <3 of 9 tiles: <It is unlike the fields that the models were trained on> (<distance 1.23, limit 1>)>>"
    )


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert "distance 1,23, limit 1" in render(DISTANT, write_number=lambda number: number.replace(".", ","))


def test_lists_are_joined() -> None:
    assert "they know 40×, 100×" in str(LIST)


@pytest.mark.parametrize("message", [DISTANT, NESTED, LIST, Message.of(ImageCode.BLANK)])
def test_a_message_is_read_back_as_it_was_stored(message: Message) -> None:
    assert from_data(json.loads(json.dumps(as_data(message))), CODES) == message


@pytest.mark.parametrize(
    "data",
    [
        {},
        [],
        "BLANK",
        {"code": "NO_SUCH_CODE"},
        {"code": ["BLANK"]},
        {"code": "UNLIKE_TRAINING"},
        {"code": "UNLIKE_TRAINING", "values": {"distance": "far"}},
        {"code": "UNLIKE_TRAINING", "values": [1]},
        {"code": "TILES_DECLINED", "values": {"declined": 1, "tiles": 2, "reason": None}},
    ],
)
def test_data_that_is_not_a_message_is_refused(data: Any) -> None:
    with pytest.raises(ValueError, match="no message"):
        from_data(data, CODES)


def test_no_two_codes_of_the_program_share_a_name_or_a_wording() -> None:
    assert len(CODES) == sum(len(table) for table in TABLES)
    for table in TABLES:
        assert len(table) == len(table.__members__)  # an alias would be a second name for the same wording


@pytest.mark.parametrize("code", [*FileCode, *ImageCode], ids=str)
def test_the_finding_of_a_reason_has_no_values_because_images_are_counted_by_their_findings(code: Code) -> None:
    if isinstance(code.wording, Wording):
        assert re.findall(r"{[^}]*}", code.wording.finding) == []


def test_a_value_of_none_is_stored_as_an_empty_text() -> None:
    message = Message.of(FileCode.UNREADABLE, error=None)
    assert message.values == (("error", ""),)
    assert issubclass(Code, Enum)
