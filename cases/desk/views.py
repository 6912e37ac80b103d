"""Pages that compose the other slices."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html")


def search(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html")


def record(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/home.html")
