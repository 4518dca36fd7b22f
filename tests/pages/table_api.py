"""What each address of the API promises; a guest without a token is 401 where an account is needed."""

from __future__ import annotations

from tests.pages.table import BOOKS, FINANCE, MAKERS, OWNER_A, PEOPLE, SHOPPER_A, Address, open_to_all


def of_people(methods: str = "GET", args: str = "") -> Address:
    """Anybody with a token."""
    return Address(methods, PEOPLE, to_login=True, args=args)


def of_shopper_a(methods: str, args: str) -> Address:
    """A thing of shopper A."""
    return Address(methods, SHOPPER_A, to_login=True, args=args)


def of_owner_a(methods: str, args: str) -> Address:
    """A thing of maker A."""
    return Address(methods, OWNER_A, to_login=True, args=args)


def of_makers(methods: str) -> Address:
    """Anybody who acts for a stall."""
    return Address(methods, MAKERS, to_login=True)


def of_books(args: str = "") -> Address:
    """A case of the shop's money: finance acts on it elsewhere, the auditor only looks."""
    return Address("GET", BOOKS, to_login=True, args=args)


def of_finance(methods: str, args: str = "") -> Address:
    """The people who pay for the shop."""
    return Address(methods, FINANCE, to_login=True, args=args)


def step_of(desk: str, thing: str, *verbs: str) -> dict[str, Address]:
    """The verbs of finance at one desk."""
    return {f"api:finance_{desk}_{verb}": of_finance("POST", f"case_id={thing}") for verb in verbs}


API: dict[str, Address] = {
    "api:login": open_to_all("POST"),
    "api:logout": of_people("POST"),
    "api:second_factor": of_people("POST"),
    "api:categories": open_to_all(),
    "api:products": open_to_all(),
    "api:product": open_to_all(args="slug"),
    "api:sellers": open_to_all(),
    "api:seller": open_to_all(extra="slug={stall}"),
    "api:regions": open_to_all(),
    "api:cart": of_people(),
    "api:cart_lines": of_people("POST"),
    "api:cart_line": of_shopper_a("PATCH DELETE", "line_id"),
    "api:quote": of_people("POST"),
    "api:purchases": of_people("POST"),
    "api:purchase": of_shopper_a("GET", "code=purchase"),
    "api:cancel_purchase": of_shopper_a("POST", "code=purchase"),
    "api:proofs": of_shopper_a("GET POST", "code=moved"),
    "api:orders": of_people(),
    "api:order": of_shopper_a("GET", "code=order"),
    "api:order_documents": Address("GET", SHOPPER_A | OWNER_A, to_login=True, args="code=order"),
    "api:order_refund_account": of_shopper_a("PUT", "code=order"),
    "api:purchase_refund_account": of_shopper_a("PUT", "code=purchase"),
    "api:bank_account": of_makers("GET PUT"),
    "api:payout_plan": of_makers("GET PUT"),
    "api:statements": of_makers("GET"),
    "api:document_pdf": Address("GET", SHOPPER_A | OWNER_A, to_login=True, args="code=document"),
    "api:cancel_order": of_shopper_a("POST", "code=order"),
    "api:receive_order": of_shopper_a("POST", "code=order"),
    "api:complaints": of_shopper_a("GET POST", "code=grieved"),
    "api:my_complaints": of_people(),
    "api:complaint_messages": of_shopper_a("POST", "code=grieved"),
    "api:complaint_accept": of_shopper_a("POST", "code=grieved"),
    "api:complaint_ask_officer": of_shopper_a("POST", "code=grieved"),
    "api:complaint_withdraw": of_shopper_a("POST", "code=grieved"),
    "api:complaint_send_back": of_shopper_a("POST", "code=grieved"),
    "api:complaint_received": of_shopper_a("POST", "code=grieved"),
    "api:complaint_picture": Address("GET", SHOPPER_A | OWNER_A, to_login=True, args="picture_id=evidence_id"),
    "api:seller_complaints": of_makers("GET"),
    "api:seller_complaint": of_owner_a("GET", "code=grieved"),
    "api:seller_complaint_messages": of_owner_a("POST", "code=grieved"),
    "api:complaint_agree": of_owner_a("POST", "code=grieved"),
    "api:complaint_offer": of_owner_a("POST", "code=grieved"),
    "api:complaint_refuse": of_owner_a("POST", "code=grieved"),
    "api:complaint_ask_return": of_owner_a("POST", "code=grieved"),
    "api:complaint_take_back": of_owner_a("POST", "code=grieved"),
    "api:complaint_resend": of_owner_a("POST", "code=grieved"),
    "api:seller_complaint_ask_officer": of_owner_a("POST", "code=grieved"),
    "api:seller_orders": of_makers("GET"),
    "api:seller_order": of_owner_a("GET", "code=order"),
    "api:accept": of_owner_a("POST", "code=order"),
    "api:reject": of_owner_a("POST", "code=order"),
    "api:short": of_owner_a("POST", "code=order"),
    "api:ship": of_owner_a("POST", "code=order"),
    "api:deliver": of_owner_a("POST", "code=order"),
    "api:hand_over": of_owner_a("POST", "code=order"),
    "api:agree_cancel": of_owner_a("POST", "code=order"),
    "api:decline_cancel": of_owner_a("POST", "code=order"),
    "api:balance": of_makers("GET"),
    "api:payouts": of_makers("GET POST"),
    "api:own_products": of_makers("GET POST"),
    "api:own_product": of_owner_a("GET PUT PATCH DELETE", "slug"),
    "api:publish": of_owner_a("POST", "slug"),
    "api:restore": of_owner_a("POST", "slug"),
    "api:own_variants": of_owner_a("POST", "slug"),
    "api:own_variant": of_owner_a("PATCH", "slug sku"),
    "api:stock": of_owner_a("PATCH", "sku"),
    "api:finance_waiting": of_books(),
    "api:finance_waiting_counts": of_books(),
    "api:finance_bank_file": of_finance("GET POST"),
    "api:finance_refund": of_books("case_id=refund_id"),
    "api:finance_refund_proof": of_books("case_id=paid_back_id"),
    **step_of("refund", "refund_id", "approve", "turn_down", "answer", "take", "leave", "paid", "bounced"),
    "api:finance_payout": of_books("case_id=payout_id"),
    "api:finance_payout_proof": of_books("case_id=paid_out_id"),
    **step_of("payout", "payout_id", "approve", "reject", "take", "leave", "complete", "fail", "bounced", "find", "lose", "owe"),
    "api:finance_transfer": of_books("case_id=proof_id"),
    "api:finance_transfer_proof": of_books("case_id=proof_id"),
    **step_of("transfer", "proof_id", "take", "leave", "confirm", "refuse", "return"),
    "api:schema": open_to_all(),
    "api:docs": open_to_all(),
}

