"""The place of the knowledge base in the navigation."""

from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.shell import Place, add_place

add_place(Place("knowledge", _("Knowledge"), "library", "knowledge:list", "work", 50))
