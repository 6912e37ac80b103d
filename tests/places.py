"""Codes of the areas in which the cast lives (tests/conftest.py makes their rows)."""

GEDONG = "31.75.05.1001"
TENGAH = "31.75.04.1002"
GEDONG_RT = "31.75.05.1001.011.005"
GEDONG_RT_NEXT = "31.75.05.1001.011.006"
TENGAH_RT = "31.75.04.1002.002.003"
