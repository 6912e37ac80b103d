"""The Django project: settings, urls, the Celery app and the commands that run the whole."""

from advocacy.celery import app as celery_app

__all__ = ["celery_app"]
