"""Forms of the areas slice; AreaField is what every slice asks for an area with."""

from cases.areas.fields import AreaField, AreasField

__all__ = ["AreaField", "AreasField"]
