"""What the board is narrowed to."""

import django_filters

from cases.areas.filters import AreaFilter
from cases.casefiles.models import Case


class BoardFilter(django_filters.FilterSet):
    area = AreaFilter()

    class Meta:
        model = Case
        fields = ["area"]
