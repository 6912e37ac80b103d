"""Every word on the screen has its Indonesian, the same one everywhere."""

import pytest
from django.conf import settings
from django.utils import translation

from advocacy.catalogues import Catalogues

catalogues = Catalogues(settings.BASE_DIR)


@pytest.mark.parametrize("name", catalogues.slices())
def test_a_slice_is_translated_completely(name):
    assert catalogues.missing(name) == []


def test_no_word_is_translated_in_two_ways():
    assert catalogues.contradictions() == []


def test_catalogues_hold_nothing_that_the_code_no_longer_says():
    stale = []
    for name in catalogues.slices():
        found = catalogues.extract(name)
        stale += [m.id for m in catalogues.read(name) if m.id and found.get(m.id, context=m.context) is None]
    assert stale == []


def test_placeholders_survive_translation():
    broken = []
    for name in catalogues.slices():
        for message in catalogues.read(name):
            if message.id and not isinstance(message.id, tuple):
                wanted = set(_placeholders(message.id))
                if wanted != set(_placeholders(str(message.string))):
                    broken.append((message.id, message.string))
    assert broken == []


def _placeholders(text):
    import re

    return re.findall(r"%\(\w+\)[sd]|%[sd]|\{\w*\}", text)


def test_extraction_reads_code_and_templates(tmp_path):
    (tmp_path / "cases" / "toy").mkdir(parents=True)
    (tmp_path / "cases" / "toy" / "__init__.py").write_text("")
    (tmp_path / "cases" / "toy" / "models.py").write_text('_("From code")\nngettext("one", "many", n)\n')
    (tmp_path / "templates" / "toy").mkdir(parents=True)
    (tmp_path / "templates" / "toy" / "a.html").write_text(
        '<b>It\'s {% translate "From (a) template" %}</b>{% blocktranslate count n=n %}{{ n }} row'
        '{% plural %}{{ n }} rows{% endblocktranslate %}{% if x == _("quoted mark") %}{% endif %}'
    )
    ids = {m.id[0] if isinstance(m.id, tuple) else m.id for m in Catalogues(tmp_path).extract("toy") if m.id}
    assert ids == {"From code", "one", "From (a) template", "%(n)s row", "quoted mark"}


def test_english_is_a_switch():
    with translation.override("en"):
        assert translation.gettext("failed") == "failed"
    with translation.override("id"):
        assert translation.gettext("failed") == "gagal"
