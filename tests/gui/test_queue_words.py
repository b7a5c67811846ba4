"""The text on the queue's cards."""

import pytest

from breakhis_desktop.ui.queue.identity_words import rule_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("", "official names"),
        ("official", "official names"),
        ("folder", "patient from folder"),
        ("pattern:{patient}_*", "pattern {patient}_*"),
        ("csv:/tables/a (1).csv", "table a (1).csv"),
        ("csv:C:\\tables\\a (0123456789ab)", "table a (0123456789ab)"),
    ],
)
def test_a_rule_is_described_in_a_few_words(rule: str, words: str) -> None:
    assert rule_words(rule) == words
