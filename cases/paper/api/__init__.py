"""Paper in the API: the same scope, filters and actions as the pages."""

from rest_framework.routers import BaseRouter

from cases.paper.api.letters import LetterViewSet
from cases.paper.api.prints import DoorSheetViewSet, PosterViewSet, PrintViewSet


def register(router: BaseRouter) -> None:
    """Add this slice's endpoints to /api/v1/."""
    router.register("posters", PosterViewSet)
    router.register("prints", PrintViewSet)
    router.register("door-sheets", DoorSheetViewSet)
    router.register("letters", LetterViewSet)
