from PIL import Image

from breakhis_desktop.quality.gate import SMALLEST_SIDE, reason_to_refuse


def test_an_image_that_would_have_to_be_enlarged_much_is_refused() -> None:
    assert "too small" in reason_to_refuse(Image.new("RGB", (500, SMALLEST_SIDE - 1)))
    assert reason_to_refuse(Image.new("RGB", (500, SMALLEST_SIDE))) == ""
