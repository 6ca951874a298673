from django.apps import AppConfig


class FollowConfig(AppConfig):
    name = "tracker.follow"
    label = "follow"
