"""Seals and digests."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from cases.kernel.crypto import CannotUnseal, digest, needs_resealing, reseal, seal, unseal

OLD, NEW = {"2025": b"o" * 32}, {"2026": b"n" * 32}


@pytest.fixture(autouse=True, scope="module")
def keys() -> Iterator[None]:
    with override_settings(POSKO_KEYS=OLD | NEW, POSKO_CURRENT_KEY="2026", POSKO_DIGEST_KEY=b"d" * 32):
        yield


@given(st.binary(max_size=400), st.text(min_size=1, max_size=40))
def test_what_is_sealed_opens_again(plaintext: bytes, purpose: str) -> None:
    token = seal(plaintext, purpose=purpose)
    assert unseal(token, purpose=purpose) == plaintext
    assert unseal(memoryview(token), purpose=purpose) == plaintext  # type: ignore[arg-type]


@given(st.binary(min_size=8, max_size=40))
def test_the_token_hides_its_content_and_never_repeats(plaintext: bytes) -> None:
    one, other = seal(plaintext, purpose="nik"), seal(plaintext, purpose="nik")
    assert one != other
    assert plaintext not in one


@given(st.data())
def test_a_token_with_one_changed_bit_does_not_open(data: st.DataObject) -> None:
    token = bytearray(seal(b"3175041201909001", purpose="nik"))
    position = data.draw(st.integers(0, len(token) - 1))
    token[position] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(CannotUnseal):
        unseal(bytes(token), purpose="nik")


@given(st.integers(0, 49))
def test_a_token_cut_short_does_not_open(length: int) -> None:
    token = seal(b"3175041201909001", purpose="nik")
    with pytest.raises(CannotUnseal):
        unseal(token[:length], purpose="nik")


@pytest.mark.parametrize(
    "garbage", [b"", b"\x01", b"plain text", b"\x02\x042026" + b"x" * 60, b"\x01\xff" + b"\xff" * 400]
)
def test_garbage_does_not_open(garbage: bytes) -> None:
    with pytest.raises(CannotUnseal):
        unseal(garbage, purpose="nik")


def test_a_token_moved_to_another_purpose_does_not_open() -> None:
    with pytest.raises(CannotUnseal):
        unseal(seal(b"Siti", purpose="reporter.name"), purpose="household.head")


def test_a_purpose_is_needed() -> None:
    with pytest.raises(ValueError, match="purpose"):
        seal(b"x", purpose="")


def test_a_token_relabelled_with_another_key_of_equal_bytes_does_not_open() -> None:
    with override_settings(POSKO_KEYS={"2025": b"s" * 32, "2026": b"s" * 32}):
        token = seal(b"x", purpose="nik")
        with pytest.raises(CannotUnseal):
            unseal(token.replace(b"2026", b"2025"), purpose="nik")


def test_rotation_keeps_old_tokens_readable_and_moves_them() -> None:
    with override_settings(POSKO_CURRENT_KEY="2025"):
        old = seal(b"3175", purpose="nik")
    assert unseal(old, purpose="nik") == b"3175"
    assert needs_resealing(old)
    new = reseal(old, purpose="nik")
    assert not needs_resealing(new)
    assert reseal(new, purpose="nik") == new
    with override_settings(POSKO_KEYS=NEW):
        assert unseal(new, purpose="nik") == b"3175"
        with pytest.raises(CannotUnseal, match="2025"):
            unseal(old, purpose="nik")


def test_resealing_wants_the_right_purpose() -> None:
    with override_settings(POSKO_CURRENT_KEY="2025"):
        old = seal(b"3175", purpose="nik")
    with pytest.raises(CannotUnseal):
        reseal(old, purpose="kk")


def test_digest_meets_its_equal_only() -> None:
    assert digest("3175041201909001", purpose="nik") == digest("3175041201909001", purpose="nik")
    assert digest("3175041201909001", purpose="nik") != digest("3175041201909001", purpose="kk")
    assert digest("3175041201909001", purpose="nik") != digest("3175041201909002", purpose="nik")
    assert digest("b", purpose="a\x00") != digest("\x00b", purpose="a")
    assert len(digest("", purpose="nik")) == 64


def test_digest_depends_on_its_key() -> None:
    mine = digest("3175", purpose="nik")
    with override_settings(POSKO_DIGEST_KEY=b"e" * 32):
        assert digest("3175", purpose="nik") != mine


@pytest.mark.parametrize(
    ("broken", "named"),
    [
        ({"POSKO_CURRENT_KEY": "2027"}, "POSKO_CURRENT_KEY"),
        ({"POSKO_CURRENT_KEY": ""}, "POSKO_CURRENT_KEY"),
        ({"POSKO_KEYS": {"2026": b"short"}}, "POSKO_KEYS"),
        ({"POSKO_KEYS": {}}, "POSKO_CURRENT_KEY"),
    ],
)
def test_wrong_settings_name_themselves(broken: dict[str, object], named: str) -> None:
    with override_settings(**broken), pytest.raises(ImproperlyConfigured, match=named):
        seal(b"x", purpose="nik")


def test_a_missing_digest_key_names_itself() -> None:
    with (
        override_settings(POSKO_DIGEST_KEY=b""),
        pytest.raises(ImproperlyConfigured, match="POSKO_DIGEST_KEY"),
    ):
        digest("x", purpose="nik")
