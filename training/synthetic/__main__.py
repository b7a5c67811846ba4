"""Writes the ten sample images: `python -m training.synthetic FOLDER`."""

import argparse
from pathlib import Path

from PIL import Image, PngImagePlugin

from training.synthetic import PRESETS, SAMPLE_SEEDS, draw_field

DESCRIPTION = "synthetic field, drawn by BreakHis Desktop, no patient"


def sample_name(number: int) -> str:
    """Return the file name for a preset, by its index from 0."""
    return f"synthetic-{number + 1:02d}-{PRESETS[number].name}.png"


def write_samples(folder: Path) -> None:
    """Draw the presets into a folder, which is created if absent."""
    folder.mkdir(parents=True, exist_ok=True)
    text = PngImagePlugin.PngInfo()
    text.add_text("Description", DESCRIPTION)
    for number, (field, seed) in enumerate(zip(PRESETS, SAMPLE_SEEDS, strict=True)):
        Image.fromarray(draw_field(field, seed)).save(folder / sample_name(number), pnginfo=text, optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m training.synthetic", description="Write the ten synthetic sample images.")
    parser.add_argument("folder", type=Path, help="where to write them")
    write_samples(parser.parse_args().folder)
