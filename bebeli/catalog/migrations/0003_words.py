"""The vocabulary of search, its synonyms, and the functions that fold texts the way queries are folded."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

FUNCTIONS = """
CREATE FUNCTION catalog_fold(said text) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(lower(unaccent(coalesce(said, ''))), '[^[:alnum:]]+', ' ', 'g'))
$$;
CREATE FUNCTION catalog_pairs(folded text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT regexp_replace(folded, '(\\S+) (\\S+)', '\\1\\2', 'g') || ' '
        || regexp_replace(regexp_replace(folded, '^\\S+ ?', ''), '(\\S+) (\\S+)', '\\1\\2', 'g')
$$;
CREATE FUNCTION catalog_near(word text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT form) FROM (
        SELECT word AS form UNION ALL
        SELECT left(word, at - 1) || substr(word, at + 1) FROM generate_series(1, length(word)) at
    ) forms
$$;
"""
FORGET = "DROP FUNCTION catalog_near(text); DROP FUNCTION catalog_pairs(text); DROP FUNCTION catalog_fold(text);"


class Migration(migrations.Migration):

    dependencies = [("catalog", "0002_figure")]

    operations = [
        migrations.RunSQL(FUNCTIONS, FORGET),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(help_text='Pisahkan dengan koma: jilbab, hijab, kerudung', max_length=400, verbose_name='kata-kata')),
                ('is_active', models.BooleanField(default=True, verbose_name='dipakai')),
            ],
            options={
                'verbose_name': 'padanan kata',
                'verbose_name_plural': 'padanan kata',
                'ordering': ['words'],
            },
        ),
        migrations.CreateModel(
            name='Word',
            fields=[
                ('word', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('written', models.CharField(help_text='as people write it: karangbahagia is karang bahagia', max_length=80)),
                ('uses', models.PositiveIntegerField(default=1, help_text='how many products on sale say it')),
                ('near', django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), help_text='the word, and the word with one letter left out', size=None)),
            ],
            options={
                'indexes': [
                    django.contrib.postgres.indexes.GinIndex(fields=['near'], name='catalog_word_near'),
                    django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(models.F('word'), name='gin_trgm_ops'), name='catalog_word_trigrams'),
                ],
            },
        ),
    ]
