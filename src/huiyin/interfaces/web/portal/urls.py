"""Addresses of the complainant's pages."""

from django.urls import URLPattern, path

from huiyin.interfaces.web.portal.views import case, files, filing, following

app_name = "portal"


def behind(door: str, prefix: str) -> list[URLPattern]:
    """The pages of one case, behind one of its two doors."""
    return [
        path(door, case.case, name=prefix),
        path(f"{door}history/", case.history, name=f"{prefix}_history"),
        path(f"{door}do/<slug:name>/", case.act, name=f"{prefix}_act"),
        path(f"{door}files/<int:file_id>/", files.download, name=f"{prefix}_file"),
        path(f"{door}files/<int:file_id>/thumbnail/", files.thumbnail, name=f"{prefix}_thumbnail"),
        path(f"{door}leave/", following.leave, name=f"{prefix}_leave"),
    ]


urlpatterns = [
    path("", filing.start, name="start"),
    path("filed/", filing.filed, name="filed"),
    path("notice/", filing.notice, name="notice"),
    path("follow/", following.follow, name="follow"),
    path("follow/code/", following.code, name="code"),
    *behind("c/<str:secret>/", "case"),
    *behind("n/<str:number>/", "coded"),
]
