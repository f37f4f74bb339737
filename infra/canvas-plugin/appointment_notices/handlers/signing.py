"""Standard Webhooks 1.0.0, scheme v1: HMAC-SHA256 over id, timestamp and body."""

import hmac
from base64 import b64decode, b64encode
from hashlib import sha256

PREFIX = "whsec_"
SHORTEST_KEY = 24


def key_of(secret: str) -> bytes:
    """The key in a secret of the form whsec_ and base64.

    Raises ValueError, which never repeats the secret, if it has another form.
    """
    text = secret.strip()
    try:
        key = b64decode(text[len(PREFIX):], validate=True) if text.startswith(PREFIX) else b""
    except ValueError:
        key = b""
    if len(key) < SHORTEST_KEY:
        raise ValueError("the secret is not whsec_ and base64 of at least 24 bytes")
    return key


def signed_headers(key: bytes, notice_id: str, seconds: int, body: str) -> dict[str, str]:
    """The headers of a notice; the body must be sent exactly as given here."""
    signed = f"{notice_id}.{seconds}.{body}".encode()
    signature = b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": notice_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
