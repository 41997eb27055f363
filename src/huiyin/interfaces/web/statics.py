"""Static files under names that carry their hash, script modules included, so that no browser mixes two versions."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

OWN_MODULES = (
    "js/*.js",
    (
        (r"""(?P<matched>import "(?P<url>\./[^"]+)";)""", 'import "%(url)s";'),
        (r"""(?P<matched>from "(?P<url>\./[^"]+)";)""", 'from "%(url)s";'),
    ),
)


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise has no types
    """WhiteNoise's storage that also rewrites the imports between our own script modules, and in no other file."""

    patterns = (*CompressedManifestStaticFilesStorage.patterns, OWN_MODULES)
