"""A code that a phone's camera reads, as one path: nothing inline that a strict content policy would drop."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

import qrcode
from qrcode.image.svg import SvgPathImage


@dataclass(frozen=True, slots=True)
class QrCode:
    """The path's `d` inside `box`, to be drawn by a template in its own colour."""

    box: str
    path: str


def draw_qr_code(text: str) -> QrCode:
    """Medium correction: a poster gets dirty, and a phone still reads it with 15 % gone."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, image_factory=SvgPathImage)
    code.add_data(text)
    image = code.make_image()
    drawn: Element = image.get_image()
    return QrCode(box=drawn.attrib["viewBox"], path=image.path.attrib["d"])
