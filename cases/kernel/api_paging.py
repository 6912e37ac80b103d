"""Pages of the API by key, as on the screen: no page numbers, no COUNT(*)."""

from typing import Any

from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import remove_query_param, replace_query_param
from rest_framework.views import APIView

from cases.kernel import paging

LARGEST = 100


class KeysetPagination(BasePagination):
    """`{next, previous, results}`; the viewset names its order in `keyset_order`, the last column unique."""

    cursor_param = "cursor"
    size_param = "size"

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list:
        self.request = request
        self.page = paging.keyset_page(
            queryset,
            order=view.keyset_order,  # type: ignore[union-attr]
            cursor=request.query_params.get(self.cursor_param),
            size=self._size(request),
        )
        return self.page.items

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {"next": self._link(self.page.next), "previous": self._link(self.page.previous), "results": data}
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        cursor = "Where the page begins: taken from `next` or `previous` of an earlier answer."
        size = f"Rows a page: {paging.SIZE} unless told, {LARGEST} at most."
        return [
            {
                "name": self.cursor_param,
                "in": "query",
                "required": False,
                "description": cursor,
                "schema": {"type": "string"},
            },
            {
                "name": self.size_param,
                "in": "query",
                "required": False,
                "description": size,
                "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST},
            },
        ]

    def _size(self, request: Request) -> int:
        """What cannot be read as a size gives the usual one: a cursor of another page still works."""
        try:
            wanted = int(request.query_params.get(self.size_param, paging.SIZE))
        except ValueError:
            return paging.SIZE
        return min(max(wanted, 1), LARGEST)

    def _link(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        here = remove_query_param(self.request.build_absolute_uri(), self.cursor_param)
        return replace_query_param(here, self.cursor_param, cursor)
