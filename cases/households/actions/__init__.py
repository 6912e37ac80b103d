"""Everything that may change a family, by subject."""

from cases.households.actions.record import record_household, record_households

__all__ = ["record_household", "record_households"]
