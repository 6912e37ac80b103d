"""Pictures that a resident might have taken, drawn: never a photograph of anybody or of a real paper."""

import io
from datetime import date
from functools import cache
from random import Random

from PIL import Image, ImageDraw, ImageFont

from cases.kernel.indonesian import long_date, rupiah

SIZE = (680, 520)
INK, FAINT, TABLE = (38, 44, 92), (150, 150, 160), (118, 96, 74)


def receipt(amount: int, words: str, day: date, seed: str) -> bytes:
    """A slip from a receipt book, filled in by hand."""
    sheet, draw = _sheet((620, 380), (250, 246, 226))
    draw.text((28, 20), "KUITANSI", font=_font(34), fill=(120, 40, 40))
    draw.text((430, 30), "No. ........", font=_font(22), fill=FAINT)
    rows = (
        ("Sudah terima dari", "warga"),
        ("Banyaknya uang", rupiah(amount)),
        ("Untuk pembayaran", words),
        ("Tanggal", long_date(day)),
    )
    for index, (label, value) in enumerate(rows):
        y = 92 + index * 54
        draw.text((28, y + 4), label, font=_font(20), fill=(90, 90, 90))
        draw.line((232, y + 34, 590, y + 34), fill=FAINT, width=1)
        draw.text((240, y), value, font=_font(25), fill=INK)
    # No name and no signature that could be read: a scrawl.
    rng = Random(seed)  # noqa: S311
    points = [(300 + step * 8, 344 + rng.randint(-16, 16)) for step in range(17)]
    draw.line(points, fill=INK, width=3, joint="curve")
    return _photographed(sheet, seed)


def invitation(round_name: str, day: date, seed: str) -> bytes:
    """An invitation to collect aid, the name covered."""
    sheet, draw = _sheet((600, 430), (252, 252, 250))
    draw.text((150, 24), "UNDANGAN PENGAMBILAN", font=_font(24), fill=(30, 30, 30))
    draw.text((190, 56), "BANTUAN SOSIAL", font=_font(24), fill=(30, 30, 30))
    draw.line((30, 96, 570, 96), fill=(30, 30, 30), width=3)
    lines = ("Kepada Yth.", "", round_name, long_date(day), "Bawa: undangan, KTP, dan KK")
    for index, line in enumerate(lines):
        draw.text((40, 116 + index * 46), line, font=_font(22), fill=(50, 50, 50))
    draw.rectangle((40, 156, 420, 192), fill=(20, 20, 20))
    return _photographed(sheet, seed)


def stamped(number: str, day: date, agenda: str) -> bytes:
    """A receipt with the stamp of a counter, without a name."""
    sheet, draw = _sheet((640, 440), (252, 252, 250))
    draw.text((190, 22), "TANDA TERIMA SURAT", font=_font(24), fill=(30, 30, 30))
    draw.line((30, 62, 610, 62), fill=(30, 30, 30), width=3)
    rows = (("Nomor surat", number), ("Diterima", long_date(day)), ("Nomor agenda", agenda))
    for index, (label, value) in enumerate(rows):
        y = 86 + index * 50
        draw.text((34, y), label, font=_font(20), fill=(90, 90, 90))
        draw.text((214, y - 2), value, font=_font(22), fill=INK)
    draw.ellipse((370, 240, 580, 400), outline=(92, 60, 140), width=6)
    draw.text((426, 292), "DITERIMA", font=_font(22), fill=(92, 60, 140))
    draw.text((410, 322), f"{day:%d.%m.%Y}", font=_font(22), fill=(92, 60, 140))
    return _photographed(sheet, number)


def chat() -> bytes:
    """Messages of somebody who pretends to give aid; number and link covered."""
    image = Image.new("RGB", (480, 450), (228, 221, 210))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 480, 64), fill=(42, 92, 84))
    draw.rectangle((70, 20, 300, 44), fill=(20, 20, 20))
    bubbles = (
        "Selamat! KK Anda terpilih\nmenerima bantuan.",
        "Kirim foto KTP dan kode\nyang masuk ke HP Anda.",
        "Daftar hari ini saja di:",
    )
    y = 90
    for text in bubbles:
        height = 44 + 30 * text.count("\n") + 40 * text.endswith(":")
        draw.rounded_rectangle((18, y, 400, y + height + 20), radius=14, fill=(255, 255, 255))
        draw.multiline_text((34, y + 14), text, font=_font(24), fill=(30, 30, 30), spacing=8)
        y += height + 44
    draw.rectangle((34, y - 64, 360, y - 36), fill=(20, 20, 20))
    _mark(draw, image.size)
    return _jpeg(image)


def answer(office: str, day: date, lines: list[str], seed: str) -> bytes:
    """The letter of an office, as it was photographed on a table."""
    sheet, draw = _sheet((560, 500), (253, 253, 251))
    draw.text((40, 24), office.upper(), font=_font(24), fill=(20, 20, 20))
    draw.line((40, 62, 520, 62), fill=(20, 20, 20), width=2)
    draw.text((300, 74), long_date(day), font=_font(17), fill=(60, 60, 60))
    for index, line in enumerate(lines[:12]):
        draw.text((40, 116 + index * 28), line, font=_font(18), fill=(45, 45, 45))
    return _photographed(sheet, seed)


def _sheet(size: tuple[int, int], colour: tuple[int, int, int]) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    sheet = Image.new("RGB", size, colour)
    return sheet, ImageDraw.Draw(sheet)


def _photographed(sheet: Image.Image, seed: str) -> bytes:
    """Laid askew on a table."""
    rng = Random(seed)  # noqa: S311
    _mark(ImageDraw.Draw(sheet), sheet.size)
    picture = Image.new("RGB", SIZE, TABLE)
    picture.paste(sheet, ((SIZE[0] - sheet.width) // 2, (SIZE[1] - sheet.height) // 2))
    return _jpeg(picture.rotate(rng.uniform(-4, 4), resample=Image.Resampling.BILINEAR, fillcolor=TABLE))


def _mark(draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    """Whoever comes across the picture outside the demo must not take it for a proof."""
    draw.text((size[0] - 96, size[1] - 28), "CONTOH", font=_font(20), fill=(190, 60, 60))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=72)
    return out.getvalue()


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
