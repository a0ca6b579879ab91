"""What is kept of a mail address where the address itself must not be kept."""

import hashlib
import hmac

from tracker.settings import Settings
from tracker.workflows.secret_key import secret_key


def address_hash(settings: Settings, email: str) -> str:
    """Return a mail address's keyed hash (HMAC-SHA-256): without the key nobody can try addresses against it."""
    key = secret_key(settings).encode()
    return hmac.new(key, f"suppressed {email.strip().lower()}".encode(), hashlib.sha256).hexdigest()
