"""One's own profile and address book."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bebeli.accounts.actions.choose_default import choose_default
from bebeli.accounts.actions.remove_address import remove_address
from bebeli.accounts.actions.restore_address import restore_address
from bebeli.accounts.actions.save_address import save_address
from bebeli.accounts.addressing import value_of
from bebeli.accounts.forms import AddressForm, ProfileForm, followed, initial_of
from bebeli.accounts.models import Address, CivilServant, CompanyMember, User
from bebeli.kit.access import public, signed_in
from bebeli.kit.errors import InvalidInput
from bebeli.kit.language import remember


@signed_in
@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language; and where else one may go."""
    me = get_object_or_404(User, pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Profil disimpan."))
        with override(me.language):
            response = redirect("accounts:profile")
        remember(response, me.language)
        return response
    offices = {
        "servant": CivilServant.objects.filter(user=me).select_related("agency").first(),
        "seat": CompanyMember.objects.filter(user=me).select_related("company").first(),
        "duties": me.agency_duties.all(),
        "roles": set(me.appointments.filter(until=None).values_list("role", flat=True)),
    }
    return render(request, "accounts/profile.html", {"form": form, **offices}, status=422 if form.errors else 200)


@signed_in
@require_GET
def addresses(request: HttpRequest) -> HttpResponse:
    """List the address book."""
    book = Address.objects.of(request.user.pk or 0).select_related("region__parent__parent__parent")
    return render(request, "accounts/addresses.html", {"book": book, "removed": request.session.pop("alamat", None)})


@signed_in
@require_http_methods(["GET", "POST"])
def address(request: HttpRequest, address_id: int | None = None) -> HttpResponse:
    """Write a new address, or change one."""
    book = Address.objects.of(request.user.pk or 0)
    kept = get_object_or_404(book, pk=address_id) if address_id else None
    form = AddressForm(request.POST or None, initial_of(value_of(kept)) if kept else None)
    label = request.POST.get("label", kept.label if kept else "")
    if form.is_valid():
        try:
            save_address(request.user.pk or 0, form.value(), label, address_id)
        except InvalidInput as error:
            form.refuse(error)
        else:
            messages.success(request, _("Alamat disimpan."))
            return redirect("accounts:addresses")
    context = {"form": form, "label": label, "kept": kept}
    return render(request, "accounts/address.html", context, status=422 if form.errors else 200)


@public
@require_POST
def address_fields(request: HttpRequest) -> HttpResponse:
    """Draw the address fields anew after one select changed."""
    return render(request, "accounts/_address_fields.html", {"form": AddressForm(initial=followed(request.POST))})


@signed_in
@require_POST
def remove(request: HttpRequest, address_id: int) -> HttpResponse:
    """Take an address out; it can be put back."""
    try:
        request.session["alamat"] = remove_address(request.user.pk or 0, address_id).pk
    except Address.DoesNotExist as error:
        raise Http404 from error
    return redirect("accounts:addresses")


@signed_in
@require_POST
def restore(request: HttpRequest, address_id: int) -> HttpResponse:
    """Put an address back."""
    try:
        restore_address(request.user.pk or 0, address_id)
    except Address.DoesNotExist as error:
        raise Http404 from error
    return redirect("accounts:addresses")


@signed_in
@require_POST
def make_default(request: HttpRequest, address_id: int) -> HttpResponse:
    """Choose the usual address."""
    try:
        choose_default(request.user.pk or 0, address_id)
    except Address.DoesNotExist as error:
        raise Http404 from error
    return redirect("accounts:addresses")
