"""Small files of each kind, made here so that no binary lies in the repository."""

import io
import struct

from PIL import Image

GPS = 0x8825


def a_photo(shade: int = 1, size: tuple[int, int] = (640, 480), fmt: str = "JPEG") -> bytes:
    """A picture with place, device and time in its EXIF."""
    image = Image.new("RGB", size, (40 * shade % 255, 90, 120))
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Pabrik HP", "Model Rahasia 5"
    exif[0x0132] = "2026:11:24 09:00:00"
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "S", (6.0, 18.0, 30.0)
    out = io.BytesIO()
    image.save(out, fmt, exif=exif)
    return out.getvalue()


def a_pdf(text: str = "x") -> bytes:
    return f"%PDF-1.4\n% {text}\n1 0 obj<<>>endobj\ntrailer<<>>\nstartxref\n9\n%%EOF\n".encode()


def a_recording(seconds: int = 1) -> bytes:
    """A WAV of silence."""
    data = b"\0" * 8_000 * seconds
    head = b"RIFF" + struct.pack("<I", 36 + len(data)) + b"WAVEfmt "
    return (
        head
        + struct.pack("<IHHIIHH", 16, 1, 1, 8_000, 8_000, 1, 8)
        + b"data"
        + struct.pack("<I", len(data))
        + data
    )
