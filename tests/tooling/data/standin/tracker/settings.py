"""As much of Django as the preparation of the demo needs."""

from pathlib import Path

from tracker import local

SECRET_KEY = "stand-in"
INSTALLED_APPS = ["django.contrib.staticfiles", "tracker"]
DATABASES = {
    alias: {"ENGINE": "django.db.backends.postgresql", **params} for alias, params in local.database_params().items()
}
STATIC_URL = "/static/"
STATIC_ROOT = Path(__file__).parent.parent / "var" / "static"
USE_TZ = True
