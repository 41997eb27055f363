"""Where attached files are fetched."""

from django.urls import path

from huiyin.interfaces.web.files import views

app_name = "files"
urlpatterns = [
    path("<int:file_id>/", views.download, name="download"),
    path("<int:file_id>/picture/", views.picture, name="picture"),
    path("<int:file_id>/thumbnail/", views.thumbnail, name="thumbnail"),
]
