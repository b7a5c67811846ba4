"""What native code prints while it starts does not reach the terminal; later output does."""

import os

import pytest

from breakhis_desktop.errors import BundleError
from breakhis_desktop.inference.native_stderr import native_stderr_silenced
from breakhis_desktop.wording.bundles import BundleCode
from breakhis_desktop.wording.message import Message


def start_and_fail() -> None:
    with native_stderr_silenced():
        os.write(2, b"a greeting")
        raise BundleError(Message.of(BundleCode.TENSORFLOW_DOES_NOT_START))


def test_stderr_is_silenced_only_inside_the_block_and_restored_after_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BundleError):
        start_and_fail()
    os.write(2, b"a message")
    assert capfd.readouterr().err == "a message"
