"""Addresses of the notices room."""

from django.urls import path

from bebeli.notices.views import choices, inbox

app_name = "notices"

urlpatterns = [
    path("akun/kotak-masuk/", inbox.inbox, name="inbox"),
    path("akun/kotak-masuk/semua-dibaca/", inbox.read_all, name="read_all"),
    path("akun/kotak-masuk/<int:message_id>/", inbox.open_message, name="open"),
    path("akun/kabar/", choices.choices, name="choices"),
    path("akun/kabar/berhenti/<str:token>/", choices.leave, name="leave"),
]
