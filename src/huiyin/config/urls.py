"""All addresses: each way in keeps its own list."""

from django.urls import URLPattern, URLResolver, include, path

from huiyin.interfaces.common.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("huiyin.interfaces.web.components.urls")),
    path("api/v1/", include("huiyin.interfaces.api.urls")),
    path("files/", include("huiyin.interfaces.web.files.urls")),
    path("account/", include("huiyin.interfaces.web.account.urls")),
    path("people/", include("huiyin.interfaces.web.people.urls")),
    path("p/", include("huiyin.interfaces.web.portal.urls")),
    path("partner/", include("huiyin.interfaces.web.partner.urls")),
    path("figures/", include("huiyin.interfaces.web.figures.urls")),
    path("quality/", include("huiyin.interfaces.web.quality.urls")),
    path("improvement/", include("huiyin.interfaces.web.improvement.urls")),
    path("lessons/", include("huiyin.interfaces.web.lessons.urls")),
    path("network/", include("huiyin.interfaces.web.network.urls")),
    path("duty/", include("huiyin.interfaces.web.duty.urls")),
    path("customers/", include("huiyin.interfaces.web.customers.urls")),
    path("knowledge/", include("huiyin.interfaces.web.knowledge.urls")),
    path("", include("huiyin.interfaces.web.case.urls")),
    path("", include("huiyin.interfaces.web.approvals.urls")),
    path("", include("huiyin.interfaces.web.desk.urls")),
]

handler400 = "huiyin.interfaces.web.errors.bad_request"
handler403 = "huiyin.interfaces.web.errors.forbidden"
handler404 = "huiyin.interfaces.web.errors.not_found"
handler500 = "huiyin.interfaces.web.errors.server_error"
