import json
from enum import Enum

from canvas_sdk.effects import Effect


class HttpMethod(str, Enum):
    POST = "POST"


class HttpRequestEffect:
    def __init__(self, *, url, method, headers=None, body=None, retry_on_status_codes=None):
        if not url:
            raise ValueError("url")
        self.data = {
            "url": url,
            "method": method.value,
            "headers": headers or {},
            "body": body or "",
            "retry_on_status_codes": retry_on_status_codes or [],
        }

    def apply(self):
        payload = {"data": self.data}
        if self.data["retry_on_status_codes"]:
            codes = self.data["retry_on_status_codes"]
            payload["async_props"] = {"retry_on_status_codes": codes, "delay_seconds": 0}
        return Effect(type="HTTP_REQUEST", payload=json.dumps(payload))
