"""The sender of practices that still use the Workflow Kit: one file, as its upload wants it."""

import hmac
import json
import time
from base64 import b64decode, b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import uuid4

import requests
from canvas_workflow_kit import events
from canvas_workflow_kit.constants import CHANGE_TYPE
from canvas_workflow_kit.protocol import (
    STATUS_NOT_APPLICABLE,
    ClinicalQualityMeasure,
    ProtocolResult,
)

# What the states of a note say about its appointment; all others say nothing new.
FLAGS = {"CLD": "cancelled", "NSW": "no_show", "RVT": "reverted", "CVD": "checked_in"}
PREVIOUS = "previously rescheduled appointment"

# Waits of this protocol are waits of Canvas.
READ_SECONDS = 5
SEND_SECONDS = 10
PAUSES_SECONDS = (0, 1, 3)
TRY_AGAIN_ON = (408, 429, 500, 502, 503, 504)
MOST_APPOINTMENTS = 20


class AppointmentNotices(ClinicalQualityMeasure):
    """Tells external scheduling of changes of a patient's appointments.

    The payloads are those of the seed guide, signed as Standard Webhooks 1.0.0 says; a change in
    place is told as well ("updated"), and every payload names an appointment.
    """

    class Meta:
        title = "Appointment Notices"
        version = "v1.0.0"
        description = "Tells external scheduling, signed, that an appointment has changed."
        information = "https://www.standardwebhooks.com"
        identifiers = ["AppointmentNotices"]
        types = ["Notification"]
        responds_to_event_types = [events.HEALTH_MAINTENANCE]
        compute_on_change_types = [CHANGE_TYPE.APPOINTMENT]
        references = []
        notification_only = True

    def compute_results(self):
        result = ProtocolResult()
        result.status = STATUS_NOT_APPLICABLE
        refused = [notice for notice in self.notices() if not self.is_taken(notice)]
        if refused:
            # Canvas shows this beside the protocol; the receiver's reconciliation finds the rest.
            lost = ", ".join(notice["appointment_external_id"] for notice in refused)
            raise RuntimeError(f"the notices of these appointments were not taken: {lost}")
        return result

    def notices(self):
        model = self.field_changes.get("model_name")
        if model == "appointment":
            return self.of_appointment()
        if model == "notestatechangeevent":
            return self.of_state()
        return []

    def of_appointment(self):
        appointment = self.field_changes.get("external_id") or self.new_value(
            "externally_exposable_id"
        )
        if not appointment:
            return self.of_every_appointment()
        known = self.read(appointment)
        return [
            {
                "appointment_external_id": appointment,
                **times(known, self.new_value("start_time"), self.new_value("duration_minutes")),
                self.what_happened(known): True,
            }
        ]

    def what_happened(self, known):
        if not self.field_changes.get("created"):
            return "updated"
        replaces = any(
            str(link.get("display", "")).lower() == PREVIOUS
            for link in known.get("supportingInformation", [])
        )
        return "rescheduled" if replaces else "created"

    def of_state(self):
        flag = FLAGS.get(self.new_value("state"))
        if flag is None:
            return []
        appointment = self.appointment_of_state()
        if appointment is None:
            return self.of_every_appointment()
        return [{"appointment_external_id": appointment, flag: True}]

    def appointment_of_state(self):
        """By the present state, by a former one, or by the note: a fast change hides the first."""
        state, note = self.field_changes.get("canvas_id"), self.new_value("note_id")
        for is_it in (
            lambda each: (each.get("state") or {}).get("id") == state,
            lambda each: any(old.get("id") == state for old in each.get("stateHistory") or []),
            lambda each: note is not None and (each.get("state") or {}).get("note") == note,
        ):
            for each in self.patient.appointments:
                if each.get("externallyExposableId") and is_it(each):
                    return each["externallyExposableId"]
        return None

    def of_every_appointment(self):
        """Which one changed cannot be told: the receiver looks at those that changed last."""
        found = [each for each in self.patient.appointments if each.get("externallyExposableId")]
        found.sort(key=lambda each: str((each.get("state") or {}).get("created", "")), reverse=True)
        return [
            {"appointment_external_id": each["externallyExposableId"], "updated": True}
            for each in found[:MOST_APPOINTMENTS]
        ]

    def new_value(self, field):
        values = (self.field_changes.get("fields") or {}).get(field)
        return values[1] if values else None

    def read(self, appointment):
        """The appointment as FHIR has it; empty where it cannot be read: only times and the
        difference between created and rescheduled are lost then, and no notice is."""
        instance = self.settings.get("INSTANCE_NAME")
        if not instance:
            return {}
        try:
            token = requests.post(
                f"https://{instance}.canvasmedical.com/auth/token/",
                data={
                    "grant_type": "client_credentials",
                    "client_id": self.settings.get("CLIENT_ID"),
                    "client_secret": self.settings.get("CLIENT_SECRET"),
                },
                timeout=READ_SECONDS,
            )
            token.raise_for_status()
            answer = requests.get(
                f"https://fumage-{instance}.canvasmedical.com/Appointment/{appointment}",
                headers={
                    "Authorization": f"Bearer {token.json()['access_token']}",
                    "Accept": "application/json",
                },
                timeout=READ_SECONDS,
            )
            answer.raise_for_status()
            known = answer.json()
            return known if isinstance(known, dict) else {}
        except (requests.RequestException, ValueError, KeyError, TypeError):
            return {}

    def is_taken(self, notice):
        """Three tries under one webhook-id; the receiver takes the first that reaches it."""
        payload = {"canvas_patient_key": self.patient.patient["key"], **notice}
        body = json.dumps(payload, separators=(",", ":")).encode()
        notice_id = f"msg_{uuid4().hex}"
        status = None
        for pause in PAUSES_SECONDS:
            time.sleep(pause)
            status = self.post(notice_id, body)
            if status is not None and status not in TRY_AGAIN_ON:
                break
        return status == 202

    def post(self, notice_id, body):
        """The status of the answer, or None if there was none."""
        try:
            return requests.post(
                self.settings["NOTICE_URL"],
                data=body,
                headers=signed_headers(
                    self.settings["NOTICE_SECRET"], notice_id, int(time.time()), body
                ),
                timeout=SEND_SECONDS,
                allow_redirects=False,
            ).status_code
        except requests.RequestException:
            return None


def times(known, start, minutes):
    """Start and end as FHIR has them, else as the change names them."""
    if known.get("start") and known.get("end"):
        return {"start_time": known["start"], "end_time": known["end"]}
    try:
        end = datetime.fromisoformat(start) + timedelta(minutes=minutes)
        return {"start_time": start, "end_time": end.isoformat()}
    except (TypeError, ValueError):
        return {}


def signed_headers(secret, notice_id, seconds, body):
    """Standard Webhooks 1.0.0, scheme v1."""
    key = b64decode(secret.strip().replace("whsec_", "", 1), validate=True)
    signed = f"{notice_id}.{seconds}.".encode() + body
    signature = b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return {
        "Content-Type": "application/json",
        "webhook-id": notice_id,
        "webhook-timestamp": str(seconds),
        "webhook-signature": f"v1,{signature}",
    }
