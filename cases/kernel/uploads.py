"""Files from outside: their kind told by their content, and pictures made harmless and small."""

import io
from typing import BinaryIO

import filetype
import pillow_heif
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageCms, ImageOps

from cases.kernel.exceptions import ActionRefused

MEGABYTE = 1024 * 1024
PHOTO_BYTES = 20 * MEGABYTE
PDF_BYTES = 20 * MEGABYTE
AUDIO_BYTES = 20 * MEGABYTE
PHOTO_PIXELS = 64_000_000  # a phone's 50-megapixel photo passes; decoded, that is 190 MB of memory
CLEAN_SIDE = 1600  # pixels
CLEAN_BYTES = 300 * 1024
QUALITIES = (82, 74, 66, 58, 50, 42)
SHRINK = 0.8
PDF_MARK_WITHIN = 1024  # bytes: how far from the beginning and the end readers look for %PDF- and %%EOF

PHOTO, PDF, AUDIO = "photo", "pdf", "audio"
READERS = ("JPEG", "PNG", "WEBP", "HEIF")
PHOTO_KINDS = {
    "JPEG": "jpeg",
    "MPO": "jpeg",
    "PNG": "png",
    "WEBP": "webp",
    "HEIF": "heic",
}  # MPO: a JPEG with a second picture
PHOTO_TYPES = {"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"}
AUDIO_TYPES = {"audio/mp4", "audio/mpeg", "audio/ogg", "audio/amr", "audio/x-wav"}
MEDIA_TYPES = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "pdf": "application/pdf",
}

TOO_LARGE = {
    PHOTO: (PHOTO_BYTES, _("The photo is larger than %(limit)s MB. Take it again with a smaller setting.")),
    PDF: (PDF_BYTES, _("The PDF is larger than %(limit)s MB. Split it, or take photos of the pages.")),
    AUDIO: (AUDIO_BYTES, _("The recording is larger than %(limit)s MB. Send it in shorter parts.")),
}
EMPTY = _("The file is empty. Choose it again.")
UNKNOWN = _(
    "This kind of file cannot be kept. Use a photo (JPG, PNG, WebP, HEIC), a PDF or a sound recording."
)
BROKEN_PHOTO = _("The photo is damaged and cannot be opened. Take or send it again.")
TOO_MANY_PIXELS = _("The photo has too many pixels. Take it again with a smaller setting.")
BROKEN_PDF = _("The PDF is damaged or was not sent completely. Send it again.")
BROKEN_AUDIO = _("The recording is damaged or is a video. Send the sound only.")

pillow_heif.register_heif_opener()


class UploadRefused(ActionRefused, ValueError):
    """The file is not one that can be kept; the sentence says what to do instead."""


def inspect(file: bytes | BinaryIO) -> str:
    """The kind by content: jpeg, png, webp, heic, pdf or audio; raises UploadRefused. The name of a file proves nothing."""
    data = _content(file)
    media = _media_type(data)
    if media in PHOTO_TYPES:
        return _photo(data)
    if media == MEDIA_TYPES["pdf"]:
        return _pdf(data)
    if media in AUDIO_TYPES:
        return _audio(data, media)
    raise UploadRefused(UNKNOWN)


def media_type(file: bytes | BinaryIO) -> str:
    """The Content-Type to serve it with; raises UploadRefused as inspect() does."""
    data = _content(file)
    kind = inspect(data)
    return MEDIA_TYPES.get(kind) or _media_type(data)


def clean_image(data: bytes, *, side: int = CLEAN_SIDE, most: int = CLEAN_BYTES) -> bytes:
    """A JPEG of at most 1600 px and 300 KB (or `side` and `most`), upright, without EXIF (place, time, device), comments or hidden frames.

    Raises UploadRefused for what is not a whole photo.
    """
    inspect_as_photo(data)
    try:
        with Image.open(io.BytesIO(data), formats=READERS) as source:
            # A JPEG can be decoded smaller at once, which saves most of the memory.
            source.draft("RGB", (side, side))
            source.load()
            image = ImageOps.exif_transpose(source)
            if image.mode == "P":  # a palette cannot be made smaller smoothly
                image = image.convert("RGBA" if image.has_transparency_data else "RGB")
            image.thumbnail((side, side), Image.Resampling.LANCZOS)
            image = _on_white(_in_srgb(image))
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UploadRefused(BROKEN_PHOTO) from error
    return _within(most, image)


