"""The addresses of oversight: versions of the rules, backtests, decisions against the criteria."""

from django.urls import URLPattern

app_name = "oversight"

versions: list[URLPattern] = []
backtests: list[URLPattern] = []
against: list[URLPattern] = []

urlpatterns = [*versions, *backtests, *against]
