"""Tells external scheduling that an appointment may have changed."""

import json
from time import time
from uuid import uuid4

from canvas_sdk.effects import Effect
from canvas_sdk.effects.http_request import HttpMethod, HttpRequestEffect
from canvas_sdk.events import EventType
from canvas_sdk.handlers import BaseHandler
from logger import log

from .signing import key_of, signed_headers

# The version of the notice's shape.
VERSION = 1

# Answers after which the same notice is worth another try: it could not be queued, or not yet.
TRY_AGAIN_ON = [408, 429, 500, 502, 503, 504]

# The receiver takes a signature for five minutes, so more tries would only be refused.
MAX_RETRIES = 5


class AppointmentNotices(BaseHandler):
    """Sends one signed notice for each appointment event.

    A notice holds the event, the id of the appointment and a version, nothing else. No data of
    Canvas is read here: the receiver reads the appointment when it gets to it.
    """

    RESPONDS_TO = [
        EventType.Name(EventType.APPOINTMENT_CREATED),
        EventType.Name(EventType.APPOINTMENT_UPDATED),
        EventType.Name(EventType.APPOINTMENT_CANCELED),
        EventType.Name(EventType.APPOINTMENT_CHECKED_IN),
        EventType.Name(EventType.APPOINTMENT_NO_SHOWED),
        EventType.Name(EventType.APPOINTMENT_RESTORED),
        # In Canvas's list of events, though not in its documentation.
        EventType.Name(EventType.APPOINTMENT_RESCHEDULED),
    ]

    def compute(self) -> list[Effect]:
        """One request for the platform to send, or none, with a line in the log that says why."""
        appointment = str(self.event.target.id or "")
        url = (self.secrets.get("NOTICE_URL") or "").strip()
        if not appointment:
            log.error("appointment_notices: an event named no appointment; nothing was sent")
            return []
        if not url.startswith("https://"):
            log.error(f"appointment_notices: NOTICE_URL is not https; {appointment} was not sent")
            return []
        try:
            key = key_of(self.secrets.get("NOTICE_SECRET") or "")
        except ValueError as error:
            log.error(f"appointment_notices: NOTICE_SECRET: {error}; {appointment} was not sent")
            return []
        return [self.request(url, key, appointment)]

    def request(self, url: str, key: bytes, appointment: str) -> Effect:
        """The platform sends it in the background, and again under the same webhook-id."""
        body = json.dumps(
            {"v": VERSION, "event": self.event.name, "appointment": appointment},
            separators=(",", ":"),
        )
        headers = signed_headers(key, f"msg_{uuid4().hex}", int(time()), body)
        return (
            HttpRequestEffect(
                url=url,
                method=HttpMethod.POST,
                headers=headers,
                body=body,
                retry_on_status_codes=TRY_AGAIN_ON,
            )
            .apply()
            .set_async(delay_seconds=0, max_retries=MAX_RETRIES)
        )
