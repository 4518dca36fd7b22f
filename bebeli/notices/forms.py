"""The form of one's choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bebeli.notices.kinds import Group
from bebeli.notices.models import MailChoice


class PaceForm(forms.Form):
    """One question for each group that the reader decides about."""

    def __init__(self, groups: Iterable[Group], paces: Mapping[str, str], data: Any = None) -> None:
        super().__init__(data)
        for group in groups:
            self.fields[group.name] = forms.ChoiceField(
                label=str(group.title),
                help_text=str(group.about),
                choices=MailChoice.Pace.choices,
                initial=paces.get(group.name, MailChoice.Pace.NOW),
                widget=forms.RadioSelect,
                error_messages={"required": _("Pilih salah satu."), "invalid_choice": _("Pilih salah satu.")},
            )
