"""The addresses of the medicine room."""

from django.urls import path

from medication import views

app_name = "medication"
urlpatterns = [path("calculator/", views.calculator, name="calculator")]
