import json


class Effect:
    """A type and a JSON payload; set_async only adds to the payload."""

    def __init__(self, type="", payload=""):
        self.type = type
        self.payload = payload

    def set_async(self, *, delay_seconds=None, max_retries=None):
        payload = json.loads(self.payload)
        properties = payload.setdefault("async_props", {})
        if delay_seconds is not None:
            properties["delay_seconds"] = delay_seconds
        if max_retries is not None:
            properties["max_retries"] = max_retries
        self.payload = json.dumps(payload)
        return self
