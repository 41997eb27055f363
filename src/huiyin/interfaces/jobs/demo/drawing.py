"""Small pictures and documents for the evidence of the demo, drawn rather than shipped."""

from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 320)
GROUND, LINE, MARK, PAPER = (232, 234, 237), (92, 98, 106), (176, 60, 48), (250, 250, 248)
Pen = ImageDraw.ImageDraw


class Drawn(BytesIO):
    """Bytes with a name, as an upload has them."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name = name


def draw(what: str) -> Drawn:
    """Give the file of this name: a picture of what it shows, or for .pdf a sheet of records."""
    if what.endswith(".pdf"):
        return Drawn(_sheet(what), what)
    picture = Image.new("RGB", SIZE, GROUND)
    pen = ImageDraw.Draw(picture)
    shape = next((paint for word, paint in SHAPES.items() if word in what), _device)
    shape(pen)
    content = BytesIO()
    picture.save(content, "PNG", optimize=True)
    return Drawn(content.getvalue(), what)


def _device(pen: Pen) -> None:
    """A device with a scratch across it."""
    pen.rounded_rectangle((150, 40, 330, 280), 22, fill=PAPER, outline=LINE, width=5)
    pen.rounded_rectangle((164, 56, 316, 250), 8, fill=(206, 214, 224))
    pen.line([(190, 230), (226, 170), (232, 176), (290, 92)], fill=MARK, width=5)


def _box(pen: Pen) -> None:
    """A box with a crushed corner."""
    pen.polygon([(90, 110), (240, 60), (390, 110), (240, 160)], fill=(214, 190, 150), outline=LINE)
    pen.polygon([(90, 110), (240, 160), (240, 280), (90, 230)], fill=(198, 170, 128), outline=LINE)
    pen.polygon([(390, 110), (240, 160), (240, 280), (390, 230)], fill=(184, 156, 114), outline=LINE)
    pen.line([(340, 128), (372, 168), (350, 182), (380, 226)], fill=MARK, width=6)


def _screen(pen: Pen) -> None:
    """A screen as somebody photographs it: a window with lines of text."""
    pen.rectangle((50, 40, 430, 280), fill=PAPER, outline=LINE, width=3)
    pen.rectangle((50, 40, 430, 74), fill=(198, 206, 216))
    for row in range(6):
        pen.line([(76, 104 + row * 27), (400 - (row * 53) % 140, 104 + row * 27)], fill=LINE, width=6)


def _camera(pen: Pen) -> None:
    """A frame of a surveillance film."""
    pen.rectangle((0, 0, *SIZE), fill=(58, 64, 70))
    pen.rectangle((130, 120, 350, 250), fill=(150, 128, 96), outline=PAPER, width=2)
    pen.line([(130, 185), (350, 185)], fill=PAPER, width=3)
    pen.ellipse((24, 24, 40, 40), fill=MARK)
    for row in range(0, SIZE[1], 8):
        pen.line([(0, row), (SIZE[0], row)], fill=(70, 76, 82))


def _sheet(name: str) -> bytes:
    """One page of rows, as records are printed."""
    page = Image.new("L", (420, 594), 255)
    pen = ImageDraw.Draw(page)
    pen.rectangle((40, 48, 380, 78), fill=210)
    for row in range(14):
        top = 104 + row * 32
        pen.line([(40, top), (380, top)], fill=170)
        pen.line([(52, top + 16), (150 + (row * len(name) * 13) % 190, top + 16)], fill=90, width=5)
    content = BytesIO()
    page.save(content, "PDF")
    return content.getvalue()


SHAPES: dict[str, Callable[[Pen], None]] = {
    "外箱": _box,
    "包裹": _box,
    "截图": _screen,
    "监控": _camera,
    "验货": _camera,
}
