"""Access to PDFium, which shows the reports; its OpenJPEG also decodes the JPEG 2000 files that Pillow gets wrong."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from PIL import Image

# PDFium is not thread-safe: it keeps its state in global variables.
_one_at_a_time = Lock()


@contextmanager
def opened_pdf(pdf: bytes) -> Iterator[Any]:
    """Open a PDF, on any thread, for the duration of the `with` block; meanwhile, other threads wait for PDFium.

    Args:
        pdf: The whole file.
    """
    from pypdfium2 import PdfDocument

    with _one_at_a_time:
        document = PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def jpeg_2000_pixels(data: bytes, size: tuple[int, int]) -> Image.Image:
    """Decode a JPEG 2000 file with three channels.

    The caller must have checked the file: PDFium decodes truncated files without reporting an error.

    Args:
        data: The whole file.
        size: Width and height in pixels, as the file's header states them.

    Raises:
        ValueError: PDFium cannot read the file, or the picture that it decodes does not have this size.
    """
    from pypdfium2 import PdfiumError

    try:
        with opened_pdf(_pdf_around(data, size)) as document:
            image = _only_picture(document)
    except (PdfiumError, StopIteration) as error:
        raise ValueError("broken data stream when reading image file") from error
    if image.size != size:
        raise ValueError("the picture has another size than its file says")
    return image


def _only_picture(document: Any) -> Image.Image:
    """Return a copy of the page's only picture, so that PDFium's objects are freed here, while the lock is held."""
    page = document[0]
    image: Image.Image = next(page.get_objects(max_depth=1)).get_bitmap().to_pil().convert("RGB").copy()
    page.close()
    return image


def _pdf_around(data: bytes, size: tuple[int, int]) -> bytes:
    """Wrap a JPEG 2000 file in a PDF of one page as its only picture. Source: ISO 32000-1, JPXDecode."""
    width, height = size
    stream = b"<</Length %d%s>>stream\n%s\nendstream"
    about = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/JPXDecode" % size
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Resources<</XObject<</P 4 0 R>>>>/Contents 5 0 R>>" % size,
        stream % (len(data), about, data),
        stream % (len(show := b"%d 0 0 %d 0 0 cm /P Do" % (width, height)), b"", show),
    )
    parts, places, length = [b"%PDF-1.5\n"], [], 9
    for number, content in enumerate(objects, 1):
        places.append(length)
        parts.append(b"%d 0 obj%sendobj\n" % (number, content))
        length += len(parts[-1])
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (table, length)
    return b"".join([*parts, end])
