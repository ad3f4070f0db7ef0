"""The outbox's addresses."""

from django.urls import path

from correspondence.views import letters, outbox, prints

app_name = "correspondence"
urlpatterns = [
    path("", outbox.outbox, name="outbox"),
    path("<int:pk>/", outbox.message, name="message"),
    path("<int:pk>/resend/", outbox.resend, name="resend"),
    path("<int:pk>/sent/", outbox.confirm_sent, name="confirm_sent"),
    path("<int:pk>/drop/", outbox.drop, name="drop"),
    path("letters/<int:pk>/", letters.read, name="read"),
    path("letters/<int:pk>/replace/", letters.replace, name="replace"),
    path("print/", prints.prints, name="prints"),
    path("print/<int:pk>/sent/", prints.dispatch, name="dispatch"),
    path("print/<int:pk>/", prints.printed, name="printed"),
]
