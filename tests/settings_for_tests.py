"""Settings of the test run: test mode, mail in memory, data in a folder of its own."""

import os
import tempfile

# Each process of a test run has its own folder: what one deletes is not another one's.
os.environ["FAIRHOLD_DATA"] = tempfile.mkdtemp(prefix="fairhold-test-")
os.environ["FAIRHOLD_TEST_MODE"] = "1"
os.environ["EMAIL_URL"] = "memory:"

from fairhold.config.settings import *  # noqa: F403
from fairhold.config.settings import ALLOWED_HOSTS, DATABASES

ALLOWED_HOSTS += ["testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["TEST"] = {"MIGRATE": True}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"]["pool"]["max_size"] = 24
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "CRITICAL"}}
