"""What a role may see and do, by rank; what a user name looks like."""

import re
import unicodedata

from cases.people.choices import Role

# An observer sees disclosure-safe figures only, never a row.
SEES_ROWS = (Role.VOLUNTEER, Role.COORDINATOR, Role.BOARD)
COORDINATES = (Role.COORDINATOR, Role.BOARD)

# Whom a role may invite, give a role, or take one from: never above itself.
MAY_INVITE = {
    Role.COORDINATOR: (Role.VOLUNTEER, Role.COORDINATOR),
    Role.BOARD: (Role.VOLUNTEER, Role.COORDINATOR, Role.BOARD, Role.OBSERVER),
}

INVITATION_DAYS = 7
# A password link opens somebody's account, so it lives only as long as it takes to hand it over.
PASSWORD_LINK_HOURS = 24

# Begins with a letter, so that no user name can look like a telephone number.
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,29}")
LETTER_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}")


def suggest_username(name: str) -> str:
    """ "Siti Nur Aminah" -> "siti.nur"; empty where the name has no Latin letters to begin with."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.split(r"[^a-z0-9]+", plain) if word]
    candidate = ".".join(words[:2])[:30].strip("._-")
    return candidate if USERNAME.fullmatch(candidate) else ""


# In this order: Android says Linux as well, Edge and Opera say Chrome, and everybody says Safari.
SYSTEMS = {
    "Android": "Android",
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
    "Firefox": "Firefox",
    "Chrome": "Chrome",
    "Safari": "Safari",
}


def describe_device(user_agent: str) -> str:
    """ "Chrome · Android" out of what a browser says of itself; empty where it says nothing known."""
    browser = next((name for mark, name in BROWSERS.items() if mark in user_agent), "")
    system = next((name for mark, name in SYSTEMS.items() if mark in user_agent), "")
    return " · ".join(part for part in (browser, system) if part)
