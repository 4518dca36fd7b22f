"""English whole: every sentence has its English, and the check that says so notices what is wrong."""

from __future__ import annotations

from pathlib import Path

import polib
import pytest

from demo.sentences import Sentence, of_templates, unwrapped_in_templates
from demo.translations import check, faults, load, sentences


def test_every_sentence_has_its_english() -> None:
    assert check() == []


def catalogue(**entry: str) -> polib.POFile:
    made = load(Path("no such file"))
    made.append(polib.POEntry(**entry))
    return made


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"msgid": "Lain", "msgstr": "Other"}, "missing: 'Stok %(count)s' (a.py)"),
        ({"msgid": "Stok %(count)s", "msgstr": ""}, "no English: 'Stok %(count)s' (a.py)"),
        (
            {"msgid": "Stok %(count)s", "msgstr": "%(number)s in stock"},
            "placeholders differ: 'Stok %(count)s' → '%(number)s in stock' (a.py)",
        ),
        ({"msgid": "Lain", "msgstr": "Other"}, "left over: 'Lain'"),
    ],
)
def test_a_fault_is_named(entry: dict[str, str], fault: str) -> None:
    wanted = Sentence("Stok %(count)s", "a.py")
    assert fault in list(faults(catalogue(**entry), {wanted.key: wanted}))


def test_a_sentence_taken_out_of_the_catalogue_is_missed() -> None:
    made = load()
    gone = made.pop()
    assert any(gone.msgid in line for line in faults(made, sentences()))


def test_words_outside_the_tags_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        "{% block body_class %}pb-2{% endblock %}<h1>{% translate 'Halo' %}</h1><p title='Rp VA'>Tidak terbungkus</p>"
        "<img alt='Foto produk'>{% blocktranslate trimmed %}Satu{% endblocktranslate %}<script>var kata</script>"
    )
    found = list(unwrapped_in_templates(tmp_path))
    assert found == ["not wrapped: 'Tidak terbungkus' (page.html)", "not wrapped: 'Foto produk' (page.html)"]
    assert [sentence.id for sentence in of_templates(tmp_path)] == ["Halo", "Satu"]
