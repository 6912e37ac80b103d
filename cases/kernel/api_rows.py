"""What most endpoints are: rows listed by key and fetched one at a time, some of them made and changed as well."""

from typing import Any

from rest_framework import mixins, viewsets

from cases.kernel.api_paging import KeysetPagination


class Rows[Row: Any](mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Row]):
    pagination_class = KeysetPagination
    http_method_names = ["get", "post", "patch", "head", "options"]


class KeptRows[Row: Any](mixins.CreateModelMixin, mixins.UpdateModelMixin, Rows[Row]):
    """`perform_create` and `perform_update` call the actions."""
