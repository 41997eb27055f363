"""Addresses of the desk."""

from django.urls import path

from huiyin.interfaces.web.case.new import new
from huiyin.interfaces.web.desk.views import (
    about,
    case,
    enquiries,
    lists,
    overall,
    packs,
    printed,
    queue,
    searching,
    writing,
)

app_name = "desk"
urlpatterns = [
    path("", queue.home, name="home"),
    path("desk/", queue.queue, name="queue"),
    path("desk/rows/", queue.rows, name="rows"),
    path("desk/new/", new, name="new"),
    path("desk/<str:number>/", case.case, name="case"),
    path("desk/<str:number>/timeline/", case.timeline, name="timeline"),
    path("desk/<str:number>/live/", case.live, name="live"),
    path("desk/<str:number>/follow/", case.follow, name="follow"),
    path("desk/<str:number>/about/<slug:tab>/", about.about, name="about"),
    path("desk/<str:number>/draft/", writing.draft, name="draft"),
    path("desk/<str:number>/reveal/<int:identity_id>/", writing.reveal, name="reveal"),
    path("desk/<str:number>/files/", writing.files, name="files"),
    path("desk/<str:number>/form/", printed.form, name="form"),
    path("search/", searching.search, name="search"),
    path("bell/", lists.bell, name="bell"),
    path("bell/read/", lists.read, name="read"),
    path("promises/", lists.promises, name="promises"),
    path("unanswered/", lists.unanswered, name="unanswered"),
    path("enquiries/", lists.enquiries, name="enquiries"),
    path("enquiries/new/", enquiries.new, name="new_enquiry"),
    path("enquiries/<int:enquiry_id>/", enquiries.answer, name="enquiry"),
    path("claims/", lists.claims, name="claims"),
    path("overview/", overall.overview, name="overview"),
    path("overview/heard/", overall.heard, name="heard"),
    path("packs/", packs.packs, name="packs"),
    path("packs/<slug:code>/", packs.pack, name="pack"),
]
