"""Every address below /api/v1/."""

from __future__ import annotations

from django.urls import path, re_path

from bebeli.accounts.api.login import LoginView, LogoutView
from bebeli.accounts.api.second_factor import SecondFactorView
from bebeli.catalog.api import desk as products
from bebeli.catalog.api import desk_variants as variants
from bebeli.catalog.api import shelf
from bebeli.kit.api_docs import DocsView, SchemaView
from bebeli.kit.api_doors import NowhereView
from bebeli.orders.api import (
    accounts,
    balance,
    bank_file,
    cart,
    checkout,
    complaints,
    desk,
    desk_complaints,
    documents,
    finance,
    orders,
    proofs,
    waiting,
)
from bebeli.places.api.regions import RegionsView
from bebeli.sellers.api.stalls import SellerDetailView, SellersView

app_name = "api"
SELLERS = "seller/orders/<slug:code>/complaint"
urlpatterns = [
    path("auth/login/", LoginView.as_view(), name="login"),
    path("auth/logout/", LogoutView.as_view(), name="logout"),
    path("auth/second-factor/", SecondFactorView.as_view(), name="second_factor"),
    path("categories/", shelf.CategoriesView.as_view(), name="categories"),
    path("products/", shelf.ProductsView.as_view(), name="products"),
    path("products/<slug:slug>/", shelf.ProductDetailView.as_view(), name="product"),
    path("sellers/", SellersView.as_view(), name="sellers"),
    path("sellers/<slug:slug>/", SellerDetailView.as_view(), name="seller"),
    path("regions/", RegionsView.as_view(), name="regions"),
    path("cart/", cart.CartView.as_view(), name="cart"),
    path("cart/lines/", cart.CartLinesView.as_view(), name="cart_lines"),
    path("cart/lines/<int:line_id>/", cart.CartLineView.as_view(), name="cart_line"),
    path("checkout/quote/", checkout.QuoteView.as_view(), name="quote"),
    path("purchases/", checkout.PurchasesView.as_view(), name="purchases"),
    path("purchases/<slug:code>/", checkout.PurchaseView.as_view(), name="purchase"),
    path("purchases/<slug:code>/cancel/", checkout.CancelPurchaseView.as_view(), name="cancel_purchase"),
    path("purchases/<slug:code>/refund-account/", accounts.PurchaseRefundAccountView.as_view(), name="purchase_refund_account"),
    path("purchases/<slug:code>/proofs/", proofs.ProofsView.as_view(), name="proofs"),
    path("orders/", orders.OrdersView.as_view(), name="orders"),
    path("orders/<slug:code>/", orders.OrderView.as_view(), name="order"),
    path("orders/<slug:code>/documents/", documents.OrderDocumentsView.as_view(), name="order_documents"),
    path("documents/<slug:code>/pdf/", documents.DocumentPdfView.as_view(), name="document_pdf"),
    path("orders/<slug:code>/refund-account/", accounts.OrderRefundAccountView.as_view(), name="order_refund_account"),
    path("orders/<slug:code>/cancel/", orders.CancelOrderView.as_view(), name="cancel_order"),
    path("orders/<slug:code>/receive/", orders.ReceiveOrderView.as_view(), name="receive_order"),
    path("orders/<slug:code>/complaints/", complaints.OrderComplaintsView.as_view(), name="complaints"),
    path("orders/<slug:code>/complaint/messages/", complaints.ComplaintMessagesView.as_view(), name="complaint_messages"),
    path("orders/<slug:code>/complaint/accept/", complaints.AcceptOfferView.as_view(), name="complaint_accept"),
    path("orders/<slug:code>/complaint/ask-officer/", complaints.AskOfficerView.as_view(), name="complaint_ask_officer"),
    path("orders/<slug:code>/complaint/withdraw/", complaints.WithdrawComplaintView.as_view(), name="complaint_withdraw"),
    path("orders/<slug:code>/complaint/send-back/", complaints.SendBackView.as_view(), name="complaint_send_back"),
    path("orders/<slug:code>/complaint/received/", complaints.TakeReplacementView.as_view(), name="complaint_received"),
    path("complaints/", complaints.ComplaintsView.as_view(), name="my_complaints"),
    path("complaints/pictures/<int:picture_id>/", complaints.ComplaintPictureView.as_view(), name="complaint_picture"),
    path("seller/complaints/", desk_complaints.SellerComplaintsView.as_view(), name="seller_complaints"),
    path(f"{SELLERS}/", desk_complaints.SellerComplaintView.as_view(), name="seller_complaint"),
    path(f"{SELLERS}/messages/", desk_complaints.SellerMessagesView.as_view(), name="seller_complaint_messages"),
    path(f"{SELLERS}/agree/", desk_complaints.AgreeComplaintView.as_view(), name="complaint_agree"),
    path(f"{SELLERS}/offer/", desk_complaints.OfferComplaintView.as_view(), name="complaint_offer"),
    path(f"{SELLERS}/refuse/", desk_complaints.RefuseComplaintView.as_view(), name="complaint_refuse"),
    path(f"{SELLERS}/ask-return/", desk_complaints.AskReturnView.as_view(), name="complaint_ask_return"),
    path(f"{SELLERS}/take-back/", desk_complaints.TakeBackView.as_view(), name="complaint_take_back"),
    path(f"{SELLERS}/resend/", desk_complaints.ResendView.as_view(), name="complaint_resend"),
    path(f"{SELLERS}/ask-officer/", desk_complaints.SellerAskOfficerView.as_view(), name="seller_complaint_ask_officer"),
    path("seller/orders/", desk.SellerOrdersView.as_view(), name="seller_orders"),
    path("seller/orders/<slug:code>/", desk.SellerOrderView.as_view(), name="seller_order"),
    path("seller/orders/<slug:code>/accept/", desk.AcceptView.as_view(), name="accept"),
    path("seller/orders/<slug:code>/reject/", desk.RejectView.as_view(), name="reject"),
    path("seller/orders/<slug:code>/short/", desk.ShortView.as_view(), name="short"),
    path("seller/orders/<slug:code>/ship/", desk.ShipView.as_view(), name="ship"),
    path("seller/orders/<slug:code>/deliver/", desk.DeliverView.as_view(), name="deliver"),
    path("seller/orders/<slug:code>/hand-over/", desk.HandOverView.as_view(), name="hand_over"),
    path("seller/orders/<slug:code>/agree-cancel/", desk.AgreeCancelView.as_view(), name="agree_cancel"),
    path("seller/orders/<slug:code>/decline-cancel/", desk.DeclineCancelView.as_view(), name="decline_cancel"),
    path("seller/balance/", balance.BalanceView.as_view(), name="balance"),
    path("seller/bank-account/", accounts.SellerAccountView.as_view(), name="bank_account"),
    path("seller/payout-plan/", accounts.PayoutPlanView.as_view(), name="payout_plan"),
    path("seller/statements/", documents.StatementsView.as_view(), name="statements"),
    path("seller/payouts/", balance.PayoutsView.as_view(), name="payouts"),
    path("seller/products/", products.OwnProductsView.as_view(), name="own_products"),
    path("seller/products/<slug:slug>/", products.OwnProductView.as_view(), name="own_product"),
    path("seller/products/<slug:slug>/publish/", products.PublishView.as_view(), name="publish"),
    path("seller/products/<slug:slug>/restore/", products.RestoreView.as_view(), name="restore"),
    path("seller/products/<slug:slug>/variants/", variants.OwnVariantsView.as_view(), name="own_variants"),
    path("seller/products/<slug:slug>/variants/<slug:sku>/", variants.OwnVariantView.as_view(), name="own_variant"),
    path("seller/variants/<slug:sku>/stock/", variants.StockView.as_view(), name="stock"),
    path("finance/waiting/", waiting.WaitingView.as_view(), name="finance_waiting"),
    path("finance/waiting/counts/", waiting.WaitingCountsView.as_view(), name="finance_waiting_counts"),
    path("finance/bank-file/", bank_file.BankFileView.as_view(), name="finance_bank_file"),
    *finance.urls(),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", DocsView.as_view(), name="docs"),
    re_path(r"", NowhereView.as_view(), name="nowhere"),
]
