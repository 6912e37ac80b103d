"""Telephone numbers: stored as +62812..., typed and shown as Indonesians do."""

import re

import phonenumbers

REGION = "ID"
TYPED = re.compile(r"\+?[\d\s().\-–/]+")
LONGEST = 15  # digits, by E.164: more means two numbers in one field


def normalise_phone(text: str) -> str:
    """E.164, "0812-3456-7890" -> "+6281234567890"; raises ValueError on what is no telephone number."""
    text = text.strip()
    digits = re.sub(r"\D", "", text)
    if not TYPED.fullmatch(text) or not text.isascii() or len(digits) > LONGEST + 2:
        raise ValueError("not a telephone number")
    # People write 62812... and 0062812... as often as +62812...
    if digits.startswith(("62", "0062")):
        text = "+" + digits.removeprefix("00")
    try:
        number = phonenumbers.parse(text, REGION)
    except phonenumbers.NumberParseException:
        raise ValueError("not a telephone number") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError("not a telephone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def display_phone(number: str) -> str:
    """0812-3456-7890; a foreign number with its country code; what cannot be read comes back as it is."""
    try:
        parsed = phonenumbers.parse(number, REGION)
    except phonenumbers.NumberParseException:
        return number
    national = parsed.country_code == phonenumbers.country_code_for_region(REGION)
    style = (
        phonenumbers.PhoneNumberFormat.NATIONAL if national else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    )
    return phonenumbers.format_number(parsed, style)
