"""Properties are tried without a stop-watch: the machine that tests may be a slow one, and busy."""

from hypothesis import settings

settings.register_profile("posko", deadline=None)
settings.load_profile("posko")