def inspect_as_photo(data: bytes) -> str:
    """The kind of a file that must be a photo."""
    if _media_type(_content(data)) not in PHOTO_TYPES:
        raise UploadRefused(UNKNOWN)
    return _photo(data)


def _content(file: bytes | BinaryIO) -> bytes:
    """All bytes, or one more than any limit allows, leaving the file at its beginning."""
    if isinstance(file, bytes):
        data = file
    else:
        file.seek(0)
        data = file.read(max(PHOTO_BYTES, PDF_BYTES, AUDIO_BYTES) + 1)
        file.seek(0)
    if not data:
        raise UploadRefused(EMPTY)
    return data


def _media_type(data: bytes) -> str:
    """What the first bytes say, before anything is proved."""
    found = filetype.guess_mime(data[:8192]) or ""
    if not found and b"%PDF-" in data[:PDF_MARK_WITHIN]:
        return MEDIA_TYPES["pdf"]
    if found in {"video/mp4", "video/3gpp", "audio/m4a", "audio/x-m4a"} or (
        not found and data[4:8] == b"ftyp"
    ):
        # Recorders of phones name their container like a video's; its tracks decide, in _audio().
        return "audio/mp4"
    return found


def _check_size(data: bytes, group: str) -> None:
    limit, sentence = TOO_LARGE[group]
    if len(data) > limit:
        raise UploadRefused(_filled(sentence, limit))


def _filled(sentence: Promise, limit: int) -> str:
    return str(sentence) % {"limit": limit // MEGABYTE}


def _photo(data: bytes) -> str:
    _check_size(data, PHOTO)
    try:
        with Image.open(io.BytesIO(data), formats=READERS) as image:
            width, height = image.size
            if width * height > PHOTO_PIXELS:
                raise UploadRefused(TOO_MANY_PIXELS)
            kind = PHOTO_KINDS[image.format or ""]
            image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise UploadRefused(TOO_MANY_PIXELS) from error
    except UploadRefused:
        raise
    except Exception as error:
        # Decoders of damaged files raise nearly anything: OSError, SyntaxError, struct.error, ...
        raise UploadRefused(BROKEN_PHOTO) from error
    return kind


def _pdf(data: bytes) -> str:
    _check_size(data, PDF)
    if b"%%EOF" not in data[-PDF_MARK_WITHIN:] or b"startxref" not in data[-2 * PDF_MARK_WITHIN :]:
        raise UploadRefused(BROKEN_PDF)
    return "pdf"


def _audio(data: bytes, media: str) -> str:
    _check_size(data, AUDIO)
    if media == "audio/mp4":
        tracks = _mp4_tracks(data)
        if b"soun" not in tracks or b"vide" in tracks:
            raise UploadRefused(BROKEN_AUDIO)
    return "audio"


def _mp4_tracks(data: bytes) -> set[bytes]:
    """Handler types of the tracks; ISO/IEC 14496-12 has them 12 bytes after the name of the hdlr box begins."""
    tracks, at = set(), data.find(b"hdlr")
    while at >= 0:
        tracks.add(data[at + 12 : at + 16])
        at = data.find(b"hdlr", at + 4)
    return tracks


def _in_srgb(image: Image.Image) -> Image.Image:
    """Colours of the photo's own profile brought to sRGB, because the profile is left out with the rest."""
    profile = image.info.get("icc_profile")
    if not profile or image.mode not in ("RGB", "RGBA", "CMYK"):
        return image
    try:
        converted = ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if image.mode == "RGBA" else "RGB",
        )
    except (ImageCms.PyCMSError, OSError):
        return image
    return converted or image


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture with nothing but pixels; what was transparent becomes paper."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGB", image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        return paper
    paper = Image.new("RGB", image.size)
    paper.paste(image.convert("RGB"))
    return paper


def _within(limit: int, image: Image.Image) -> bytes:
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= limit:
                return out.getvalue()
        smaller = (max(1, round(image.width * SHRINK)), max(1, round(image.height * SHRINK)))
        image = image.resize(smaller, Image.Resampling.LANCZOS)
