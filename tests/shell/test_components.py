"""Shared pieces: what they say, what they point at, and what a strict CSP forbids them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from tests.shell import gallery

BASE = Path(__file__).resolve().parent.parent.parent
TEMPLATES = BASE / "templates"
SPRITE = set(re.findall(r'<symbol id="([^"]+)"', (BASE / "advocacy/static/icons.svg").read_text()))


class Page(HTMLParser):
    """Elements of a page, as (tag, attributes), and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(data.strip())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.elements if attrs.get("id")]

    @property
    def text(self) -> str:
        return " ".join(self.words)


def request(**cookies: str):
    made = RequestFactory().get("/contoh/?status=new&cursor=old")
    made.user = AnonymousUser()
    made.COOKIES.update(cookies)
    return made


def include(name: str, **context: object) -> str:
    return render_to_string(f"_components/{name}.html", context, request=request())


@pytest.fixture
def board() -> Page:
    return Page(render_to_string("_styleguide.html", gallery.context(), request=request()))


def test_nothing_on_the_page_needs_an_inline_script_or_style(board):
    for tag, attrs in board.elements:
        handlers = [name for name in attrs if name.startswith(("on", "hx-on")) or name == "style"]
        assert not handlers, (tag, attrs)
        assert tag != "style"
        assert tag != "script" or attrs.get("src")


def test_no_english_is_left_on_an_indonesian_page(board):
    from advocacy.catalogues import Catalogues

    english = [
        str(message.id)
        for message in Catalogues(BASE).read("shell")
        if isinstance(message.id, str)
        and message.id
        and message.id != message.string
        and "%" not in message.id
    ]
    spoken = board.words + [value for _, attrs in board.elements if (value := attrs.get("aria-label"))]
    assert "Belum tersimpan. Mohon perbaiki ini:" in spoken
    assert not [word for word in spoken if word in english and word != "English"]


def test_every_reference_inside_the_page_has_its_target(board):
    assert len(board.ids) == len(set(board.ids))
    for _, attrs in board.elements:
        wanted = (attrs.get("aria-describedby") or "").split() + (attrs.get("aria-labelledby") or "").split()
        wanted += [attrs["for"]] if attrs.get("for") else []
        href = attrs.get("href") or ""
        wanted += [href[1:]] if href.startswith("#") and len(href) > 1 else []
        for target in wanted:
            assert target in board.ids, target


def test_every_mistake_is_named_at_the_top_with_a_link_to_its_field(board):
    form = gallery.context()["form"]
    links = {attrs["href"] for attrs in board.all("a") if (attrs.get("href") or "").startswith("#id_bad")}
    assert len(form.errors) == 4
    assert links == {"#id_bad-kk", "#id_bad-livelihood", "#id_bad-people", "#id_bad-consent"}


def test_typed_values_are_kept_beside_the_mistakes(board):
    kept = {attrs.get("name"): attrs.get("value") for attrs in board.all("input")}
    assert kept["bad-head"] == "Sumarni"
    assert kept["bad-people"] == "0"
    assert kept["bad-visited"] == "2026-11-24"


def test_numbers_get_a_numeric_keyboard(board):
    inputs = {attrs.get("name"): attrs for attrs in board.all("input")}
    assert inputs["fresh-people"]["inputmode"] == "numeric"
    assert inputs["fresh-kk"]["inputmode"] == "numeric"


def test_icons_named_in_templates_stand_in_the_sprite():
    named = re.compile(r"""(?:\{% icon |icon_name=|action_icon=|icon_name\|default:)["']([a-z_-]+)["']""")
    for path in TEMPLATES.rglob("*.html"):
        for name in named.findall(path.read_text()):
            assert name in SPRITE, f"{path.name}: {name}"


def test_every_status_has_a_picture_and_a_word():
    for status, label in gallery.STATUSES:
        html = include("status", status=status, label=label)
        assert f"status-{status}" in SPRITE
        assert f"#status-{status}" in html
        assert label in Page(html).text


def test_a_refused_action_shows_its_reason_and_can_not_be_pressed():
    page = Page(include("button", label="Kirim", href="/kirim/", reason="Kasus ini belum dicek."))
    assert "Kasus ini belum dicek." in page.text
    assert page.all("a") == []
    assert "disabled" in page.all("button")[0]


def test_an_allowed_action_can_be_pressed():
    page = Page(include("button", label="Kirim", href="/kirim/", reason=""))
    assert page.all("a")[0]["href"] == "/kirim/"
    assert page.all("button") == []


@pytest.mark.parametrize(
    ("days", "late", "words"),
    [
        (-2, 2, "Lewat 2 hari"),
        (0, 0, "Batasnya hari ini"),
        (3, 0, "Tinggal 3 hari lagi"),
        (9, 0, "Tinggal 9 hari lagi"),
    ],
)
def test_a_deadline_says_how_long(days, late, words):
    page = Page(include("due", days=days, late=late))
    assert page.text == words


def test_no_deadline_says_nothing():
    assert include("due", days=None, late=0).strip() == ""


def test_only_near_deadlines_warn():
    assert "status--due_soon" in include("due", days=3)
    assert "status--due_soon" not in include("due", days=4)


def test_pages_keep_the_filter_and_move_the_cursor():
    from types import SimpleNamespace

    page = Page(include("pager", page=SimpleNamespace(previous=None, next="abc")))
    assert [attrs["href"] for attrs in page.all("a")] == ["?status=new&cursor=abc"]


def test_what_people_type_is_shown_as_text():
    entries = [{"at": gallery.at(24, 9), "title": "<b>x</b>", "body": "<script>alert(1)</script>"}]
    for html in (
        include("timeline", entries=entries),
        include("deflist", facts=[("Nama", "<script>alert(1)</script>")]),
        include("copy", text='"><script>alert(1)</script>'),
        include("card", title="<script>alert(1)</script>"),
    ):
        assert "<script>" not in html


@pytest.mark.parametrize(("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', None)])
def test_the_chosen_theme_is_painted_by_the_server(cookie, theme):
    page = Page(render_to_string("_styleguide.html", gallery.context(), request=request(theme=cookie)))
    assert page.all("html")[0].get("data-theme") == theme


def test_htmx_may_not_evaluate_nor_keep_pages_on_the_phone(board):
    import json

    meta = next(attrs for attrs in board.all("meta") if attrs.get("name") == "htmx-config")
    config = json.loads(meta["content"])
    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0
