"""The views: filing, following, one case, its files."""
