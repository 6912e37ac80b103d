from django.urls import URLPattern, URLResolver, path

from cases.paper.views import doors, home, posters, receipts, slips

app_name = "paper"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("posters/", posters.posters, name="posters"),
    path("posters/new/", posters.poster_create, name="poster_create"),
    path("posters/new/text/", posters.poster_text, name="poster_text"),
    path("posters/new/preview/", posters.poster_preview, name="poster_preview"),
    path("posters/<int:pk>/", posters.poster_detail, name="poster"),
    path("posters/<int:pk>/edit/", posters.poster_edit, name="poster_edit"),
    path("posters/<int:pk>/picture/", posters.poster_picture, name="poster_picture"),
    path("posters/<int:pk>/print/", posters.poster_print, name="poster_print"),
    path("posters/<int:pk>/share/", posters.poster_share, name="poster_share"),
    path("posters/<int:pk>/retire/", posters.poster_retire, name="poster_retire"),
    path("doors/new/", doors.doors_create, name="doors_create"),
    path("doors/new/print/", doors.doors_print, name="doors_print"),
    path("doors/new/preview/", doors.doors_preview, name="doors_preview"),
    path("slips/new/", slips.slips_create, name="slips_create"),
    path("slips/new/text/", slips.slips_text, name="slips_text"),
    path("slips/new/preview/", slips.slips_preview, name="slips_preview"),
    path("receipts/<int:case>/", receipts.receipt_print, name="receipt_print"),
    path("prints/", home.prints, name="prints"),
    path("prints/<int:pk>/", home.print_detail, name="print"),
    path("prints/<int:pk>/file/", home.print_file, name="print_file"),
    path("prints/<int:pk>/picture/", home.print_picture, name="print_picture"),
    path("prints/<int:pk>/again/", home.print_again, name="print_again"),
    path("prints/<int:pk>/sheets/", home.print_sheets, name="print_sheets"),
]
