"""What the plugin for the Canvas SDK promises."""

import json
import logging
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import senders
from senders import MOVED, SECRET, URL, VISIT, plugin, plugin_effects, plugin_request

MANIFEST = json.loads((senders.ROOT / "appointment_notices/CANVAS_MANIFEST.json").read_text())


class PluginTest(unittest.TestCase):
    def test_it_hears_of_every_appointment_event(self):
        self.assertEqual(
            sorted(plugin.AppointmentNotices.RESPONDS_TO),
            [
                "APPOINTMENT_CANCELED",
                "APPOINTMENT_CHECKED_IN",
                "APPOINTMENT_CREATED",
                "APPOINTMENT_NO_SHOWED",
                "APPOINTMENT_RESCHEDULED",
                "APPOINTMENT_RESTORED",
                "APPOINTMENT_UPDATED",
            ],
        )

    def test_a_notice_holds_version_event_and_appointment_and_nothing_else(self):
        for name in plugin.AppointmentNotices.RESPONDS_TO:
            sent = plugin_request(name, MOVED)["data"]

            self.assertEqual(
                json.loads(sent["body"]), {"v": 1, "event": name, "appointment": MOVED}
            )
            self.assertEqual((sent["method"], sent["url"]), ("POST", URL))

    def test_no_patient_is_named_anywhere(self):
        self.assertNotIn(senders.PATIENT, json.dumps(plugin_request("APPOINTMENT_CREATED")))

    def test_it_is_signed_over_the_very_bytes_that_are_sent(self):
        sent = plugin_request("APPOINTMENT_UPDATED")["data"]
        headers = sent["headers"]

        self.assertEqual(headers, senders.signed_again(headers, sent["body"]))
        self.assertRegex(headers["webhook-signature"], r"^v1,[A-Za-z0-9+/]{43}=$")

    def test_each_event_has_an_id_of_its_own(self):
        sent = [plugin_request("APPOINTMENT_UPDATED")["data"] for _ in range(9)]
        ids = {each["headers"]["webhook-id"] for each in sent}

        self.assertEqual(len(ids), 9)
        self.assertTrue(all(re.fullmatch(r"[^.\s]{1,256}", each) for each in ids))

    def test_the_platform_sends_it_in_the_background_and_again_if_it_was_not_taken(self):
        payload = plugin_request("APPOINTMENT_CANCELED")

        self.assertEqual(payload["async_props"]["delay_seconds"], 0)
        self.assertEqual(payload["async_props"]["max_retries"], 5)
        retried = payload["async_props"]["retry_on_status_codes"]
        self.assertEqual(retried, payload["data"]["retry_on_status_codes"])
        self.assertIn(503, retried)
        self.assertIn(429, retried)
        self.assertFalse({202, 400, 401, 413} & set(retried))

    def test_without_its_variables_it_sends_nothing_and_says_which(self):
        cases = [
            ("NOTICE_URL", {"NOTICE_URL": None}),
            ("NOTICE_URL", {"NOTICE_URL": "http://scheduling.example.invalid/webhooks/canvas"}),
            ("NOTICE_SECRET", {"NOTICE_SECRET": None}),
            ("NOTICE_SECRET", {"NOTICE_SECRET": "hunter2"}),
            ("NOTICE_SECRET", {"NOTICE_SECRET": "whsec_hunter2!"}),
            ("NOTICE_SECRET", {"NOTICE_SECRET": "whsec_c2hvcnQ="}),
        ]
        for variable, given in cases:
            with self.subTest(given), mock.patch.object(plugin, "log") as log:
                self.assertEqual(plugin_effects("APPOINTMENT_CREATED", **given), [])

                said = log.error.call_args.args[0]
                self.assertIn(variable, said)
                self.assertIn(VISIT, said)
                self.assertNotIn("hunter2", said)
                self.assertNotIn("c2hvcnQ", said)

    def test_an_event_without_an_appointment_is_not_sent(self):
        with mock.patch.object(plugin, "log") as log:
            self.assertEqual(plugin_effects("APPOINTMENT_CREATED", None), [])
        log.error.assert_called_once()

    def test_spaces_around_a_variable_do_no_harm(self):
        given = {"NOTICE_URL": f" {URL}\n", "NOTICE_SECRET": f" {SECRET}\n"}

        (effect,) = plugin_effects("APPOINTMENT_CREATED", **given)

        self.assertEqual(json.loads(effect.payload)["data"]["url"], URL)

    def test_the_manifest_names_the_handler_and_its_variables(self):
        (handler,) = MANIFEST["components"]["handlers"]
        self.assertEqual(
            handler["class"], "appointment_notices.handlers.notices:AppointmentNotices"
        )
        self.assertEqual(MANIFEST["name"], "appointment_notices")
        self.assertEqual(
            MANIFEST["variables"],
            [
                {"name": "NOTICE_URL", "sensitive": False},
                {"name": "NOTICE_SECRET", "sensitive": True},
            ],
        )


