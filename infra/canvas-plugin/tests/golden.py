"""Every kind of request that the senders make, for the receiver's tests.

    python golden.py            prints them, made now, with the secret in SENDER_SECRET
    python golden.py --write    renews golden.json: the same ids, clock and secret every time
"""

import json
import os
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest import mock

import senders
from senders import (
    MOVED,
    VISIT,
    Wire,
    appointment_change,
    fhir_appointment,
    fixed,
    plugin_request,
    run_protocol,
    state_change,
    visit,
)

FILE = Path(__file__).parent / "golden.json"


def of_plugin():
    for name in senders.plugin.AppointmentNotices.RESPONDS_TO:
        sent = plugin_request(name)["data"]
        yield request(f"plugin: {name}", VISIT, name, sent["headers"], sent["body"])


def of_protocol():
    changes = {
        "created": (VISIT, appointment_change(), fhir_appointment()),
        "rescheduled": (MOVED, appointment_change(MOVED), fhir_appointment(MOVED, VISIT)),
        "updated": (VISIT, appointment_change(created=False), fhir_appointment()),
        "cancelled": (VISIT, state_change("CLD"), None),
        "no_show": (VISIT, state_change("NSW"), None),
        "reverted": (VISIT, state_change("RVT"), None),
        "checked_in": (VISIT, state_change("CVD"), None),
    }
    for flag, (appointment, change, fhir) in changes.items():
        wire = run_protocol(change, [visit(VISIT, 7)], Wire(appointment=fhir))
        (sent,) = wire.notices
        yield request(f"protocol: {flag}", appointment, flag, sent["headers"], sent["body"])


def request(name, appointment, hint, headers, body):
    return {
        "name": name,
        "appointment": appointment,
        "hint": hint,
        "headers": headers,
        "body": body,
    }


def requests():
    return [*of_plugin(), *of_protocol()]


def golden():
    """As golden.json holds them."""
    with ExitStack() as all_fixed:
        for each in fixed():
            all_fixed.enter_context(each)
        return {"secret": senders.SECRET, "seconds": senders.NOON, "requests": requests()}


def text():
    return json.dumps(golden(), indent=2) + "\n"


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        FILE.write_text(text(), encoding="utf-8")
    else:
        with mock.patch.object(senders, "SECRET", os.environ["SENDER_SECRET"]):
            print(json.dumps({"which": senders.WHICH, "requests": requests()}))
