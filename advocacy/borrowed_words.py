"""Words of Django itself that its Indonesian catalogue does not have yet; the shell's catalogue translates them."""

from django.utils.translation import gettext_noop

BORROWED = [
    gettext_noop("- Select an option -"),
]
