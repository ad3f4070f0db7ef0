"""Doses as they are written in Danish: the decimals they have and no more."""

from decimal import Decimal

from django import template

from medication.showing import number

register = template.Library()


@register.filter
def dose(of: Decimal) -> str:
    """A number of mg, µg/h or units."""
    return number(of)
