"""Addresses of the pages about oneself."""

from django.urls import path

from huiyin.interfaces.web.account import own, programs, views

app_name = "account"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("", own.settings_page, name="settings"),
    path("password/", own.password_page, name="password"),
    path("sessions/", own.sessions_page, name="sessions"),
    path("sessions/<int:sign_in_id>/end/", own.end_session, name="end_session"),
    path("tokens/", programs.tokens_page, name="tokens"),
    path("tokens/<int:token_id>/revoke/", programs.revoke_token, name="revoke_token"),
    path("sessions/end-others/", own.end_other_sessions, name="end_other_sessions"),
]
