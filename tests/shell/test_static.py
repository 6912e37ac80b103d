"""The bytes and the colours of every page."""

import re
from pathlib import Path

import brotli
import pytest

STATIC = Path(__file__).resolve().parent.parent.parent / "advocacy" / "static"
CSS = (STATIC / "css/posko.css").read_text()


def tokens(selector: str) -> dict[str, str]:
    """The custom properties of the first block of a selector."""
    block = CSS.split(selector + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block))


LIGHT = tokens("  :root")
DARK = tokens(":root[data-theme=dark]")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    """The ratio of WCAG 2.2: 4.5 for text, 3 for edges."""
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


TEXT = [
    *[(ink, ground) for ink in ("ink", "soft", "accent", "bad") for ground in ("board", "sheet", "inset")],
    ("on-accent", "accent"),
    ("on-accent", "accent-press"),
    ("sheet", "bad"),
    ("ink", "accent-soft"),
    *[(tone, f"{tone}-soft") for tone in ("accent", "good", "warn", "bad", "info", "plum")],
    *[("ink", f"{tone}-soft") for tone in ("good", "warn", "bad", "info")],
]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_words_can_be_read(theme, ink, ground):
    assert contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["board", "sheet", "inset"])
def test_edges_and_focus_can_be_seen(theme, ground):
    assert contrast(theme["edge"], theme[ground]) >= 3
    assert contrast(theme["focus"], theme[ground]) >= 3


def test_dark_is_the_same_by_choice_and_by_system():
    assert tokens(":root:not([data-theme=light])") == DARK
    assert set(DARK) == set(LIGHT)


def compressed(*paths: Path) -> int:
    return sum(len(brotli.compress(path.read_bytes())) for path in paths)


def test_the_look_weighs_little():
    assert compressed(STATIC / "css/posko.css") <= 12_000
    assert compressed(*(STATIC / "js").glob("*.js")) <= 6_000
    assert compressed(STATIC / "icons.svg") <= 5_000


def test_the_look_fetches_nothing_from_elsewhere():
    for path in STATIC.rglob("*.*"):
        text = path.read_text()
        assert "url(" not in text
        assert set(re.findall(r"https?://[^\s\"']+", text)) <= {"http://www.w3.org/2000/svg"}