# Bodies in the right shape, so that what is refused is the caller, not the words.
BODIES: dict[str, dict[str, object]] = {
    "api:cart_line": {"quantity": 1},
    "api:reject": {"reason": "habis"},
    "api:short": {"sku": "SKU-1", "quantity": 1, "left": 1, "goods": "kembali", "reason": "habis"},
    "api:ship": {"courier": "JNE", "waybill": "RESI123456"},
    "api:hand_over": {"code": "AAAAAA"},
    "api:decline_cancel": {"reason": "sudah jadi"},
    "api:stock": {"delta": 1},
    "api:complaints": {"lines": [{"sku": "x", "quantity": 1}], "problem": "broken", "wish": "whole", "text": "pecah"},
    "api:complaint_messages": {"text": "halo"},
    "api:complaint_accept": {"amount": 1},
    "api:complaint_send_back": {"courier": "JNE", "waybill": "RESI123456"},
    "api:seller_complaint_messages": {"text": "halo"},
    "api:complaint_offer": {"amount": 1},
    "api:complaint_refuse": {"text": "utuh"},
    "api:complaint_ask_return": {"text": "kirim"},
    "api:complaint_take_back": {"goods": "restocked"},
    "api:complaint_resend": {"courier": "JNE", "waybill": "RESI123456"},
    "api:finance_refund_turn_down": {"reason": "kurang jelas"},
    "api:finance_refund_answer": {"reason": "fotonya ada"},
    "api:finance_refund_bounced": {"reason": "rekening tutup"},
    "api:finance_payout_reject": {"reason": "rekening salah"},
    "api:finance_payout_fail": {"reason": "bank tutup"},
    "api:finance_payout_bounced": {"reason": "rekening tutup"},
    "api:finance_payout_lose": {"reason": "tidak ada di mutasi"},
    "api:finance_transfer_confirm": {"amount": 1},
    "api:finance_transfer_refuse": {"reason": "tidak ada di mutasi"},
}
