"""Messages about an image: why it was not analysed, and why a human must look at it."""

from breakhis_desktop.wording.message import Code, Wording

_EXPORT_FIELDS = "export smaller fields of view and add those"
_COPY_AGAIN = "copy it again from where it was made"


class ImageCode(Code):
    """Reasons and review flags; the store keeps their names."""

    # How an image ends without being read
    CANCELLED = "Cancelled before it was classified."
    ALREADY_IN_RUN = "Already in this run."
    LINK_TO_FOLDER = "A link to a folder; add that folder itself."
    NOT_AN_IMAGE = "Not an image, judging by its name; image names end in .png, .jpg, .tif, .bmp, .webp, .jp2 or the like."
    OTHER_FORMAT = "{kind} file, a format that this program does not read: save the picture as PNG or TIFF and add that."
    WHOLE_SLIDE = "Whole-slide file: export fields of view from it as PNG or TIFF, for example with QuPath, and add those."
    DICOM = "DICOM file: export the picture from it as PNG or TIFF and add that."

    # Why an image fails
    EMPTY_FILE = Wording("The file is empty", advice=_COPY_AGAIN)
    NO_IMAGE = Wording("The content is not an image that this program can read", advice="save it as PNG, JPEG or TIFF")
    DAMAGED = Wording("The image is damaged", figures="{error}", advice=_COPY_AGAIN)
    KIND_NOT_READ = Wording(
        "This program cannot read this kind of file",
        figures="{kind}",
        advice="open it in an image program and save it as RGB with 8 bits, as PNG or TIFF",
    )
    TOO_MANY_PIXELS = Wording(
        "The image has more pixels than one field",
        figures="over {megapixels} million, or {side:,} along a side",
        advice=_EXPORT_FIELDS,
    )
    TOO_COSTLY = Wording(
        "The file is built in a way that would take too long to decode", advice="open it in an image program and save it as PNG"
    )
    TOO_MANY_BITS = Wording("The image has more than 16 bits in each channel", advice="save it with 8 or 16 bits as PNG or TIFF")
    FEW_BITS = Wording(
        "The image looks black",
        figures="it uses {bits} of its 16 bits",
        advice="save it with 8 bits in each channel, stretched to the full range",
    )
    NO_MEMORY_FOR_IMAGE = Wording("There is not enough memory for this image", advice="close other programs and add it again")
    FAULT = Wording("This image made the program fail", advice="please report it with the log")
    NO_PROBABILITIES = Wording(
        "The models gave no probabilities for this image", advice="analyse it again with the CPU as computing device"
    )

    # How an image is damaged; Pillow's other errors are shown as they are
    CUT_SHORT = "image file is truncated"
    PARTS_MISSING = "strips or tiles are missing"
    BROKEN_STREAM = "broken data stream when reading image file"
    NO_STRUCTURE = "its structure cannot be read"

    # Unsupported kinds
    TIFF_COMPRESSED = "TIFF compressed as {method}"
    METHOD_NUMBER = "method {number}"
    TIFF_COLOURS = "TIFF with {colours}"
    LAB = "Lab colours"
    RAW_DATA = "raw camera data"
    LOGLUV = "LogLuv colours"
    COLOURS_NUMBER = "an unknown colour space, number {number}"
    TIFF_PLANES = "TIFF with compressed planes in colours other than RGB and CMYK"
    TIFF_SUBSAMPLED = "TIFF with subsampled colours and no compression"
    TIFF_INKS = "TIFF with inks other than cyan, magenta, yellow and black"
    TIFF_FLOATING = "TIFF with floating-point numbers, other than a single grey channel of 32 bits"
    TIFF_SIGNED = "TIFF with signed numbers"
    TIFF_NUMBERS = "TIFF with numbers of unusual kinds"
    TIFF_CHANNEL_BITS = "TIFF with channels of {bits} bits"
    TIFF_BITS = "TIFF with {bits} bits in each channel"
    TIFF_GREY_PAGES = "TIFF with its channels or layers on grey pages of their own"
    TIFF_CHANNELS = "TIFF with an unusual arrangement of channels, {samples} of {bits} bits"
    BMP_HEADER = "BMP with an unusual header"
    BMP_FIELDS = "BMP with unusual bit fields"
    BMP_COMPRESSED = "BMP compressed as {method}"
    BMP_BITS = "BMP with {bits} bits in each pixel"
    PNG_TRANSPARENT = "PNG with a transparent colour of 16 bits"
    JPEG_HIERARCHICAL = "JPEG of a hierarchical kind"
    JPEG_BITS = "JPEG with {bits} bits in each channel"
    JPEG_CHANNELS = "JPEG with {count} channels"
    JP2_PREMULTIPLIED = "JPEG 2000 picture with premultiplied transparency"
    JP2_PALETTE = "JPEG 2000 picture with an unusual palette"
    JP2_SIZES = "JPEG 2000 picture with channels of unusual sizes"
    JP2_ODD_START = "JPEG 2000 picture with subsampled colours that are offset from the picture"
    JP2_FEW_BITS = "JPEG 2000 picture with fewer than 8 bits in a channel"
    JP2_MANY_BITS = "JPEG 2000 picture with transparency or inks of more than 8 bits"
    JP2_ORDER = "JPEG 2000 picture with channels in an unusual order"
    JP2_COLOURS = "JPEG 2000 picture with {colours}"

    # Why the quality gate refuses an image
    TOO_SMALL = Wording(
        "The image is too small", figures="{width} x {height} pixels", advice="use the original, at least {least} pixels on each side"
    )
    UNKNOWN_MAGNIFICATION = Wording(
        "The models were not trained at its magnification",
        figures="{declared}×; they know {known}",
        advice="use a field at one of those",
    )
    UNLIKE_TRAINING = Wording(
        "It is unlike the fields that the models were trained on", figures="distance {distance:.2f}, limit 1", advice="check what it shows"
    )
    TOO_MANY_TILES = Wording(
        "The picture is too large to be one field of view", figures="it would take {count} tiles", advice=_EXPORT_FIELDS
    )
    TOO_DARK = Wording("It is too dark to be a bright-field micrograph", advice="turn the light up, or add only fields of H&E sections")
    BLANK = Wording("It is blank or nearly blank glass", advice="move to a field with tissue")
    BLURRED = Wording("It is out of focus", advice="focus and take it again")
    NO_COLOUR = Wording("It has no colour", advice="take it in colour, from a section stained with haematoxylin and eosin")
    OTHER_STAIN = Wording("Its colours are not those of haematoxylin and eosin", advice="the models know no other stain")
    NO_MICROGRAPH = Wording(
        "Its colours and contrast are not those of a tissue section", advice="add fields of view as they come from the microscope"
    )

    # Why a human must look at an image
    NEAR_THRESHOLD = "near threshold"
    MODELS_DISAGREE = "models disagree"
    GATE_OVERRIDDEN = "quality gate overridden: {reason:finding}"
    TILES_DECLINED = "{declined} of {tiles} tiles: {reason:finding}"
    PARTLY_DECLINED = "quality gate refuses {what}"
    UNKNOWN_SCALE = "larger or more elongated than the training fields ({width} x {height} pixels), and its magnification is unknown"
    OTHER_SHAPE = "analysed in tiles of {width} x {height} pixels, a different shape from the training fields"
