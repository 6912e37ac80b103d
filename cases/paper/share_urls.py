"""Addresses short enough to be typed from a wall."""

from django.urls import path

from cases.paper.views import public

app_name = "share"
urlpatterns = [
    path("<str:token>/", public.poster, name="poster"),
    path("<str:token>/poster.png", public.poster_picture, name="picture"),
]
