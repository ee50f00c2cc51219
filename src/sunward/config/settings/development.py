"""One machine, no environment needed: embedded SQLite, keys made on the first start and kept under `var/`."""

from sunward.config.keys import local_keys
from sunward.config.settings.base import *  # noqa: F403
from sunward.config.settings.base import ENVIRONMENT, HOME

HOME.mkdir(parents=True, exist_ok=True)
_keys = local_keys(HOME / "keys.json")
SECRET_KEY = ENVIRONMENT.secret_key or _keys["secret_key"]
SUNWARD_SEALING_KEYS = ENVIRONMENT.sealing_keys or _keys["sealing_keys"]
SUNWARD_BLIND_INDEX_KEY = ENVIRONMENT.blind_index_key or _keys["blind_index_key"]
SUNWARD_BUILDS_DEMO = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
