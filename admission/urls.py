"""The address of the criteria, for everybody."""

from django.urls import path

from admission import views

app_name = "admission"

urlpatterns = [
    path("", views.criteria, name="criteria"),
    path("<int:number>/", views.criteria, name="criteria_version"),
]
