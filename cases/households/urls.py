from django.urls import URLPattern, URLResolver, path

from cases.households.views import aid, browse, merge, people, record

app_name = "households"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", browse.household_list, name="list"),
    path("new/", record.create, name="create"),
    path("similar/", record.similar, name="similar"),
    path("<int:pk>/", browse.detail, name="detail"),
    path("<int:pk>/edit/", record.edit, name="edit"),
    path("<int:pk>/kk/", record.change_kk, name="kk"),
    path("<int:pk>/numbers/", browse.reveal, name="reveal"),
    path("<int:pk>/members/new/", people.add, name="member_add"),
    path("members/<int:pk>/edit/", people.edit, name="member_edit"),
    path("members/<int:pk>/left/", people.left, name="member_left"),
    path("members/<int:pk>/head/", people.head, name="member_head"),
    path("<int:pk>/consent/", people.consent, name="consent"),
    path("<int:pk>/consent/withdraw/", people.withdraw, name="withdraw"),
    path("<int:pk>/moved/", people.moved, name="moved"),
    path("<int:pk>/moved/back/", people.moved_back, name="moved_back"),
    path("<int:pk>/checks/new/", aid.check, name="check_add"),
    path("checks/<int:pk>/screenshot/", browse.screenshot, name="screenshot"),
    path("<int:pk>/receipts/new/", aid.receipt, name="receipt_add"),
    path("receipts/<int:pk>/edit/", aid.receipt_edit, name="receipt_edit"),
    path("<int:pk>/visits/new/", aid.visit, name="visit_add"),
    path("<int:pk>/merge/", merge.choose, name="merge"),
    path("<int:pk>/merge/<int:other>/", merge.compare, name="merge_compare"),
    path("<int:pk>/unmerge/", merge.unmerge, name="unmerge"),
]
