"""How reports write times."""

import pytest

from breakhis_desktop.reporting.times import local_time


@pytest.mark.parametrize(
    ("noted", "written"),
    [
        ("2026-11-29T11:46:59+01:00", "29 Nov 2026, 11:46 (UTC+01:00)"),
        ("2026-05-02T00:05:00-03:30", "2 May 2026, 00:05 (UTC\u221203:30)"),
        ("2026-01-31T23:59:00+00:00", "31 Jan 2026, 23:59 (UTC)"),
        ("2026-12-01T08:00:00", "1 Dec 2026, 08:00 (zone not known)"),
    ],
)
def test_a_time_is_local_and_names_its_zone(noted: str, written: str) -> None:
    assert local_time(noted) == written
