"""Every address of the house. Indonesian at the root, English under /en/."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from bebeli import health, metrics, pages
from bebeli.catalog.views import sitemap
from bebeli.catalog.views.media import media
from bebeli.orders.callbacks import iris_notify, midtrans_notify

handler404 = pages.not_found
handler403 = "bebeli.pages.forbidden"

urlpatterns = [
    path("pay/midtrans/notify", midtrans_notify, name="midtrans_notify"),
    path("pay/iris/notify", iris_notify, name="iris_notify"),
    path("robots.txt", pages.robots, name="robots"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-halaman.xml", sitemap.pages, name="sitemap_pages"),
    path("sitemap-produk-<int:number>.xml", sitemap.products, name="sitemap_products"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("metrics", metrics.metrics, name="metrics"),
    path("api/v1/", include("bebeli.api_urls")),
    re_path(r"^media/(?P<name>p/[0-9a-f]{2}/[0-9a-f]{32}-[0-9]{2,4}\.(?:avif|webp))$", media, name="media"),
    path("admin/", admin.site.urls),
    *i18n_patterns(
        path("", pages.home, name="home"),
        *(path(f"{desk}/", pages.coming, {"desk": desk}, name=desk) for desk in pages.COMING),
        path("bantuan/", pages.words, {"page": "help"}, name="help"),
        path("luring/", pages.words, {"page": "offline"}, name="offline"),
        path("privasi/", pages.words, {"page": "privacy"}, name="privacy"),
        path("", include("bebeli.catalog.urls")),
        path("", include("bebeli.vouchers.urls")),
        path("", include("bebeli.orders.urls")),
        path("", include("bebeli.notices.urls")),
        path("", include("bebeli.places.urls")),
        path("", include("bebeli.accounts.urls")),
        path("", include("bebeli.accounts.allauth_urls")),
        path("", include("bebeli.accounts.mfa_urls")),
        re_path(r"^.*/$", pages.nowhere, name="nowhere"),
        prefix_default_language=False,
    ),
]

if not settings.DEBUG:
    admin.site.site_url = settings.BASE_URL
