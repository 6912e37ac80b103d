"""Files from outside. All are made here."""

import io
import os
import struct
import wave
import zlib
from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from PIL import Image, ImageCms, ImageDraw, ImageOps
from PIL.Image import Exif
from PIL.PngImagePlugin import PngInfo

from cases.kernel import uploads
from cases.kernel.exceptions import ActionRefused
from cases.kernel.uploads import CLEAN_BYTES, UploadRefused, clean_image, inspect, media_type

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
ORIENTATION, GPS, MODEL = 0x0112, 0x8825, 0x0110
PLACE = "Posko Gang Mawar"


def picture(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    image = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill=(200, 30, 30))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def private_exif(orientation: int = 1) -> Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    exif[MODEL] = PLACE
    exif.get_ifd(GPS)[1] = "S"
    exif.get_ifd(GPS)[2] = (6.0, 17.0, 30.0)
    return exif


def wav() -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\x00\x01" * 800)
    return out.getvalue()


def box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def mp4(brand: bytes, *handlers: bytes) -> bytes:
    tracks = b"".join(box(b"hdlr", bytes(8) + handler + bytes(13)) for handler in handlers)
    return box(b"ftyp", brand + bytes(4) + brand) + box(b"mdat", b"\x00" * 64) + box(b"moov", tracks)


