"""Endpoints of this slice."""

from rest_framework.routers import BaseRouter


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
