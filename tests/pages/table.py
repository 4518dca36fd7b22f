"""What each address promises: its arguments, its methods, and who gets in. An address that is missing here fails the matrix."""

from __future__ import annotations

from dataclasses import dataclass

from tests.pages.actors import ACTORS, PICTURE

EVERYBODY = frozenset(ACTORS)
PEOPLE = EVERYBODY - {"guest"}
MAKERS = frozenset({"owner_a", "owner_b"})
SHOPPER_A = frozenset({"shopper_a"})
OWNER_A = frozenset({"owner_a"})
FINANCE = frozenset({"finance"})
READERS = SHOPPER_A | OWNER_A | FINANCE | {"auditor"}
OFFICERS = frozenset({"officer"})
DECIDERS = OFFICERS | FINANCE
BOOKS = frozenset({"finance", "auditor"})
OFFICER = frozenset({"officer"})
HOUSE = BOOKS | OFFICER


@dataclass(frozen=True)
class Address:
    """`may` enters; a guest is led to the login where `to_login`, everybody else finds nothing there."""

    methods: str
    may: frozenset[str] = EVERYBODY
    to_login: bool = False
    args: str = ""
    extra: str = ""


def open_to_all(methods: str = "GET", args: str = "", extra: str = "") -> Address:
    """Anybody."""
    return Address(methods, args=args, extra=extra)


def of_people(methods: str = "GET", args: str = "") -> Address:
    """Anybody with an account."""
    return Address(methods, PEOPLE, to_login=True, args=args)


def of_shopper_a(methods: str, args: str, *, to_login: bool = False) -> Address:
    """A thing of shopper A."""
    return Address(methods, SHOPPER_A, to_login=to_login, args=args)


def of_makers(methods: str = "GET", args: str = "") -> Address:
    """Anybody who acts for a stall."""
    return Address(methods, MAKERS, to_login=True, args=args)


def of_owner_a(methods: str, args: str, extra: str = "") -> Address:
    """A thing of maker A."""
    return Address(methods, OWNER_A, to_login=True, args=args, extra=extra)


def of_finance(methods: str = "GET", args: str = "") -> Address:
    """The people who pay for the shop."""
    return Address(methods, FINANCE, to_login=True, args=args)


def of_books(args: str = "", extra: str = "") -> Address:
    """The shop's money: finance acts on it elsewhere, the auditor only looks."""
    return Address("GET", BOOKS, to_login=True, args=args, extra=extra)


def nobody_yet(methods: str) -> Address:
    """Nobody here has a second factor: there is nothing to see or to take off."""
    return Address(methods, frozenset(), to_login=True)


