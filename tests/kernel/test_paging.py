"""Pages by key, against the whole list cut with Python."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Concat
from django.test.utils import CaptureQueriesContext, isolate_apps
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.kernel.paging import Page, keyset_page

NOON = datetime(2026, 11, 24, 5, 0, 0, 123456, tzinfo=UTC)
ORDERS = [
    ("id",),
    ("-id",),
    ("-created_at", "-id"),
    ("area", "walk_key", "id"),
    ("area", "-created_at", "id"),
]

with isolate_apps():

    class Door(models.Model):
        area = models.CharField(max_length=30)
        walk_key = models.CharField(max_length=60, null=True)
        created_at = models.DateTimeField()

        class Meta:
            app_label = "kernel"
            db_table = "test_door"

        def __str__(self) -> str:
            return self.area


@pytest.fixture(autouse=True)
def table(db: None) -> Iterator[None]:
    types = {f.name: f.db_type(connection) for f in Door._meta.fields}
    suffix = Door._meta.pk.db_type_suffix(connection) or ""
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE test_door (id {types['id']} PRIMARY KEY {suffix}, area {types['area']} NOT NULL,"
            f" walk_key {types['walk_key']} NULL, created_at {types['created_at']} NOT NULL)"
        )
        cursor.execute("CREATE INDEX test_door_walk ON test_door (area, walk_key, id)")
        cursor.execute("CREATE INDEX test_door_new ON test_door (created_at, id)")
        yield
        cursor.execute("DROP TABLE test_door")


def fill(rows: list[tuple[str, str, int]]) -> None:
    Door.objects.all().delete()
    Door.objects.bulk_create(
        Door(area=area, walk_key=key, created_at=NOON + timedelta(microseconds=minutes))
        for area, key, minutes in rows
    )


def page(
    order: tuple[str, ...], cursor: str | None = None, size: int = 3, of: QuerySet[Any] | None = None
) -> Page[Any]:
    return keyset_page(Door.objects.all() if of is None else of, order=order, cursor=cursor, size=size)


def ids(rows: Any) -> list[int]:
    return [row.pk for row in rows]


row = st.tuples(
    st.sampled_from(["31.75.04", "31.75.05"]), st.sampled_from(["a1", "a12", "b"]), st.integers(0, 3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(row, max_size=14), st.sampled_from(ORDERS), st.integers(1, 5))
def test_forward_and_back_show_every_row_once_in_order(
    rows: list[tuple[str, str, int]], order: tuple[str, ...], size: int
) -> None:
    fill(rows)
    whole = ids(Door.objects.order_by(*order))
    seen, pages, here = [], [], page(order, size=size)
    assert here.previous is None
    while True:
        seen += ids(here)
        pages.append(ids(here))
        assert len(here) <= size
        assert len(pages) <= len(whole) + 1
        if here.next is None:
            break
        assert len(here) == size
        here = page(order, here.next, size)
    assert seen == whole
    while here.previous is not None:
        pages.pop()
        here = page(order, here.previous, size)
        assert ids(here) == pages[-1]
        assert here.next is not None or len(pages) == 1
    assert ids(here) == whole[:size]


def test_a_full_last_page_has_no_next() -> None:
    fill([("a", "a", 0)] * 6)
    assert page(("id",), page(("id",)).next).next is None


def test_an_empty_list_is_one_empty_page() -> None:
    empty = page(("id",))
    assert (list(empty), empty.next, empty.previous) == ([], None, None)


def test_a_row_that_comes_in_between_moves_nothing() -> None:
    fill([("a", "a", minute) for minute in range(6)])
    first = page(("-created_at", "-id"))
    second = ids(page(("-created_at", "-id"), first.next))
    Door.objects.create(area="a", walk_key="a", created_at=NOON + timedelta(days=1))
    assert ids(page(("-created_at", "-id"), first.next)) == second


def test_before_a_short_rest_stands_the_full_first_page() -> None:
    fill([("a", "a", 0)] * 5)
    whole = ids(Door.objects.order_by("id"))
    second = page(("id",), page(("id",)).next)
    Door.objects.filter(pk__in=whole[:2]).delete()
    back = page(("id",), second.previous)
    assert ids(back) == whole[2:]
    assert back.previous is None


def test_rows_gone_since_give_the_first_page() -> None:
    fill([("a", "a", 0)] * 5)
    cursor = page(("id",)).next
    keep = ids(Door.objects.order_by("id"))[:2]
    Door.objects.exclude(pk__in=keep).delete()
    assert ids(page(("id",), cursor)) == keep
    assert page(("id",), cursor).previous is None


def encoded(content: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "garbage",
        "%%%",
        "ééé",
        "\ud800",
        "A" * 5000,
        encoded(None),
        encoded({"n": 1}),
        encoded([]),
        encoded(["n"]),
        encoded(["x", NOON.isoformat(), 1]),
        encoded(["n", NOON.isoformat()]),
        encoded(["n", NOON.isoformat(), 1, 2]),
        encoded(["n", None, 1]),
        encoded(["n", [NOON.isoformat()], 1]),
        encoded(["n", "no time", 1]),
        encoded(["n", "2026-11-24T05:00:00", 1]),
        encoded(["n", "0001-01-01T00:00:00+23:00", 1]),
        encoded(["n", "9999-12-31T23:59:59-23:00", 1]),
        encoded(["n", NOON.isoformat(), "one"]),
        encoded(["n", NOON.isoformat(), 10**40]),
        encoded(["n", NOON.isoformat(), float("inf")]),
        encoded(["n", 5, 1]),
        base64.urlsafe_b64encode(b"[" * 900).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_a_garbage_cursor_gives_the_first_page(cursor: str) -> None:
    fill([("a", "a", minute) for minute in range(5)])
    assert ids(page(("created_at", "id"), cursor)) == ids(Door.objects.order_by("created_at", "id")[:3])


@pytest.mark.parametrize("text", ["a\x00b", "\ud800"])
def test_text_that_a_database_cannot_take_gives_the_first_page(text: str) -> None:
    fill([("a", "a", 0)] * 4)
    assert len(page(("area", "id"), encoded(["n", text, 1]))) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.sampled_from(ORDERS),
    st.recursive(st.none() | st.integers() | st.text() | st.floats(), st.lists, max_leaves=6),
)
def test_no_cursor_breaks_the_page(order: tuple[str, ...], content: Any) -> None:
    page(order, encoded(content))
    page(order, encoded(["n", *([content] * len(order))]))


def test_a_cursor_of_another_list_never_leaves_the_given_rows() -> None:
    fill([("a", "a", 0), ("b", "a", 0), ("a", "b", 0), ("b", "b", 0)])
    mine = Door.objects.filter(area="b")
    for cursor in (page(("id",), size=1).next, page(("-id",), size=1).next):
        assert {door.area for door in page(("id",), cursor, of=mine)} <= {"b"}


def test_an_annotation_can_be_walked_by() -> None:
    fill([("a", "2", 0), ("b", "1", 0), ("a", "1", 0), ("b", "2", 0)])
    doors = Door.objects.annotate(place=Concat(F("area"), Value("-"), F("walk_key")))
    first = page(("place", "id"), of=doors)
    assert [door.place for door in [*first, *page(("place", "id"), first.next, of=doors)]] == [
        "a-1",
        "a-2",
        "b-1",
        "b-2",
    ]


def test_an_order_that_could_lose_rows_is_refused() -> None:
    for order in ((), ("area",), ("id", "area")):
        with pytest.raises(ValueError, match="unique"):
            page(order)


def test_null_is_refused_instead_of_losing_rows() -> None:
    fill([("a", "a", 0)] * 4)
    Door.objects.update(walk_key=None)
    with pytest.raises(ValueError, match="null in walk_key"):
        page(("walk_key", "id"))


def test_one_query_and_no_count() -> None:
    fill([("a", "a", 0)] * 9)
    first = page(("area", "walk_key", "id"))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page(("area", "walk_key", "id"), first.next)
    assert len(queries) == 1
    assert "COUNT" not in queries[0]["sql"].upper()


@pytest.mark.parametrize(
    ("order", "index"),
    [
        (("area", "walk_key", "id"), "test_door_walk"),
        (("-created_at", "-id"), "test_door_new"),
        (("created_at", "id"), "test_door_new"),
    ],
)
def test_a_later_page_enters_the_index_and_sorts_nothing(order: tuple[str, ...], index: str) -> None:
    fill([("a", str(number), number) for number in range(9)])
    later = page(order).next
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    with CaptureQueriesContext(connection) as queries:
        page(order, later)
    with connection.cursor() as cursor:
        plan = " EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
        cursor.execute(plan + queries[0]["sql"])
        told = " ".join(str(part) for line in cursor.fetchall() for part in line)
    assert index in told
    assert "SEARCH" in told or "Index Cond" in told
    assert "TEMP B-TREE" not in told
    assert "Sort" not in told
