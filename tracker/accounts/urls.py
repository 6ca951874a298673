from django.urls import path

from tracker.accounts import views

urlpatterns = [
    path("w/sign-in/", views.sign_in, name="sign-in"),
    path("w/sign-out/", views.sign_out, name="sign-out"),
]