def load_in_sandbox(folder):
    """As Canvas loads it: by the names in its manifest, under the sandbox's rules."""
    from plugin_runner.plugin_runner import sandbox_plugin_handlers

    handlers = json.loads((folder / "CANVAS_MANIFEST.json").read_text())["components"]["handlers"]
    (loaded,) = sandbox_plugin_handlers(folder.name, folder, handlers)
    return loaded


@unittest.skipUnless(senders.REAL_SDK, "the package canvas is not installed")
class CanvasTakesThePluginTest(unittest.TestCase):
    """In the SDK's own words: its manifest schema, its linter, and its sandbox for plugins."""

    @classmethod
    def setUpClass(cls):
        cls.loaded = load_in_sandbox(senders.ROOT / "appointment_notices")

    def test_the_manifest_is_valid(self):
        from canvas_cli.utils.validators import validate_manifest_file

        validate_manifest_file(MANIFEST)

    def test_the_linter_finds_nothing(self):
        from canvas_cli.apps.plugin.plugin_lint import lint_plugin

        self.assertEqual(lint_plugin(senders.ROOT / "appointment_notices", MANIFEST), [])

    def test_the_handler_loads_in_the_sandbox_and_sends_the_same_there(self):
        self.assertIsNone(self.loaded.error)
        handler = self.sandboxed()

        sent = plugin_request("APPOINTMENT_CANCELED", MOVED, handler)["data"]
        headers = sent["headers"]

        self.assertEqual(json.loads(sent["body"])["appointment"], MOVED)
        self.assertEqual(headers, senders.signed_again(headers, sent["body"]))

    def test_in_the_sandbox_too_a_bad_secret_sends_nothing(self):
        logging.disable()
        self.addCleanup(logging.disable, logging.NOTSET)
        effects = plugin_effects(
            "APPOINTMENT_CANCELED", VISIT, self.sandboxed(), NOTICE_SECRET="whsec_no!"
        )

        self.assertEqual(effects, [])

    def test_an_event_of_the_platform_is_understood(self):
        from canvas_generated.messages.events_pb2 import Event as EventRequest
        from canvas_sdk.events import Event, EventType

        sent = EventRequest(
            type=EventType.APPOINTMENT_UPDATED,
            target=VISIT,
            target_type="Appointment",
            context=json.dumps({"patient": {"id": senders.PATIENT}}),
        )
        secrets = {"NOTICE_URL": URL, "NOTICE_SECRET": SECRET}
        (effect,) = self.sandboxed()(Event(sent), secrets, {}).compute()

        body = json.loads(json.loads(effect.payload)["data"]["body"])
        self.assertEqual(
            body, {"v": 1, "event": "APPOINTMENT_UPDATED", "appointment": VISIT}
        )

    def test_it_loads_under_the_name_that_a_publisher_gives_it(self):
        name = "harbor__appointment_notices"
        with tempfile.TemporaryDirectory() as parent:
            folder = Path(parent) / name
            shutil.copytree(senders.ROOT / "appointment_notices", folder)
            manifest = folder / "CANVAS_MANIFEST.json"
            renamed = manifest.read_text().replace("appointment_notices", name)
            manifest.write_text(renamed)
            with mock.patch.object(sys, "path", [parent, *sys.path]):
                loaded = load_in_sandbox(folder)

        self.assertEqual(json.loads(renamed)["name"], name)
        self.assertIsNone(loaded.error)
        handler = loaded.scope["AppointmentNotices"]
        self.assertEqual(len(plugin_effects("APPOINTMENT_CREATED", VISIT, handler)), 1)

    def sandboxed(self):
        return self.loaded.scope["AppointmentNotices"]


if __name__ == "__main__":
    unittest.main()