def png_claiming(width: int, height: int) -> bytes:
    """A few bytes that say they are an enormous picture."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\x00" * 100)) + chunk(b"IEND", b"")


OGG = b"OggS\x00\x02" + bytes(22) + b"OpusHead\x01\x01" + bytes(40)
AUDIO = {
    "m4a": (mp4(b"M4A ", b"soun"), "audio/mp4"),
    "phone recorder": (mp4(b"mp42", b"soun"), "audio/mp4"),
    "old phone recorder": (mp4(b"3gp4", b"soun"), "audio/mp4"),
    "mp3": (b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x00" * 50, "audio/mpeg"),
    "ogg, opus": (OGG, "audio/ogg"),
    "amr": (b"#!AMR\n" + b"\x3c" * 60, "audio/amr"),
    "wav": (wav(), "audio/x-wav"),
}


@pytest.mark.parametrize(
    ("data", "kind", "media"),
    [
        (saved(picture()), "jpeg", "image/jpeg"),
        (saved(picture(), "MPO", save_all=True, append_images=[picture()]), "jpeg", "image/jpeg"),
        (saved(picture(), "PNG"), "png", "image/png"),
        (saved(picture(), "WEBP"), "webp", "image/webp"),
        (saved(picture(), "HEIF"), "heic", "image/heic"),
        (PDF, "pdf", "application/pdf"),
        (b"\n\n" + PDF, "pdf", "application/pdf"),
        *[(data, "audio", media) for data, media in AUDIO.values()],
    ],
)
def test_the_content_tells_the_kind(data: bytes, kind: str, media: str) -> None:
    assert inspect(data) == kind
    assert media_type(data) == media
    lying = SimpleUploadedFile("virus.exe", data, content_type="text/html")
    assert inspect(lying) == kind
    assert lying.read() == data


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", uploads.EMPTY),
        (b"x", uploads.UNKNOWN),
        (b"<html><script>alert(1)</script>", uploads.UNKNOWN),
        (b"MZ" + bytes(300), uploads.UNKNOWN),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", uploads.UNKNOWN),
        (saved(picture(), "GIF"), uploads.UNKNOWN),
        (saved(picture(), "TIFF"), uploads.UNKNOWN),
        (b"PK\x03\x04" + bytes(300), uploads.UNKNOWN),
        (b"\xff\xd8\xff\xe0" + b"not a photo" * 30, uploads.BROKEN_PHOTO),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), uploads.BROKEN_PHOTO),
        (saved(picture(), "PNG")[:-30], uploads.BROKEN_PHOTO),
        (PDF[:-8], uploads.BROKEN_PDF),
        (PDF.replace(b"startxref", b"nothing"), uploads.BROKEN_PDF),
        (b"%PDF-1.4", uploads.BROKEN_PDF),
        (mp4(b"mp42", b"vide", b"soun"), uploads.BROKEN_AUDIO),
        (mp4(b"isom", b"vide"), uploads.BROKEN_AUDIO),
        (mp4(b"M4A "), uploads.BROKEN_AUDIO),
        (png_claiming(9000, 9000), uploads.TOO_MANY_PIXELS),
        (png_claiming(12000, 12000), uploads.TOO_MANY_PIXELS),
        (png_claiming(60000, 60000), uploads.TOO_MANY_PIXELS),
    ],
)
def test_what_cannot_be_kept_is_refused_with_its_sentence(data: bytes, sentence: object) -> None:
    with pytest.raises(UploadRefused) as refused:
        inspect(data)
    assert str(refused.value) == str(sentence)


@pytest.mark.parametrize(
    ("data", "limit"),
    [(saved(picture()), "PHOTO"), (PDF, "PDF"), (wav(), "AUDIO")],
)
def test_each_kind_has_its_limit(data: bytes, limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    group, (_limit, sentence) = next(item for item in uploads.TOO_LARGE.items() if item[0].upper() == limit)
    monkeypatch.setitem(uploads.TOO_LARGE, group, (len(data), sentence))
    inspect(data)
    monkeypatch.setitem(uploads.TOO_LARGE, group, (len(data) - 1, sentence))
    with pytest.raises(UploadRefused, match="MB"):
        inspect(data)


def test_a_file_over_the_limit_is_refused_without_being_read_whole() -> None:
    class Endless(io.BytesIO):
        asked = 0

        def read(self, size: int | None = -1) -> bytes:
            self.asked = size or -1
            return super().read(size)

    file = Endless(saved(picture()) + bytes(uploads.PHOTO_BYTES))
    with override("id"), pytest.raises(UploadRefused, match="lebih besar dari 20 MB"):
        inspect(file)
    assert file.asked == uploads.PHOTO_BYTES + 1


def test_a_refusal_is_one_that_screens_know() -> None:
    assert issubclass(UploadRefused, ActionRefused)
    assert issubclass(UploadRefused, ValueError)


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_a_clean_copy_keeps_the_picture_and_nothing_else(kind: str) -> None:
    options: dict[str, object] = {"exif": private_exif()}
    if kind == "JPEG":
        options |= {"comment": PLACE, "xmp": f"<x>{PLACE}</x>".encode(), "dpi": (301, 301)}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", PLACE)
        options["pnginfo"] = text
    original = saved(picture(), kind, **options)
    assert PLACE.encode() in original
    clean = clean_image(original)
    image = opened(clean)
    assert PLACE.encode() not in clean
    assert b"Exif" not in clean
    assert b"ICC_PROFILE" not in clean
    assert dict(image.getexif()) == {}
    assert not {"exif", "xmp", "comment", "icc_profile", "dpi"} & set(image.info)
    assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (64, 48))
    red, green, blue = image.getpixel((5, 5))  # type: ignore[misc]
    assert red > 150
    assert max(green, blue) < 90


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(64, 48), (4000, 3000)])
def test_a_photo_taken_sideways_stands_upright(orientation: int, size: tuple[int, int]) -> None:
    upright = picture(*size)
    # Turn it as the phone's sensor would have it, then say so in EXIF.
    turned = {
        1: upright,
        2: ImageOps.mirror(upright),
        3: upright.rotate(180, expand=True),
        4: ImageOps.flip(upright),
        5: ImageOps.mirror(upright.rotate(-90, expand=True)),
        6: upright.rotate(90, expand=True),
        7: ImageOps.mirror(upright.rotate(90, expand=True)),
        8: upright.rotate(-90, expand=True),
    }[orientation]
    image = opened(clean_image(saved(turned, exif=private_exif(orientation))))
    assert image.width > image.height
    corners = [
        image.getpixel((x * (image.width - 3) + 1, y * (image.height - 3) + 1))
        for x in (0, 1)
        for y in (0, 1)
    ]
    assert [corner[1] < 100 for corner in corners] == [True, False, False, False]  # type: ignore[index]


def noise(width: int, height: int) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(width * height * 3))


@pytest.mark.parametrize(
    "make", [lambda: picture(4000, 3000), lambda: noise(2400, 1800), lambda: noise(300, 5000)]
)
def test_a_clean_copy_is_small_whatever_it_shows(make: Callable[[], Image.Image]) -> None:
    original = make()
    clean = clean_image(saved(original, quality=95))
    image = opened(clean)
    assert len(clean) <= CLEAN_BYTES
    assert max(image.size) <= 1600
    assert image.width / image.height == pytest.approx(original.width / original.height, rel=0.03)


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(clean_image(saved(picture(20, 10)))).size == (20, 10)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "I;16"])
def test_every_kind_of_png_becomes_a_photo(mode: str) -> None:
    image = Image.new("I;16", (64, 48), 300) if mode == "I;16" else picture(mode=mode)
    assert opened(clean_image(saved(image, "PNG"))).mode == "RGB"


def test_thin_lines_of_a_drawing_stay_when_it_is_made_smaller() -> None:
    stripes = Image.frombytes("L", (3200, 2), bytes([0, 255] * 3200)).resize((3200, 400)).convert("P")
    assert opened(clean_image(saved(stripes, "PNG"))).getpixel((400, 50))[0] in range(90, 166)  # type: ignore[index]


def test_what_was_transparent_becomes_paper() -> None:
    see_through = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert opened(clean_image(saved(see_through, "PNG"))).getpixel((20, 20)) == (255, 255, 255)
    palette = Image.new("P", (40, 40), 0)
    assert opened(clean_image(saved(palette, "PNG", transparency=0))).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_colours_of_print_and_of_profiles_are_taken_over(mode: str) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red = opened(
        clean_image(saved(picture(mode=mode), icc_profile=profile if mode == "RGB" else b"broken"))
    ).getpixel((5, 5))
    assert red[0] > 150 > 90 > red[1]  # type: ignore[index]


def test_only_the_first_picture_of_a_moving_one_is_kept() -> None:
    moving = saved(picture(), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 48), "blue")])
    image = opened(clean_image(moving))
    assert getattr(image, "n_frames", 1) == 1
    assert image.getpixel((5, 5))[0] > 150  # type: ignore[index]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        PDF,
        wav(),
        saved(picture(800, 600))[:3000],
        saved(noise(300, 300), "WEBP")[:2000],
        png_claiming(9000, 9000),
        png_claiming(20, 20),
    ],
)
def test_what_is_not_a_whole_photo_has_no_clean_copy(data: bytes) -> None:
    with pytest.raises(UploadRefused):
        clean_image(data)
