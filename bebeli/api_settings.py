"""How the API speaks and describes itself; nothing here depends on the environment."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["bebeli.accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "bebeli.kit.api.problem",
    "DEFAULT_THROTTLE_CLASSES": ["bebeli.kit.throttle.AccountThrottle", "bebeli.kit.throttle.NetworkThrottle"],
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "BEBELI API",
    "DESCRIPTION": "Satu toko, banyak pembuat. Uang dalam rupiah utuh; waktu ISO 8601.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ComplaintGoods": "bebeli.orders.models.Complaint.Goods",
        "ComplaintProblem": "bebeli.orders.models.Complaint.Problem",
        "DocumentKind": "bebeli.orders.models.Document.Kind",
        "OrderStatus": "bebeli.orders.models.Order.Status",
        "PayoutChannel": "bebeli.orders.models.Payout.Channel",
        "PayoutStatus": "bebeli.orders.models.Payout.State",
        "PaymentStatus": "bebeli.orders.models.Payment.Status",
        "PurchaseStatus": "bebeli.orders.models.Purchase.Status",
        "RefundChannel": "bebeli.orders.models.Refund.Channel",
        "RefundStatus": "bebeli.orders.models.Refund.State",
        "TransferStatus": "bebeli.orders.models.TransferProof.State",
        "VoucherKind": "bebeli.vouchers.models.Voucher.Kind",
    },
}
