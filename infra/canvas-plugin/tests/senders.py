"""The two senders as the tests run them: in the real packages where they are installed."""

import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent
SECRET = "whsec_c3ludGhldGljLXNlY3JldC1mb3ItdGVzdHMtb25seQ=="
NOON = 1805198400  # 2027-03-16T12:00:00Z
PATIENT = "9b1d2e3f4a5c46d7b8e9f0a1b2c3d4e5"
VISIT = "1a4f6c2e-90b3-4d57-8e21-7c6b5a493801"
MOVED = "5e81a062-d4f7-4b9b-8265-b0af9e8d7c05"
URL = "https://scheduling.example.invalid/webhooks/canvas"


def is_installed(package):
    return importlib.util.find_spec(package) is not None


REAL_SDK = is_installed("canvas_sdk")
REAL_KIT = is_installed("canvas_workflow_kit")
WHICH = (
    f"canvas: {'installed' if REAL_SDK else 'stand-in'}, "
    f"canvas-workflow-kit: {'installed' if REAL_KIT else 'stand-in'}"
)

sys.path.append(str(Path(__file__).parent / "standin"))
sys.path.insert(0, str(ROOT))
os.environ.setdefault("IS_TESTING", "true")  # the SDK then wants no database of Canvas

plugin = importlib.import_module("appointment_notices.handlers.notices")
signing = importlib.import_module("appointment_notices.handlers.signing")


def load_protocol():
    """The protocol's file, which is in no package: it is uploaded alone."""
    spec = importlib.util.spec_from_file_location(
        "workflow_kit_sender", ROOT / "workflow_kit" / "appointment_notices.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


protocol = load_protocol()


def fixed():
    """Ids and a clock that are the same in every run."""
    numbers = iter(range(1, 1000))
    return (
        mock.patch.object(plugin, "uuid4", lambda: numbered(next(numbers))),
        mock.patch.object(plugin, "time", lambda: NOON),
        mock.patch.object(protocol, "uuid4", lambda: numbered(next(numbers))),
        mock.patch.object(protocol.time, "time", lambda: NOON),
        mock.patch.object(protocol.time, "sleep", lambda seconds: None),
    )


def numbered(number):
    return SimpleNamespace(hex=f"{number:032x}")


def event(name, appointment=VISIT):
    """An event as the platform hands it to a handler."""
    return SimpleNamespace(
        name=name,
        type=getattr(plugin.EventType, name),
        target=SimpleNamespace(id=appointment),
        context={"patient": {"id": PATIENT}},
    )


def plugin_effects(name, appointment=VISIT, handler=None, **variables):
    secrets = {"NOTICE_URL": URL, "NOTICE_SECRET": SECRET, **variables}
    return (handler or plugin.AppointmentNotices)(event(name, appointment), secrets, {}).compute()


def plugin_request(name, appointment=VISIT, handler=None):
    """What the platform is asked to send."""
    (effect,) = plugin_effects(name, appointment, handler)
    return json.loads(effect.payload)


def signed_again(headers, body):
    """The headers that these bytes should have; the tests of signing hold it to the contract."""
    seconds = int(headers["webhook-timestamp"])
    return signing.signed_headers(signing.key_of(SECRET), headers["webhook-id"], seconds, body)


class Wire:
    """Stands where requests is: keeps what is sent and answers as it is told."""

    RequestException = protocol.requests.RequestException

    def __init__(self, statuses=(202,), appointment=None):
        self.statuses = list(statuses)
        self.appointment = appointment
        self.notices = []
        self.reads = []

    def post(self, url, data=None, headers=None, timeout=None, allow_redirects=True):
        assert timeout is not None and timeout <= 10, "every wait has a limit"
        if url.endswith("/auth/token/"):
            return self.answer(200, {"access_token": "synthetic", "expires_in": 36000})
        self.notices.append({"url": url, "headers": headers, "body": data.decode()})
        assert not allow_redirects, "a notice goes where it was told to, and nowhere else"
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status is None:
            raise self.RequestException("no answer")
        return self.answer(status, {})

    def get(self, url, headers=None, timeout=None):
        assert timeout is not None and timeout <= 10, "every wait has a limit"
        self.reads.append(url)
        if self.appointment is None:
            return self.answer(500, {})
        return self.answer(200, self.appointment)

    def answer(self, status, body):
        def raise_for_status():
            if status >= 400:
                raise self.RequestException(str(status))

        return SimpleNamespace(
            status_code=status, json=lambda: body, raise_for_status=raise_for_status
        )


def visit(identifier, state, history=(), note=1, created="2027-03-01T10:00:00Z"):
    """An appointment as the kit's patient holds it."""
    return {
        "externallyExposableId": identifier,
        "state": {"id": state, "note": note, "created": created},
        "stateHistory": [{"id": each} for each in (*history, state)],
    }


def run_protocol(change, appointments=(), wire=None, fhir=True):
    """Lets the protocol meet a change; returns what it sent."""
    from canvas_workflow_kit.patient import Patient

    settings = {"NOTICE_URL": URL, "NOTICE_SECRET": SECRET}
    if fhir:
        settings.update(INSTANCE_NAME="example", CLIENT_ID="synthetic", CLIENT_SECRET="synthetic")
    data = {
        "patient": {"key": PATIENT},
        "appointments": list(appointments),
        "protocolOverrides": [],
    }
    sender = protocol.AppointmentNotices(patient=Patient(data))
    sender.set_context({"config": settings, "change_info": change})
    wire = wire or Wire()
    with mock.patch.object(protocol, "requests", wire):
        sender.compute_results()
    return wire


def appointment_change(identifier=VISIT, created=True, **fields):
    return {
        "model_name": "appointment",
        "created": created,
        "deleted": False,
        "canvas_id": 14,
        "external_id": identifier,
        "fields": {name: [None, value] for name, value in fields.items()},
    }


def state_change(state, number=7, note=1):
    return {
        "model_name": "notestatechangeevent",
        "created": True,
        "deleted": False,
        "canvas_id": number,
        "external_id": None,
        "fields": {"state": [None, state], "note_id": [None, note]},
    }


def fhir_appointment(identifier=VISIT, replaces=None):
    """An appointment as FHIR has it, with the fields that the protocol looks at."""
    links = [{"reference": "Location/5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01"}]
    if replaces:
        links.append(
            {
                "reference": f"Appointment/{replaces}",
                "display": "Previously Rescheduled Appointment",
            }
        )
    return {
        "resourceType": "Appointment",
        "id": identifier,
        "start": "2027-03-16T16:00:00+00:00",
        "end": "2027-03-16T16:30:00+00:00",
        "supportingInformation": links,
    }
