"""Editing comments and docstrings does not count as a change of the code."""

from training.source_code import code_of


def test_code_is_compared_without_comments_and_docstrings() -> None:
    plain = code_of("LIMIT = 2\n\ndef few(count):\n    return count <= LIMIT\n")
    told = code_of('"""Counts."""\nLIMIT = 2\n"""Most."""\n\ndef few(count):\n    """Tell."""\n    return count <= LIMIT  # at most\n')
    assert told == plain != code_of("LIMIT = 2\n\ndef few(count):\n    return count < LIMIT\n")
