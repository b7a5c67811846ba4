"""Removes the networks that need TensorFlow from a copied bundle, for packages without TensorFlow."""

import json
from pathlib import Path

from breakhis_desktop.domain.card import CARD_FILE, GRAPH_FILE, NETWORK_FILES, parse_card

_CARD_FOR_PEOPLE = "MODEL_CARD.md"
_REMARK = f"""
This copy of the bundle is without {" and ".join(f"`{name}`" for name in NETWORK_FILES)}, because only TensorFlow runs them, and the package
does not include it. The program runs `{GRAPH_FILE}` instead, if it reproduces the networks' probabilities for the golden images.
"""


def leave_out_networks(models: Path) -> int:
    """Delete the networks of a bundle, note this in both of its cards, and return the number of bytes saved.

    Raises:
        CardError: The card names no graph to replace the networks; nothing is deleted.
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
