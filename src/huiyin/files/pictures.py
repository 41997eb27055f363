"""Pictures made from pictures: smaller, upright, and without the place, device and person in their metadata."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.files.refused import FileRefused, Why

MOST_PIXELS = 60_000_000
PICTURE_SIDE = 1_600
THUMBNAIL_SIDE = 320


def redraw(content: BinaryIO) -> tuple[bytes, bytes]:
    """Give a picture and a thumbnail as JPEG without metadata; refuses what cannot be drawn or is a pixel bomb."""
    content.seek(0)
    try:
        with Image.open(content) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise FileRefused(Why.TOO_MANY_PIXELS, most_megapixels=MOST_PIXELS // 1_000_000)
            opened.draft("RGB", (PICTURE_SIDE * 2, PICTURE_SIDE * 2))  # JPEG decodes to a smaller size at once
            upright = ImageOps.exif_transpose(opened)
            return _as_jpeg(upright, PICTURE_SIDE), _as_jpeg(upright, THUMBNAIL_SIDE)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError):
        raise FileRefused(Why.BROKEN) from None


def _as_jpeg(picture: Image.Image, side: int) -> bytes:
    """Draw onto white, so that nothing but pixels comes along."""
    small = picture.copy()
    small.thumbnail((side, side))
    drawn = Image.new("RGB", small.size, "white")
    rgba = small.convert("RGBA")
    drawn.paste(rgba, mask=rgba.getchannel("A"))
    written = BytesIO()
    drawn.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()
