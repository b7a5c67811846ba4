"""Takes out of a copied bundle what only TensorFlow runs, for packages that have none."""

import json
from pathlib import Path

from breakhis_desktop.domain.card import CARD_FILE, JOINT_FILE, NETWORK_FILES, parse_card

_CARD_FOR_PEOPLE = "MODEL_CARD.md"
_REMARK = f"""
This copy of the bundle is without {" and ".join(f"`{name}`" for name in NETWORK_FILES)}, which TensorFlow runs: it stands in a package that
has no TensorFlow. `{JOINT_FILE}` is run in their place, where it reproduces the probabilities that they gave for the golden images.
"""


def leave_out_networks(models: Path) -> int:
    """Delete the networks of a bundle, state so in its card, and return how many bytes that saves.

    Raises:
        CardError: The card names no graph that takes their place; nothing is deleted then.
    """
    card = models / CARD_FILE
    stated = json.dumps({"left_out": NETWORK_FILES, **json.loads(card.read_text(encoding="utf-8"))}, indent=2, ensure_ascii=False)
    parse_card(stated)
    card.write_text(stated + "\n", encoding="utf-8")
    with (models / _CARD_FOR_PEOPLE).open("a", encoding="utf-8") as text:
        text.write(_REMARK)
    networks = [models / name for name in NETWORK_FILES]
    saved = sum(file.stat().st_size for file in networks)
    for file in networks:
        file.unlink()
    return saved
