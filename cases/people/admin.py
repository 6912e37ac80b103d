"""The organisations that share the posko."""

from django.contrib import admin

from cases.audit.admin import ReferenceAdmin
from cases.people.models import Organisation


@admin.register(Organisation)
class OrganisationAdmin(ReferenceAdmin):
    list_display = ["short_name", "name", "phone"]
    quiet_fields = ("phone", "address", "email", "signatory")
    # A logo is cleaned and made small where it is uploaded: on the organisation's own page.
    exclude = ("logo",)
