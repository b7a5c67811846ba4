"""The suffixes by which the program recognises files, and those of the files that it writes."""

IMAGE_SUFFIXES = frozenset(
    {
        *(".png", ".jpg", ".jpeg", ".jpe", ".jfif", ".tif", ".tiff", ".bmp", ".webp"),
        *(".jp2", ".j2k", ".j2c", ".jpf", ".jpx"),
    }
)
WHOLE_SLIDE_SUFFIXES = frozenset(
    {".svs", ".ndpi", ".ndpis", ".mrxs", ".scn", ".vms", ".vmu", ".bif", ".czi", ".vsi", ".qptiff", ".isyntax", ".svslide"}
)
DICOM_SUFFIXES = frozenset({".dcm", ".dicom"})
UNREAD_SUFFIXES = frozenset(
    {
        *(".gif", ".heic", ".heif", ".avif", ".jxl", ".psd", ".xcf", ".tga", ".ppm", ".pgm", ".pnm", ".exr"),
        *(".dng", ".nef", ".cr2", ".cr3", ".arw", ".orf", ".raf", ".rw2"),
        *(".lif", ".lsm", ".nd2", ".oib", ".oif", ".oir", ".zvi"),
    }
)
"""Suffixes of pictures from other programs, cameras and microscopes, in formats that the program does not read."""
WRITTEN_SUFFIXES = frozenset({".csv", ".xlsx", ".json", ".pdf", ".sqlite", ".zip"})
"""Suffixes of tables, reports, stores and diagnostics."""
