"""Why a file was not taken or not given out, in words and with its rule."""

from django.utils.translation import gettext_lazy as _

from huiyin.files.refused import FileRefused, Why
from huiyin.interfaces.common import rules
from huiyin.rules import Refusal


class FileEmpty(Refusal):
    rule = rules.FILE_READABLE
    sentence = _("The file is empty.")
    unblock = _("Choose the file again; it may not have been saved yet.")


class FileTooLarge(Refusal):
    rule = rules.FILE_SIZE
    sentence = _("The file is larger than %(most_megabytes)s MB.")
    unblock = _("Send a smaller copy, or split it.")


class PictureTooLarge(Refusal):
    rule = rules.FILE_SIZE
    sentence = _("The picture has more than %(most_megapixels)s million pixels.")
    unblock = _("Send a smaller copy.")


class FileKindUnknown(Refusal):
    rule = rules.FILE_KIND
    sentence = _("What kind of file this is cannot be told from its content.")
    unblock = _("Send a picture, a PDF, an office document, a recording or plain text.")


class FileKindNotTaken(Refusal):
    rule = rules.FILE_KIND
    sentence = _("Files of this kind are not taken here: %(media_type)s.")
    unblock = _("Send a picture, a PDF, an office document, a recording or plain text.")


class FileOfTwoKinds(Refusal):
    rule = rules.FILE_KIND
    sentence = _("The file is two kinds of file at once, which may be an attempt to deceive.")
    unblock = _("Save it anew in one format and send that.")


class FileIsProgram(Refusal):
    rule = rules.FILE_KIND
    sentence = _("The file contains a program or macros.")
    unblock = _("Save it without macros, or send a PDF.")


class FileBroken(Refusal):
    rule = rules.FILE_READABLE
    sentence = _("The file is broken and cannot be opened.")
    unblock = _("Check that it opens on your device, then send it again.")


class FileChanged(Refusal):
    rule = rules.FILE_UNCHANGED
    sentence = _("The stored file is no longer what was taken in, so it is not given out.")
    unblock = _("Tell the administrator: the original has to be brought back from a backup.")


class FileGone(Refusal):
    rule = rules.FILE_UNCHANGED
    sentence = _("The file is no longer kept.")


_WORDS: dict[Why, type[Refusal]] = {
    Why.EMPTY: FileEmpty,
    Why.TOO_LARGE: FileTooLarge,
    Why.TOO_MANY_PIXELS: PictureTooLarge,
    Why.UNKNOWN_TYPE: FileKindUnknown,
    Why.TYPE_NOT_TAKEN: FileKindNotTaken,
    Why.TWO_TYPES: FileOfTwoKinds,
    Why.PROGRAM: FileIsProgram,
    Why.BROKEN: FileBroken,
    Why.CHANGED: FileChanged,
    Why.GONE: FileGone,
}


def in_words(error: FileRefused) -> Refusal:
    """Give the refusal that says it to people."""
    return _WORDS[error.why](**error.params)
