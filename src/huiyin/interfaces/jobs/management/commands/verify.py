"""huiyin verify: prove that no timeline was changed, and that rows and events agree."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from huiyin.complaints import replay, timeline
from huiyin.complaints.models import Checkpoint, Complaint


class Command(BaseCommand):
    help = (
        "Check every hash chain and every checkpoint, and rebuild each case from its events. Exit code 0 when all "
        "holds, 1 with the first broken links when not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chains-only", action="store_true", help="do not rebuild the cases from their events")
        parser.add_argument("--most", type=int, default=20, help="how many broken links to name (20)")

    def handle(self, *_args: Any, **options: Any) -> None:
        broken = [
            f"checkpoint {link.number}: {link.what}"
            if not link.complaint_id
            else f"case {link.complaint_id}, event {link.number}: {link.what}"
            for link in timeline.verify_all()
        ]
        if not options["chains_only"]:
            for complaint in Complaint.objects.order_by("pk").iterator(chunk_size=500):
                broken += [f"case {complaint.pk}: {told}" for told in replay.differences(complaint)]
        for line in broken[: options["most"]]:
            self.stderr.write(line)
        if broken:
            raise CommandError(f"{len(broken)} places do not hold.")
        last = Checkpoint.objects.order_by("-pk").first()
        sealed = f"complete up to checkpoint {last.pk}" if last else "no checkpoint yet"
        self.stdout.write(f"{Complaint.objects.count()} cases hold; {sealed}.")
