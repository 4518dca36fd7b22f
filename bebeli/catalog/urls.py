"""Addresses of the catalog room."""

from django.urls import path

from bebeli.catalog.views import my_products, product, shelf, stall, suggest

app_name = "catalog"
urlpatterns = [
    path("kategori/", shelf.categories, name="categories"),
    path("kategori/<slug:slug>/", shelf.category, name="category"),
    path("cari/", shelf.find, name="search"),
    path("cari/saran/", suggest.suggestions, name="suggestions"),
    path("produk/<slug:slug>/", product.product, name="product"),
    path("toko/", stall.stalls, name="stalls"),
    path("toko/<slug:slug>/", stall.stall, name="stall"),
    path("penjual/produk/", my_products.products, name="my_products"),
    path("penjual/produk/baru/", my_products.create, name="my_product_new"),
    path("penjual/produk/<slug:slug>/", my_products.product, name="my_product"),
    path("penjual/produk/<slug:slug>/varian/", my_products.variant, name="my_variant_new"),
    path("penjual/produk/<slug:slug>/varian/<int:variant_id>/", my_products.variant, name="my_variant"),
    path("penjual/produk/<slug:slug>/foto/", my_products.picture, name="my_picture"),
    path("penjual/produk/<slug:slug>/tayang/", my_products.show, name="my_product_show"),
]
