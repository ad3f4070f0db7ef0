from django.urls import path

from staff import views

app_name = "staff"
urlpatterns = [
    path("demo/<int:pk>/", views.demo_sign_in, name="demo_sign_in"),
]
