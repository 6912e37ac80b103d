"""Pages of the API: every row once, whole links, a size within bounds."""

import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from cases.areas.models import Area
from cases.kernel.api_paging import LARGEST, KeysetPagination


class View:
    keyset_order = ("level", "code")


def page(query: dict[str, str]) -> dict:
    pages = KeysetPagination()
    request = Request(APIRequestFactory().get("/api/v1/areas/", query))
    rows = pages.paginate_queryset(Area.objects.all(), request, View())
    return pages.get_paginated_response([area.code for area in rows]).data


def follow(link: str) -> dict:
    query = dict(part.split("=", 1) for part in link.split("?", 1)[1].split("&"))
    return page(query)


def test_links_lead_through_every_row_once(areas):
    answer, seen = page({"size": "4"}), []
    assert answer["previous"] is None
    while True:
        seen += answer["results"]
        if answer["next"] is None:
            break
        answer = follow(answer["next"])
    assert seen == list(Area.objects.order_by("level", "code").values_list("code", flat=True))
    assert len(seen) == len(set(seen)) > 8


def test_links_are_whole_and_keep_filters(areas):
    link = page({"size": "4", "level": "rt"})["next"]
    assert link.startswith("http://testserver/api/v1/areas/?")
    assert "level=rt" in link
    assert "size=4" in link
    assert link.count("cursor=") == 1
    assert follow(link)["previous"] is not None


@pytest.mark.parametrize(("asked", "got"), [("0", 1), ("-3", 1), ("3", 3), ("many", 11), ("", 11)])
def test_a_size_is_kept_within_bounds(areas, asked, got):
    assert len(page({"size": asked})["results"]) == got


def test_no_size_is_larger_than_the_largest():
    request = Request(APIRequestFactory().get("/", {"size": "99999"}))
    assert KeysetPagination()._size(request) == LARGEST
