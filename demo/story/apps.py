"""The demo's story as an app, so that its commands are found. It has no tables."""

from django.apps import AppConfig


class StoryConfig(AppConfig):
    """Makers, products and a month of orders, told by the real verbs."""

    name = "demo.story"
    label = "story"
