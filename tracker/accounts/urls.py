from django.urls import path

from tracker.accounts import views

urlpatterns = [
    path("w/sign-in/", views.sign_in, name="sign-in"),
    path("w/sign-in/code/", views.second_factor, name="sign-in-code"),
    path("w/sign-in/passkey/options/", views.passkey_options, name="sign-in-passkey-options"),
    path("w/sign-in/passkey/", views.passkey, name="sign-in-passkey"),
    path("w/sign-out/", views.sign_out, name="sign-out"),
]