PAGES: dict[str, Address] = {
    "midtrans_notify": open_to_all("POST"),
    "iris_notify": open_to_all("POST"),
    "live": open_to_all(),
    "ready": open_to_all(),
    "media": open_to_all("GET", extra=f"name={PICTURE}"),
    "robots": open_to_all(),
    "service_worker": open_to_all(),
    "sitemap": open_to_all(),
    "sitemap_pages": open_to_all(),
    "sitemap_products": open_to_all(extra="number=0"),
    "metrics": open_to_all(),
    "help": open_to_all(),
    "offline": open_to_all(),
    "privacy": open_to_all(),
    "home": open_to_all(),
    "instansi": of_people(),
    "perusahaan": of_people(),
    "dinas": of_people(),
    "terbuka": of_people(),
    "ekspor": of_people(),
    "catalog:categories": open_to_all(),
    "catalog:category": open_to_all(extra="slug={category}"),
    "catalog:search": open_to_all(),
    "catalog:suggestions": open_to_all(),
    "catalog:product": open_to_all(args="slug"),
    "catalog:stalls": open_to_all(),
    "catalog:stall": open_to_all(extra="slug={stall}"),
    "catalog:my_products": of_makers(),
    "catalog:my_product_new": of_makers("GET POST"),
    "catalog:my_product": of_owner_a("GET POST", "slug"),
    "catalog:my_variant_new": of_owner_a("POST", "slug"),
    "catalog:my_variant": of_owner_a("POST", "slug variant_id"),
    "catalog:my_picture": of_owner_a("POST", "slug"),
    "catalog:my_product_show": of_owner_a("POST", "slug"),
    "vouchers:desk": Address("GET", HOUSE, to_login=True),
    "vouchers:new": Address("GET POST", FINANCE | OFFICER, to_login=True),
    "vouchers:voucher": Address("GET", HOUSE, to_login=True, args="code=voucher"),
    "vouchers:change": Address("GET POST", FINANCE | OFFICER, to_login=True, args="code=voucher"),
    "vouchers:file": Address("GET", HOUSE, to_login=True, args="code=voucher"),
    "vouchers:step": Address("POST", FINANCE | OFFICER, to_login=True, args="code=voucher", extra="verb=jeda"),
    "vouchers:mine": of_makers(),
    "vouchers:my_new": of_makers("GET POST"),
    "vouchers:my_voucher": of_owner_a("GET", "code=own_voucher"),
    "vouchers:my_change": of_owner_a("GET POST", "code=own_voucher"),
    "vouchers:my_file": of_owner_a("GET", "code=own_voucher"),
    "vouchers:my_step": of_owner_a("POST", "code=own_voucher", "verb=jeda"),
    "orders:cart": open_to_all(),
    "orders:cart_add": open_to_all("POST"),
    "orders:cart_put_back": of_shopper_a("POST", ""),
    "orders:cart_change": of_shopper_a("POST", "line_id"),
    "orders:cart_accept": of_shopper_a("POST", "line_id"),
    "orders:cart_remove": of_shopper_a("POST", "line_id"),
    "orders:checkout": open_to_all("GET POST"),
    "orders:purchase": of_shopper_a("GET", "code=purchase"),
    "orders:purchase_state": of_shopper_a("GET", "code=purchase"),
    "orders:purchase_qr": Address("GET", frozenset(), extra="code={purchase}"),
    "orders:purchase_cancel": of_shopper_a("POST", "code=purchase"),
    "orders:purchase_pay": of_shopper_a("POST", "code=purchase"),
    "orders:purchase_account": of_shopper_a("POST", "code=late refund_id=late_refund"),
    "orders:purchase_adopt": of_shopper_a("POST", "code=purchase", to_login=True),
    "orders:purchase_proof": of_shopper_a("POST", "code=moved"),
    "orders:purchase_proof_file": of_shopper_a("GET", "code=moved proof_id"),
    "orders:guest": Address("GET", frozenset(), extra="code={purchase} token=" + "0" * 32),
    "orders:orders": of_people(),
    "orders:order": of_shopper_a("GET", "code=order"),
    "orders:order_cancel": of_shopper_a("POST", "code=order"),
    "orders:order_receive": of_shopper_a("POST", "code=order"),
    "orders:order_again": of_shopper_a("POST", "code=order"),
    "orders:order_account": of_shopper_a("POST", "code=fallen"),
    "orders:complain": of_shopper_a("GET POST", "code=grieved"),
    "orders:complaints": of_people(),
    "orders:complaint": of_shopper_a("GET", "code=grieved"),
    "orders:complaint_step": Address("POST", SHOPPER_A, args="code=grieved", extra="verb=tarik"),
    "orders:complaint_picture": Address("GET", SHOPPER_A | OWNER_A | DECIDERS, args="picture_id=evidence_id"),
    "orders:desk_complaints": of_makers(),
    "orders:desk_complaint": of_owner_a("GET", "code=grieved"),
    "orders:desk_complaint_step": of_owner_a("POST", "code=grieved", "verb=tolak"),
    "orders:complaint_cases": Address("GET", DECIDERS, to_login=True),
    "orders:complaint_case": Address("GET", DECIDERS, to_login=True, args="complaint_id"),
    "orders:complaint_case_step": Address("POST", OFFICERS, to_login=True, args="complaint_id", extra="verb=ambil"),
    "orders:desk": of_makers(),
    "orders:desk_order": of_owner_a("GET", "code=order"),
    "orders:desk_slips": of_makers(),
    "orders:desk_slip": of_owner_a("GET", "code=order"),
    "orders:desk_note": of_owner_a("POST", "code=order"),
    "orders:desk_step": of_owner_a("POST", "code=order", "verb=terima"),
    "orders:desk_documents": of_makers(),
    "orders:export_ask": of_makers("POST"),
    "orders:export": of_owner_a("GET", "export_id"),
    "orders:export_file": of_owner_a("GET", "export_id"),
    "orders:document": Address("GET", READERS, args="code=document"),
    "orders:document_pdf": Address("GET", READERS, args="code=document"),
    "orders:check": open_to_all(extra="code={document} digest={document_hash}"),
    "orders:archive": Address("GET", FINANCE | {"auditor"}, to_login=True),
    "orders:archive_replace": of_finance("POST", "code=document"),
    "orders:finance": of_books(),
    "orders:books": of_books(),
    "orders:books_check": of_finance("POST"),
    "orders:trial": of_books(),
    "orders:ledger": of_books(extra="kind=escrow"),
    "orders:money": of_books("code=order"),
    "orders:order_money": of_shopper_a("GET", "code=order"),
    "orders:desk_money": of_owner_a("GET", "code=order"),
    "orders:reconciliation": of_books(),
    "orders:report_upload": of_finance("POST"),
    "orders:difference": of_books("difference_id"),
    "orders:difference_step": Address("POST", FINANCE, to_login=True, args="difference_id", extra="verb=ambil"),
    "orders:rates": of_books(),
    "orders:rate_schedule": of_finance("POST"),
    "orders:rate_withdraw": of_finance("POST", "rate_id"),
    "orders:tax_letter": of_finance("POST"),
    "orders:tax_letter_end": of_finance("POST", "letter_id"),
    "orders:balance": of_makers(),
    "orders:balance_ask": of_makers("POST"),
    "orders:balance_plan": of_makers("POST"),
    "orders:bank_account": of_makers("GET POST"),
    "orders:payouts": of_books(),
    "orders:payout": of_books("payout_id"),
    "orders:payout_proof": of_books("payout_id=paid_out_id"),
    "orders:payout_step": Address("POST", FINANCE, to_login=True, args="payout_id", extra="verb=tolak"),
    "orders:payout_file_make": of_finance("POST"),
    "orders:payout_file": Address("GET", FINANCE, to_login=True, extra="batch={batch}"),
    "orders:payout_file_step": Address("POST", FINANCE, to_login=True, extra="batch={batch} verb=lepas"),
    "orders:payout_account": Address("POST", FINANCE, to_login=True, args="account_id=bank_account_id", extra="verb=tolak"),
    "orders:doubles": of_books(),
    "orders:double": of_books("case_id=double_id"),
    "orders:double_step": Address("POST", FINANCE, to_login=True, args="case_id=double_id", extra="verb=ambil"),
    "orders:suspicion": of_books("case_id"),
    "orders:suspicion_step": Address("POST", FINANCE, to_login=True, args="case_id", extra="verb=ambil"),
    "orders:outside": of_books("outside_id"),
    "orders:outside_step": Address("POST", FINANCE, to_login=True, args="outside_id", extra="verb=lepaskan"),
    "orders:refund": of_books("refund_id"),
    "orders:refund_proof": of_books("refund_id=paid_back_id"),
    "orders:refund_step": Address("POST", FINANCE, to_login=True, args="refund_id", extra="verb=setuju"),
    "orders:money_find": of_books(),
    "orders:officer_step": Address("POST", FINANCE, to_login=True, args="code=fallen", extra="verb=lepas"),
    "orders:transfers": of_books(),
    "orders:transfer": of_books("proof_id"),
    "orders:transfer_file": of_books("proof_id"),
    "orders:transfer_step": Address("POST", FINANCE, to_login=True, args="proof_id", extra="verb=ambil"),
    "orders:remittances": of_books(),
    "orders:remittance_propose": of_finance("POST"),
    "orders:remittance_step": Address("POST", FINANCE, to_login=True, args="remittance_id", extra="verb=batal"),
    "orders:remittance_file": of_books("remittance_id=remitted_id"),
    "orders:receiving": of_books(),
    "orders:receiving_add": of_finance("POST"),
    "orders:receiving_retire": of_finance("POST", "account_id"),
    "notices:inbox": of_people(),
    "notices:choices": of_people("GET POST"),
    "notices:leave": Address("GET POST", frozenset(), extra="token=forged"),
    "notices:read_all": of_people("POST"),
    "notices:open": of_shopper_a("GET", "message_id", to_login=True),
    "places:options": open_to_all(),
    "accounts:language": open_to_all("POST"),
    "accounts:login": open_to_all("GET POST"),
    "accounts:logout": open_to_all("GET POST"),
    "accounts:register": open_to_all("GET POST"),
    "accounts:register_code": open_to_all("GET POST"),
    "accounts:profile": of_people("GET POST"),
    "accounts:password": of_people("GET POST"),
    "accounts:reset": open_to_all("GET POST"),
    "accounts:reset_code": open_to_all("GET POST"),
    "accounts:reset_set": open_to_all("GET POST"),
    "accounts:addresses": of_people(),
    "accounts:address_new": of_people("GET POST"),
    "accounts:address_fields": open_to_all("POST"),
    "accounts:address_edit": of_shopper_a("GET POST", "address_id", to_login=True),
    "accounts:address_remove": of_shopper_a("POST", "address_id", to_login=True),
    "accounts:address_restore": of_shopper_a("POST", "address_id", to_login=True),
    "accounts:address_default": of_shopper_a("POST", "address_id", to_login=True),
    "account_inactive": open_to_all(),
    "account_reauthenticate": of_people("GET POST"),
    "account_set_password": of_people("GET POST"),
    "account_password_reset_completed": open_to_all(),
    "mfa_authenticate": open_to_all("GET POST"),
    "mfa_index": of_people(),
    "mfa_reauthenticate": of_people("GET POST"),
    "mfa_activate_totp": of_people("GET POST"),
    "mfa_deactivate_totp": nobody_yet("GET POST"),
    "mfa_view_recovery_codes": nobody_yet("GET"),
    "mfa_generate_recovery_codes": of_people("GET POST"),
}
