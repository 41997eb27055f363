"""Addresses of people, departments and the access log."""

from django.urls import path

from huiyin.interfaces.web.people import departments, log, one, views

app_name = "people"
urlpatterns = [
    path("", views.people_list, name="list"),
    path("new/", views.add_person, name="new"),
    path("departments/", departments.department_list, name="departments"),
    path("departments/add/", departments.add_department, name="add_department"),
    path("departments/<int:department_id>/head/", departments.name_head, name="name_head"),
    path("log/", log.log_page, name="log"),
    path("log/export/", log.export_log, name="export_log"),
    path("<int:person_id>/", one.person_page, name="person"),
    path("<int:person_id>/details/", one.change_details, name="details"),
    path("<int:person_id>/roles/", one.change_roles, name="roles"),
    path("<int:person_id>/password/", one.set_password, name="password"),
    path("<int:person_id>/let-in/", one.let_in, name="let_in"),
    path("<int:person_id>/deactivate/", one.deactivate, name="deactivate"),
    path("<int:person_id>/reactivate/", one.reactivate, name="reactivate"),
]
