"""Translations: one catalogue a slice, extracted and compiled with Babel, so that no system tool is needed.

`advocacy/locale/<slice>/id/LC_MESSAGES/django.po` holds the strings of cases/<slice> and templates/<slice>; `shell` those of the
shared templates and of the project itself. A string used by several slices stands in each, translated the same way.
"""

import ast
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

# gettext names and the position of msgid, plural and context in their arguments.
KEYWORDS: dict[str, tuple | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_CALL = re.compile(r"(?<![\w.])(_|gettext|ngettext|pgettext|npgettext)\(")
# Template folders that belong to a slice under another name.
TEMPLATE_OWNERS = {"account": "people", "mfa": "people", "usersessions": "people", "admin": "shell"}
# Printed texts are Indonesian in the Typst templates themselves.
SKIPPED = {"print"}


class Catalogues:
    def __init__(self, base: Path) -> None:
        self.base = base
        self.locale = base / "advocacy" / "locale"

    def slices(self) -> list[str]:
        """Every slice that may have strings of its own, and `shell`."""
        own = sorted(path.name for path in (self.base / "cases").iterdir() if (path / "__init__.py").exists())
        return [*own, "shell"]

    def path(self, slice_name: str) -> Path:
        return self.locale / slice_name / "id" / "LC_MESSAGES" / "django.po"

    def sources(self, slice_name: str) -> Iterator[Path]:
        templates = self.base / "templates"
        if slice_name == "shell":
            yield from sorted((self.base / "advocacy").rglob("*.py"))
            yield from sorted(templates.glob("*.html"))
            owners = set(self.slices()) | set(TEMPLATE_OWNERS) | SKIPPED
            folders = [p for p in sorted(templates.iterdir()) if p.is_dir() and p.name not in owners]
            folders += [templates / name for name, owner in TEMPLATE_OWNERS.items() if owner == "shell"]
            for folder in folders:
                yield from sorted(p for p in folder.rglob("*") if p.suffix in {".html", ".txt"})
            return
        yield from sorted((self.base / "cases" / slice_name).rglob("*.py"))
        mine = [slice_name, *(name for name, owner in TEMPLATE_OWNERS.items() if owner == slice_name)]
        for name in mine:
            yield from sorted(p for p in (templates / name).rglob("*") if p.suffix in {".html", ".txt"})

    def extract(self, slice_name: str) -> Catalog:
        """All strings in a slice's code and templates."""
        found = _empty()
        for path in self.sources(slice_name):
            where = path.relative_to(self.base).as_posix()
            calls = _python_calls(path) if path.suffix == ".py" else _template_calls(path)
            for function, messages in calls:
                self._add(found, function, messages, where)
        return found

    def _add(self, catalogue: Catalog, function: str, messages: object, where: str) -> None:
        parts = list(messages) if isinstance(messages, (tuple, list)) else [messages]
        context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
        singular = parts[0] if parts else None
        if not isinstance(singular, str) or not singular:
            return
        plural = parts[1] if "n" in function.split("gettext")[0] and len(parts) > 1 else None
        msgid = (singular, plural) if isinstance(plural, str) else singular
        catalogue.add(msgid, context=context, locations=[(where, 0)])

    def read(self, slice_name: str) -> Catalog:
        path = self.path(slice_name)
        if not path.exists():
            return _empty()
        with path.open("rb") as handle:
            return pofile.read_po(handle, locale="id")

    def update(self, slice_name: str) -> list[str]:
        """Bring a catalogue up to its sources; returns the strings that have no translation yet."""
        known, found = self.read(slice_name), self.extract(slice_name)
        elsewhere = self.translations(but=slice_name)
        merged = _empty()
        for message in found:
            if not message.id:
                continue
            old = known.get(message.id, context=message.context)
            string = old.string if old is not None and self._full(old.string) and not old.fuzzy else None
            if string is None:
                string = elsewhere.get((message.context, _key(message.id)))
            if message.pluralizable and isinstance(string, (tuple, list)):
                string = (string[0],)
            merged.add(message.id, string, context=message.context, locations=message.locations)
        if len(merged):
            path = self.path(slice_name)
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as handle:
                pofile.write_po(
                    handle, merged, width=110, sort_output=True, include_lineno=False, omit_header=False
                )
            self._settle_header(path)
        return self.missing(slice_name)

    def _settle_header(self, path: Path) -> None:
        """Dates in the header would change at each run and say nothing."""
        _head, body = path.read_text().split("\n\n", 1)
        plain = ['msgid ""', 'msgstr ""', '"Language: id\\n"', '"Content-Type: text/plain; charset=utf-8\\n"']
        plain += ['"Content-Transfer-Encoding: 8bit\\n"', '"Plural-Forms: nplurals=1; plural=0;\\n"']
        path.write_text("\n".join(plain) + "\n\n" + body)

    @staticmethod
    def _full(string: object) -> bool:
        # Indonesian has one form for any number.
        return bool(string[0] if isinstance(string, (tuple, list)) and string else string)

    def missing(self, slice_name: str) -> list[str]:
        known = self.read(slice_name)
        gaps = []
        for message in self.extract(slice_name):
            if not message.id:
                continue
            entry = known.get(message.id, context=message.context)
            if entry is None or entry.fuzzy or not self._full(entry.string):
                gaps.append(str(_key(message.id)))
        return gaps

    def translations(self, but: str = "") -> dict[tuple[str | None, str], object]:
        """What the catalogues say, by context and msgid."""
        words: dict[tuple[str | None, str], object] = {}
        for name in self.slices():
            if name != but:
                for message in self.read(name):
                    if message.id and self._full(message.string) and not message.fuzzy:
                        words.setdefault((message.context, _key(message.id)), message.string)
        return words

    def contradictions(self) -> list[tuple[str, str, str]]:
        """Strings that two slices translate differently: (msgid, first, second)."""
        seen: dict[tuple[str | None, str], str] = {}
        clashes = []
        for name in self.slices():
            for message in self.read(name):
                if message.id and self._full(message.string):
                    key, string = (message.context, _key(message.id)), str(_key(message.string))
                    if seen.setdefault(key, string) != string:
                        clashes.append((key[1], seen[key], string))
        return clashes

    def compile(self) -> None:
        """Write the .mo files that gettext reads, where they are older than their .po."""
        for name in self.slices():
            source = self.path(name)
            target = source.with_suffix(".mo")
            if source.exists() and (not target.exists() or target.stat().st_mtime < source.stat().st_mtime):
                buffer = BytesIO()
                mofile.write_mo(buffer, self.read(name))
                # Written beside and moved, so that a process starting now reads the old or the new, never half.
                draft = target.with_suffix(".mo.new")
                draft.write_bytes(buffer.getvalue())
                draft.replace(target)


def _empty() -> Catalog:
    catalogue = Catalog(locale="id", project="Posko Bansos", fuzzy=False)
    # Babel knows no plural rule of Indonesian and takes English's; Indonesian has one form.
    catalogue._num_plurals, catalogue._plural_expr = 1, "0"
    return catalogue


def _python_calls(path: Path) -> Iterator[tuple[str, object]]:
    for _line, function, messages, _comments in extract_python(
        BytesIO(path.read_bytes()), list(KEYWORDS), [], {"encoding": "utf-8"}
    ):
        yield function, messages


def _template_calls(path: Path) -> Iterator[tuple[str, object]]:
    """Django's templatize leaves gettext calls between blanked-out words, which are no Python: read the calls alone."""
    source = templatize(path.read_text(), origin=str(path))
    for match in _CALL.finditer(source):
        call = ast.parse(f"f({_arguments(source, match.end())})", mode="eval").body
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]  # type: ignore[attr-defined]
        yield match[1], texts


def _arguments(source: str, start: int) -> str:
    """The text from an opening bracket to its closing one, quotes respected."""
    quote, position = "", start
    while position < len(source):
        character = source[position]
        if character == "\\" and quote:
            position += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in "'\"":
            quote = character
        elif character == ")":
            break
        position += 1
    return source[start:position]


def _key(message_id: object) -> str:
    return str(message_id[0]) if isinstance(message_id, (tuple, list)) else str(message_id)
