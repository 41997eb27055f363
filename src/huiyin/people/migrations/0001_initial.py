"""Departments, people, customers: every table of the room."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from huiyin.config.tables import CreateTogether


class Migration(migrations.Migration):
    initial = True
    dependencies = [

    ]
    operations = [
        CreateTogether(
            models=[
                migrations.CreateModel(
                    name='Department',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.SlugField(max_length=40, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('active', models.BooleanField(default=True)),
                        ('head', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'ordering': ('code',),
                    },
                ),
                migrations.CreateModel(
                    name='Person',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('username', models.CharField(max_length=64, unique=True)),
                        ('name', models.CharField(max_length=80)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('phone', models.CharField(blank=True, max_length=32)),
                        ('language', models.CharField(default='zh-hans', max_length=16)),
                        ('time_zone', models.CharField(default='Asia/Shanghai', max_length=64)),
                        ('theme', models.CharField(choices=[('system', 'As the device'), ('light', 'Light'), ('dark', 'Dark')], default='system', max_length=16)),
                        ('density', models.CharField(choices=[('comfortable', 'Comfortable'), ('compact', 'Compact')], default='comfortable', max_length=16)),
                        ('joined_on', models.DateField(blank=True, null=True)),
                        ('tenure_layer', models.CharField(choices=[('newcomer', 'Newcomer'), ('regular', 'Regular staff'), ('experienced', 'Experienced staff')], default='regular', max_length=16)),
                        ('is_active', models.BooleanField(default=True)),
                        ('password_due', models.BooleanField(default=False)),
                        ('password_is_demo', models.BooleanField(default=False)),
                        ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='people.department')),
                    ],
                    options={
                        'ordering': ('name', 'pk'),
                    },
                ),
                migrations.CreateModel(
                    name='Customer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('kind', models.CharField(choices=[('potential', 'Potential customer'), ('new', 'New customer'), ('old', 'Returning customer')], default='new', max_length=16)),
                        ('tier', models.CharField(choices=[('normal', 'Ordinary'), ('gold', 'Gold card')], default='normal', max_length=16)),
                        ('card_number', models.CharField(blank=True, max_length=40)),
                        ('address', models.CharField(blank=True, max_length=200)),
                        ('language', models.CharField(default='zh-hans', max_length=16)),
                        ('do_not_sms', models.BooleanField(default=False)),
                        ('preferences', models.TextField(blank=True)),
                        ('created_at', models.DateTimeField()),
                        ('erased_at', models.DateTimeField(blank=True, null=True)),
                        ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer')),
                    ],
                ),
                migrations.CreateModel(
                    name='AccessLog',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('view', 'Opened the case'), ('reveal', 'Revealed a contact'), ('export', 'Exported')], max_length=16)),
                        ('complaint_id', models.BigIntegerField(blank=True, null=True)),
                        ('field', models.CharField(blank=True, max_length=64)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('hour', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('customer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['complaint_id', 'at'], name='people_access_case'), models.Index(fields=['at'], name='people_access_at')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'view')), fields=('person', 'complaint_id', 'hour'), name='people_view_once_an_hour'), models.CheckConstraint(condition=models.Q(('kind', 'view'), models.Q(('reason', ''), _negated=True), _connector='OR'), name='people_reveal_and_export_have_a_reason')],
                    },
                ),
                migrations.CreateModel(
                    name='Identity',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('phone', 'Phone'), ('email', 'E-mail'), ('openid', 'Messenger account'), ('card', 'Membership card'), ('handle', 'User name')], max_length=16)),
                        ('value', models.CharField(max_length=200)),
                        ('normalized', models.CharField(max_length=200)),
                        ('verified_at', models.DateTimeField(blank=True, null=True)),
                        ('added_at', models.DateTimeField()),
                        ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='people.customer')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['kind', 'normalized'], name='people_identity_lookup')],
                        'constraints': [models.UniqueConstraint(fields=('customer', 'kind', 'normalized'), name='people_identity_once'), models.UniqueConstraint(condition=models.Q(('verified_at__isnull', False)), fields=('kind', 'normalized'), name='people_identity_verified_once')],
                    },
                ),
                migrations.CreateModel(
                    name='MergeProposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('identity_kind', models.CharField(choices=[('phone', 'Phone'), ('email', 'E-mail'), ('openid', 'Messenger account'), ('card', 'Membership card'), ('handle', 'User name')], max_length=16)),
                        ('status', models.CharField(choices=[('proposed', 'Merge proposed'), ('merged', 'Merged'), ('rejected', 'Kept apart')], default='proposed', max_length=16)),
                        ('proposed_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(blank=True, null=True)),
                        ('reason', models.CharField(blank=True, max_length=300)),
                        ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('first', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.customer')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='people_merge_pair_ordered'), models.UniqueConstraint(fields=('first', 'second'), name='people_merge_pair_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('field', models.CharField(max_length=40)),
                        ('before', models.JSONField(null=True)),
                        ('after', models.JSONField(null=True)),
                        ('at', models.DateTimeField()),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'at'], name='people_change_person')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('role', models.CharField(choices=[('agent', 'Agent'), ('duty_agent', 'Duty agent'), ('supervisor', 'Supervisor'), ('manager', 'Manager'), ('leader', 'Leader'), ('handler', 'Handler'), ('technician', 'Technician'), ('editor', 'Editor'), ('salesperson', 'Salesperson'), ('finance', 'Finance'), ('inspector', 'Inspector'), ('trainer', 'Trainer'), ('administrator', 'Administrator'), ('auditor', 'Auditor')], max_length=32)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='roles', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('person', 'role'), name='people_one_row_per_role')],
                    },
                ),
                migrations.CreateModel(
                    name='SignIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('session_key', models.CharField(max_length=64, unique=True)),
                        ('address', models.GenericIPAddressField(blank=True, null=True)),
                        ('device', models.CharField(blank=True, max_length=300)),
                        ('at', models.DateTimeField()),
                        ('last_seen_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(blank=True, null=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'ended_at'], name='people_sign_in_open')],
                    },
                ),
            ],
        ),
    ]
