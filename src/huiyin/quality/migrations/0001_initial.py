"""Gaps, assessments and checklists: every table of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from huiyin.config.tables import CreateTogether


class Migration(migrations.Migration):
    initial = True
    dependencies = [
        ("complaints", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Assessment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('side', models.CharField(choices=[('expected', 'Expected'), ('actual', 'Felt')], max_length=10)),
                        ('rater', models.CharField(choices=[('customer', 'Customer'), ('inspector', 'Inspector')], max_length=10)),
                        ('recorded_at', models.DateTimeField()),
                        ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaint')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['complaint', 'side', 'rater'], name='quality_assessment_of_case')],
                    },
                ),
                migrations.CreateModel(
                    name='Checklist',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=64)),
                        ('recorded_at', models.DateTimeField()),
                        ('complaint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='complaints.complaint')),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['complaint', 'code'], name='quality_checklist_of_case')],
                    },
                ),
                migrations.CreateModel(
                    name='ChecklistItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=64)),
                        ('kept', models.BooleanField()),
                        ('evidence', models.CharField(max_length=500)),
                        ('checklist', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='quality.checklist')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('checklist', 'code'), name='quality_one_answer_per_item')],
                    },
                ),
                migrations.CreateModel(
                    name='Score',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('dimension', models.CharField(max_length=64)),
                        ('points', models.DecimalField(decimal_places=2, max_digits=5)),
                        ('assessment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='quality.assessment')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('assessment', 'dimension'), name='quality_one_score_per_dimension'), models.CheckConstraint(condition=models.Q(('points__gte', 0), ('points__lte', 100)), name='quality_points_of_100')],
                    },
                ),
            ],
        ),
    ]
