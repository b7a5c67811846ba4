"""Editing comments and docstrings does not count as a change of the code."""

from training.source_code import code_of


def test_code_is_compared_without_comments_and_docstrings() -> None:
    plain = code_of("LIMIT = 2\n\ndef few(count):\n    return count <= LIMIT\n")
    told = code_of('"""Counts."""\nLIMIT = 2\n"""Most."""\n\ndef few(count):\n    """Tell."""\n    return count <= LIMIT  # at most\n')
    assert told == plain != code_of("LIMIT = 2\n\ndef few(count):\n    return count < LIMIT\n")


def test_code_is_the_same_text_with_every_version_of_python() -> None:
    code = 'class Limits:\n    @property\n    def most(self):\n        return f"{self.count!r:>{4}}" + \'"\''
    assert code_of(code.replace("\n    @", '\n    """Limits."""\n\n    @') + "  # quoted\n") == f"{code}\n"
