"""The outbox's addresses."""

from django.urls import path

from correspondence import views

app_name = "correspondence"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<int:pk>/", views.message, name="message"),
    path("<int:pk>/resend/", views.resend, name="resend"),
    path("<int:pk>/sent/", views.confirm_sent, name="confirm_sent"),
    path("<int:pk>/drop/", views.drop, name="drop"),
    path("print/<int:pk>/", views.printed, name="printed"),
]
