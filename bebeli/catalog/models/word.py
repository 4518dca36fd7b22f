"""What search knows of language: which words mean the same, and which words the goods use."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from bebeli.catalog.words import phrases_of

LEAST_PHRASES, MOST_PHRASES = 2, 24
MOST_WORDS_IN_PHRASE = 4


class Synonym(models.Model):
    """Words that mean the same, other spellings and English names among them: `jilbab, hijab, kerudung`."""

    words = models.CharField(_("kata-kata"), max_length=400, help_text=_("Pisahkan dengan koma: jilbab, hijab, kerudung"))
    is_active = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("padanan kata")
        verbose_name_plural = _("padanan kata")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    @property
    def phrases(self) -> list[tuple[str, ...]]:
        """The members as folded words, each once."""
        return phrases_of(self.words)

    def clean(self) -> None:
        """Refuse a row that could not be understood."""
        if not LEAST_PHRASES <= len(self.phrases) <= MOST_PHRASES:
            raise ValidationError({"words": _("Tulis 2 sampai 24 kata yang berbeda, dipisahkan koma.")})
        if any(len(phrase) > MOST_WORDS_IN_PHRASE for phrase in self.phrases):
            raise ValidationError({"words": _("Satu padanan paling banyak empat kata.")})


class Word(models.Model):
    """A word that names goods, makers or places; slips are mended towards these."""

    word = models.CharField(primary_key=True, max_length=64)
    written = models.CharField(max_length=80, help_text="as people write it: karangbahagia is karang bahagia")
    uses = models.PositiveIntegerField(default=1, help_text="how many products on sale say it")
    near = ArrayField(models.TextField(), help_text="the word, and the word with one letter left out")

    class Meta:
        verbose_name = _("kata")
        verbose_name_plural = _("kata")
        indexes = [
            GinIndex(fields=["near"], name="catalog_word_near"),
            GinIndex(OpClass(models.F("word"), name="gin_trgm_ops"), name="catalog_word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.written
