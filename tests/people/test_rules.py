"""User names and devices in words."""

import pytest

from cases.people.rules import USERNAME, describe_device, suggest_username


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("Siti Nur Aminah", "siti.nur"),
        ("Rini", "rini"),
        ("Désirée Lubis", "desiree.lubis"),
        ("H. Dedi", "h.dedi"),
        ("A", ""),
        ("123 Pos", ""),
        ("王", ""),
        ("  ", ""),
        ("x" * 60, "x" * 30),
    ],
)
def test_suggestions_are_user_names(name, suggested):
    assert suggest_username(name) == suggested
    assert not suggested or USERNAME.fullmatch(suggested)


@pytest.mark.parametrize("text", ["081234567890", "Siti", "ab", "a b", "-siti", "siti\n", "a" * 31, "+62812"])
def test_what_is_no_user_name(text):
    assert not USERNAME.fullmatch(text)


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 10; K) Chrome/140.0 Mobile Safari/537.36", "Chrome · Android"),
        (
            "Mozilla/5.0 (Linux; Android 9) SamsungBrowser/20 Chrome/106 Safari/537",
            "Samsung Internet · Android",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537.36 Edg/140", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17 Safari/604", "Safari · iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox · Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_devices(agent, words):
    assert describe_device(agent) == words
