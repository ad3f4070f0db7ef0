from django.urls import path

from letters import views

app_name = "letters"
urlpatterns = [path("<int:pk>/", views.pdf, name="pdf")]
