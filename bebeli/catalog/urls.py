"""Addresses of the catalog room."""

from django.urls import path

from bebeli.catalog.views import product, shelf, stall

app_name = "catalog"
urlpatterns = [
    path("penjual/produk/", shelf.categories, name="my_products"),
    path("kategori/", shelf.categories, name="categories"),
    path("kategori/<slug:slug>/", shelf.category, name="category"),
    path("cari/", shelf.find, name="search"),
    path("produk/<slug:slug>/", product.product, name="product"),
    path("toko/", stall.stalls, name="stalls"),
    path("toko/<slug:slug>/", stall.stall, name="stall"),
]
