"""Addresses of the orders room."""

from django.urls import path, re_path

from bebeli.orders.views import (
    archive,
    buyer,
    cart,
    checkout,
    desk,
    desk_documents,
    documents,
    finance,
    proof,
    purchase,
    receiving,
    slips,
    transfers,
)

app_name = "orders"
CODE = r"(?P<code>[Bb][Bb]-[0-9A-Za-z]{8})"
ORDER = r"(?P<code>[Bb][Bb]-[0-9A-Za-z]{8}-[0-9]{1,3})"
STEPS = "terima|tolak|kirim|sampai|serahkan|setuju-batal|tolak-batal"
DOCUMENT = r"(?P<code>[A-Za-z]{3}-[0-9]{4}-[0-9]{4,12}-[0-9]{6,10})"
ANSWERS = "ambil|lepas|terima|tolak|kembalikan"
urlpatterns = [
    path("keranjang/", cart.cart, name="cart"),
    path("keranjang/tambah/", cart.add, name="cart_add"),
    path("keranjang/kembalikan/", cart.put_back, name="cart_put_back"),
    path("keranjang/<int:line_id>/ubah/", cart.change, name="cart_change"),
    path("keranjang/<int:line_id>/harga/", cart.accept, name="cart_accept"),
    path("keranjang/<int:line_id>/hapus/", cart.remove, name="cart_remove"),
    path("checkout/", checkout.checkout, name="checkout"),
    re_path(rf"^pembelian/{CODE}/$", purchase.purchase, name="purchase"),
    re_path(rf"^pembelian/{CODE}/keadaan/$", purchase.state, name="purchase_state"),
    re_path(rf"^pembelian/{CODE}/qr\.png$", purchase.qr, name="purchase_qr"),
    re_path(rf"^pembelian/{CODE}/batal/$", purchase.cancel, name="purchase_cancel"),
    re_path(rf"^pembelian/{CODE}/bayar/$", purchase.pay_another_way, name="purchase_pay"),
    re_path(rf"^pembelian/{CODE}/rekening/(?P<refund_id>[0-9]{{1,18}})/$", purchase.account, name="purchase_account"),
    re_path(rf"^pembelian/{CODE}/simpan/$", purchase.adopt, name="purchase_adopt"),
    re_path(rf"^pembelian/{CODE}/bukti/$", proof.upload, name="purchase_proof"),
    re_path(rf"^pembelian/{CODE}/bukti/(?P<proof_id>[0-9]{{1,18}})/$", proof.file, name="purchase_proof_file"),
    re_path(rf"^pembelian/{CODE}/(?P<token>[0-9a-f]{{32}})/$", purchase.guest, name="guest"),
    path("pesanan/", buyer.orders, name="orders"),
    re_path(rf"^pesanan/{ORDER}/$", buyer.order, name="order"),
    re_path(rf"^pesanan/{ORDER}/batal/$", buyer.cancel, name="order_cancel"),
    re_path(rf"^pesanan/{ORDER}/beli-lagi/$", buyer.again, name="order_again"),
    re_path(rf"^pesanan/{ORDER}/terima/$", buyer.take, name="order_receive"),
    re_path(rf"^pesanan/{ORDER}/rekening/$", buyer.account, name="order_account"),
    path("penjual/", desk.desk, name="desk"),
    re_path(rf"^penjual/pesanan/{ORDER}/$", desk.order, name="desk_order"),
    re_path(rf"^penjual/pesanan/{ORDER}/(?P<verb>{STEPS})/$", desk.step, name="desk_step"),
    path("penjual/label/", slips.slips, name="desk_slips"),
    re_path(rf"^penjual/pesanan/{ORDER}/label/$", slips.slip, name="desk_slip"),
    re_path(rf"^penjual/pesanan/{ORDER}/catatan/$", desk.note, name="desk_note"),
    path("penjual/dokumen/", desk_documents.documents, name="desk_documents"),
    path("penjual/dokumen/unduh/", desk_documents.ask, name="export_ask"),
    re_path(r"^penjual/dokumen/unduh/(?P<export_id>[0-9]{1,18})/$", desk_documents.export, name="export"),
    re_path(r"^penjual/dokumen/unduh/(?P<export_id>[0-9]{1,18})\.pdf$", desk_documents.file, name="export_file"),
    re_path(rf"^dokumen/{DOCUMENT}/$", documents.document, name="document"),
    re_path(rf"^dokumen/{DOCUMENT}\.pdf$", documents.pdf, name="document_pdf"),
    re_path(rf"^cek/{DOCUMENT}/(?P<digest>[0-9a-f]{{16,64}})/$", documents.check, name="check"),
    path("keuangan/dokumen/", archive.archive, name="archive"),
    re_path(rf"^keuangan/dokumen/{DOCUMENT}/ganti/$", archive.replace, name="archive_replace"),
    path("keuangan/", finance.finance, name="finance"),
    path("keuangan/transfer/", transfers.desk, name="transfers"),
    path("keuangan/transfer/<int:proof_id>/", transfers.case, name="transfer"),
    path("keuangan/transfer/<int:proof_id>/bukti/", transfers.file, name="transfer_file"),
    re_path(rf"^keuangan/transfer/(?P<proof_id>[0-9]{{1,18}})/(?P<verb>{ANSWERS})/$", transfers.step, name="transfer_step"),
    path("keuangan/rekening/", receiving.accounts, name="receiving"),
    path("keuangan/rekening/<int:account_id>/henti/", receiving.retire, name="receiving_retire"),
    path("keuangan/pengembalian/<int:refund_id>/", finance.paid, name="finance_paid"),
]
