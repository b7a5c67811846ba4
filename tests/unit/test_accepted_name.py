"""Names that the program proposes for files."""

import pytest

from breakhis_desktop.files import accepted_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("14-22549AB report", "14-22549AB report"),
        ("Müller, Jürgen (2)", "Müller, Jürgen (2)"),
        ('ward/1\\2: <a>?*|"\n', "ward_1_2_ _a______"),
        (" .hidden. ", "hidden"),
        ("x" * 500, "x" * 60),
        ("\udce9", "_"),
        ("\u0930\u093f\u092a\u094b\u0930\u094d\u091f", "\u0930\u093f\u092a\u094b\u0930\u094d\u091f"),
        ("Mu\u0308ller", "Mu\u0308ller"),
    ],
)
def test_a_proposed_name_holds_only_what_every_system_accepts(text: str, name: str) -> None:
    assert accepted_name(text) == name
