"""The pathways' addresses."""

from django.urls import path

from pathways.views import (
    appointments,
    caseload,
    find,
    letters,
    medicine,
    patient,
    phone_hour,
    planning,
    wishes,
    worklist,
)

app_name = "pathways"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("caseload/", caseload.caseload, name="caseload"),
    path("find/", find.find_patient, name="find"),
    path("phone-hour/", phone_hour.phone_hour, name="phone_hour"),
    path("patients/<int:pk>/", patient.patient, name="patient"),
    path("patients/<int:pk>/medicine/", medicine.medicine, name="medicine"),
    path("patients/<int:pk>/wish/", wishes.wish, name="wish"),
    path("patients/<int:pk>/letters/", letters.letters, name="letters"),
    path("patients/<int:pk>/call/", phone_hour.call, name="call"),
    path("calls/<int:pk>/follow-up/", phone_hour.followed_up, name="followed_up"),
    path("<int:pk>/book/", appointments.book, name="book"),
    path("<int:pk>/next-step/", planning.next_step, name="next_step"),
    path("<int:pk>/pause/", planning.pause, name="pause"),
    path("<int:pk>/resume/", planning.resume, name="resume"),
    path("<int:pk>/team/", planning.team, name="team"),
    path("<int:pk>/discharge/", planning.discharge, name="discharge"),
    path("<int:pk>/reopen/", planning.reopen, name="reopen"),
    path("<int:pk>/discontinue/", planning.discontinue, name="discontinue"),
    path("appointments/<int:pk>/move/", appointments.move, name="move"),
    path("appointments/<int:pk>/cancel/", appointments.cancel, name="cancel"),
    path("appointments/<int:pk>/attended/", appointments.attended, name="attended"),
    path("appointments/<int:pk>/stayed-away/", appointments.stayed_away, name="stayed_away"),
    path("appointments/<int:pk>/interpreter/", appointments.interpreter, name="interpreter"),
    path(
        "appointments/<int:pk>/no-interpreter/", appointments.no_interpreter, name="no_interpreter"
    ),
]
