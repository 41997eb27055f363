"""The shelves of the knowledge base: every table of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from huiyin.config.tables import CreateTogether


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('script', 'Scripts'), ('card', 'Coaching cards'), ('playbook', 'Playbooks'), ('fact', 'Facts'), ('advice', 'Advice'), ('phrase', 'Phrases')], max_length=12)),
                        ('code', models.CharField(max_length=80)),
                        ('title', models.CharField(max_length=500)),
                        ('topic', models.CharField(blank=True, max_length=64)),
                        ('scene', models.CharField(blank=True, max_length=64)),
                        ('content', models.JSONField()),
                        ('valid_from', models.DateField(blank=True, null=True)),
                        ('valid_to', models.DateField(blank=True, null=True)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('origin', models.CharField(choices=[('shipped', 'Authored here'), ('house', 'Written in this house')], default='house', max_length=8)),
                        ('by_hand', models.BooleanField(default=False)),
                        ('seed_hash', models.CharField(blank=True, max_length=64)),
                        ('offered', models.JSONField(blank=True, null=True)),
                        ('retired_at', models.DateTimeField(blank=True, null=True)),
                        ('changed_at', models.DateTimeField()),
                    ],
                    options={
                        'ordering': ('kind', 'code'),
                        'indexes': [models.Index(fields=['kind', 'topic', 'scene'], name='entries_filed'), models.Index(condition=models.Q(('kind', 'fact')), fields=['valid_to'], name='facts_running_out'), models.Index(condition=models.Q(('offered__isnull', False)), fields=['kind'], name='entries_offered')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'code'), name='one_entry_per_code')],
                    },
                ),
                migrations.CreateModel(
                    name='Seeding',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('loaded_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='Shelf',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('script', 'Scripts'), ('card', 'Coaching cards'), ('playbook', 'Playbooks'), ('fact', 'Facts'), ('advice', 'Advice'), ('phrase', 'Phrases')], max_length=12, unique=True)),
                        ('stamp', models.CharField(max_length=32)),
                    ],
                ),
                migrations.CreateModel(
                    name='Version',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField()),
                        ('kind', models.CharField(choices=[('shipped', 'Shipped'), ('renewed', 'Newer wording of ours'), ('written', 'Written'), ('edited', 'Edited'), ('adopted', 'Newer wording taken over'), ('retired', 'Retired'), ('restored', 'Restored')], max_length=8)),
                        ('content', models.JSONField()),
                        ('made_at', models.DateTimeField()),
                        ('why', models.CharField(blank=True, max_length=500)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='knowledge.entry')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('-number',),
                        'constraints': [models.UniqueConstraint(fields=('entry', 'number'), name='one_version_per_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Dismissal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('about', models.CharField(max_length=32)),
                        ('at', models.DateTimeField()),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='knowledge.entry')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'about', 'entry'), name='put_aside_once')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryText',
                    fields=[
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='knowledge.entry')),
                        ('tokens', models.TextField()),
                    ],
                ),
            ],
        ),
    ]
