"""Addresses of the places room."""

from django.urls import path

from bebeli.places.views.options import options

app_name = "places"

urlpatterns = [path("wilayah/", options, name="options")]
