"""SealedTextField on a real table."""

import pickle
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.template import Context, Engine
from django.test.utils import isolate_apps, override_settings

from cases.kernel import crypto
from cases.kernel.fields import Sealed, SealedTextField

SECRET = "Siti Rahmawati, 3175044107909001"

with isolate_apps():

    class Letter(models.Model):
        name = models.CharField(max_length=20)
        secret = SealedTextField(null=True)
        other = SealedTextField(null=True, purpose="kept.name")

        class Meta:
            app_label = "kernel"
            db_table = "test_letter"

        def __str__(self) -> str:
            return self.name


@pytest.fixture(autouse=True)
def table(db: None) -> Iterator[None]:
    pk = Letter._meta.pk.db_type(connection)
    binary = Letter._meta.get_field("secret").db_type(connection)
    suffix = Letter._meta.pk.db_type_suffix(connection) or ""
    keys = {"a": b"a" * 32, "b": b"b" * 32}
    with override_settings(POSKO_KEYS=keys, POSKO_CURRENT_KEY="a"), connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE test_letter (id {pk} PRIMARY KEY {suffix}, name varchar(20) NOT NULL,"
            f" secret {binary} NULL, other {binary} NULL)"
        )
        yield
        cursor.execute("DROP TABLE test_letter")


def stored(column: str = "secret") -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM test_letter")
        value = cursor.fetchone()[0]
        return None if value is None else bytes(value)


def test_the_column_holds_no_plaintext_and_the_value_opens() -> None:
    Letter.objects.create(name="a", secret=SECRET)
    assert b"Siti" not in (stored() or b"")
    assert Letter.objects.get().secret.reveal() == SECRET


def test_the_plaintext_shows_nowhere_even_before_saving() -> None:
    letter = Letter(name="a", secret=SECRET)
    shown = [
        str(letter.secret),
        repr(letter.secret),
        f"{letter.secret}",
        repr(letter.__dict__),
    ]
    assert not any("Siti" in text or "3175" in text for text in shown)
    assert b"Siti" not in pickle.dumps(letter.secret)


def test_a_template_cannot_open_it() -> None:
    template = Engine().from_string("{{ letter.secret }}|{{ letter.secret.reveal }}")
    assert template.render(Context({"letter": Letter(secret=SECRET)})) == "••••|"


@pytest.mark.parametrize("empty", [None, ""])
def test_empty_is_null(empty: str | None) -> None:
    letter = Letter.objects.create(name="a", secret=empty)
    assert letter.secret is None
    assert stored() is None
    assert Letter.objects.filter(secret__isnull=True).count() == 1
    assert Letter.objects.get().secret is None


@pytest.mark.parametrize("wrong", [3175, b"bytes", ["list"]])
def test_only_text_can_be_assigned(wrong: Any) -> None:
    with pytest.raises(TypeError, match="secret"):
        Letter(secret=wrong)


def test_saving_again_without_a_change_keeps_the_token() -> None:
    Letter.objects.create(name="a", secret=SECRET)
    before = stored()
    letter = Letter.objects.get()
    letter.full_clean()
    letter.save()
    assert stored() == before


def test_update_and_bulk_writes_seal_too() -> None:
    letter = Letter.objects.create(name="a", secret="x")
    Letter.objects.update(secret=SECRET)
    assert b"Siti" not in (stored() or b"")
    assert Letter.objects.get().secret.reveal() == SECRET
    letter.secret = "changed"
    Letter.objects.bulk_update([letter], ["secret"])
    assert Letter.objects.get().secret.reveal() == "changed"
    Letter.objects.all().delete()
    Letter.objects.bulk_create([Letter(name="b", secret="second")])
    assert Letter.objects.get().secret.reveal() == "second"


def test_deferred_and_values_work() -> None:
    Letter.objects.create(name="a", secret=SECRET)
    assert Letter.objects.defer("secret").get().secret.reveal() == SECRET
    assert Letter.objects.values_list("secret", flat=True).get().reveal() == SECRET


def test_copied_from_one_field_to_another_it_still_opens() -> None:
    letter = Letter.objects.create(name="a", secret=SECRET)
    letter.other = letter.secret
    letter.save()
    assert Letter.objects.get().other.reveal() == SECRET


def test_a_token_moved_between_columns_by_hand_does_not_open() -> None:
    Letter.objects.create(name="a", secret=SECRET)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE test_letter SET other = secret")
    with pytest.raises(crypto.CannotUnseal):
        Letter.objects.get().other.reveal()


@pytest.mark.parametrize("lookup", ["secret", "secret__contains", "secret__in", "secret__gt"])
def test_it_cannot_be_searched(lookup: str) -> None:
    with pytest.raises(FieldError, match="digest"):
        list(Letter.objects.filter(**{lookup: [SECRET]}))


def test_a_dump_carries_the_token_and_loads_again() -> None:
    Letter.objects.create(name="a", secret=SECRET)
    dump = serializers.serialize("json", Letter.objects.all())
    assert "Siti" not in dump
    field = Letter._meta.get_field("secret")
    again = field.to_python(field.value_to_string(Letter.objects.get()))
    assert again.reveal() == SECRET
    assert again.token == stored()


def test_it_is_in_no_form_made_from_the_model() -> None:
    assert not SealedTextField(editable=True).editable


def test_a_migration_keeps_the_purpose() -> None:
    text, _ = MigrationWriter.serialize(Letter._meta.get_field("other"))
    assert "purpose='kept.name'" in text
    text, _ = MigrationWriter.serialize(Letter._meta.get_field("secret"))
    assert "purpose" not in text


def test_equal_means_the_same_token() -> None:
    one = Sealed.of("x", "p")
    assert one == Sealed(one.token, "p")
    assert hash(one) == hash(Sealed(one.token, "p"))
    assert one != Sealed.of("x", "p")
    assert one != "x"
