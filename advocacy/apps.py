from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"


class PoskoStaticFiles(StaticFilesConfig):
    """Without what no page of ours asks for: every file collected is compressed twice, and a first start waits for it."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "rest_framework",  # the API speaks JSON only, without the browsable pages
        "gis",
        "*/select2/i18n/[!ei]*",  # languages other than en and id, and the few that begin like them
        "*.map",
        "ext",  # htmx's extensions, and below its other versions: pages use htmx-2.min.js
        "htmax*",
        "htmx-4*",
        "htmx-2.js",
        "jquery.js",  # the admin asks for the short ones
        "xregexp.js",
        "select2.full.js",
    ]
