from django.urls import URLPattern, URLResolver, path

from cases.escalations.views import feeds, following, offices, sending

app_name = "escalations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", following.listing, name="list"),
    path("new/", sending.send, name="send"),
    path("<int:pk>/", following.detail, name="detail"),
    path("<int:pk>/receive/", following.receive, name="receive"),
    path("<int:pk>/answer/", following.answer, name="answer"),
    path("<int:pk>/progress/", following.progress, name="progress"),
    path("<int:pk>/withdraw/", following.withdraw, name="withdraw"),
    path("answers/<int:pk>/attachment/", following.attachment, name="attachment"),
    path("calendar/", feeds.manage, name="calendar"),
    path("calendar/revoke/", feeds.revoke, name="calendar_revoke"),
    path("calendar/<str:token>.ics", feeds.feed, name="feed"),
    path("offices/", offices.listing, name="offices"),
    path("offices/new/", offices.create, name="office_create"),
    path("offices/<int:pk>/", offices.detail, name="office"),
    path("offices/<int:pk>/edit/", offices.edit, name="office_edit"),
]
