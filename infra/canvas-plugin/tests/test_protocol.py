"""What the Workflow Kit protocol promises: the seed's payloads, signed, and nothing kept back."""

import json
import unittest
from unittest import mock

import senders
from senders import (
    MOVED,
    PATIENT,
    URL,
    VISIT,
    Wire,
    appointment_change,
    fhir_appointment,
    protocol,
    run_protocol,
    state_change,
    visit,
)

TIMES = {"start_time": "2027-03-16T16:00:00+00:00", "end_time": "2027-03-16T16:30:00+00:00"}


def bodies(wire):
    return [json.loads(notice["body"]) for notice in wire.notices]


class ProtocolTest(unittest.TestCase):
    def setUp(self):
        sleep = mock.patch.object(protocol.time, "sleep")
        self.sleep = sleep.start()
        self.addCleanup(sleep.stop)

    def test_a_new_appointment_is_told_as_the_seed_tells_it(self):
        wire = run_protocol(appointment_change(), wire=Wire(appointment=fhir_appointment()))

        self.assertEqual(
            bodies(wire),
            [
                {
                    "canvas_patient_key": PATIENT,
                    "appointment_external_id": VISIT,
                    **TIMES,
                    "created": True,
                }
            ],
        )
        self.assertEqual(
            wire.reads, [f"https://fumage-example.canvasmedical.com/Appointment/{VISIT}"]
        )

    def test_the_replacement_of_a_moved_one_is_told_as_rescheduled(self):
        fhir = fhir_appointment(MOVED, replaces=VISIT)
        wire = run_protocol(appointment_change(MOVED), wire=Wire(appointment=fhir))

        self.assertEqual(
            bodies(wire),
            [
                {
                    "canvas_patient_key": PATIENT,
                    "appointment_external_id": MOVED,
                    **TIMES,
                    "rescheduled": True,
                }
            ],
        )

    def test_the_four_states_are_told_as_the_seed_tells_them(self):
        flags = {"CLD": "cancelled", "NSW": "no_show", "RVT": "reverted", "CVD": "checked_in"}
        for state, flag in flags.items():
            wire = run_protocol(state_change(state), [visit(MOVED, 3), visit(VISIT, 7)])

            self.assertEqual(
                bodies(wire),
                [{"canvas_patient_key": PATIENT, "appointment_external_id": VISIT, flag: True}],
            )

    def test_other_states_and_other_records_are_not_told(self):
        for change in (state_change("BKD"), state_change("LKD"), {"model_name": "task"}, {}):
            self.assertEqual(run_protocol(change, [visit(VISIT, 7)]).notices, [])

    def test_a_change_in_place_is_told(self):
        change = appointment_change(created=False, start_time="2027-03-16T16:00:00+00:00")
        wire = run_protocol(change, wire=Wire(appointment=fhir_appointment()))

        self.assertEqual(
            bodies(wire),
            [
                {
                    "canvas_patient_key": PATIENT,
                    "appointment_external_id": VISIT,
                    **TIMES,
                    "updated": True,
                }
            ],
        )

    def test_a_state_that_a_fast_change_has_hidden_is_found_in_the_history(self):
        appointments = [visit(MOVED, 3), visit(VISIT, 8, history=[6, 7])]
        wire = run_protocol(state_change("CLD", 7), appointments)

        self.assertEqual([VISIT], [each["appointment_external_id"] for each in bodies(wire)])
        self.assertTrue(bodies(wire)[0]["cancelled"])

    def test_a_state_in_no_history_is_found_by_its_note(self):
        appointments = [visit(MOVED, 3, note=1), visit(VISIT, 8, note=2)]
        wire = run_protocol(state_change("CLD", 7, note=2), appointments)

        self.assertEqual([VISIT], [each["appointment_external_id"] for each in bodies(wire)])

    def test_a_null_id_is_never_sent_the_patients_appointments_are_named_instead(self):
        appointments = [
            visit(MOVED, 3, created="2027-03-02T10:00:00Z"),
            visit(None, 4),
            visit(VISIT, 5, created="2027-03-03T10:00:00Z"),
        ]
        for change in (state_change("CLD", 7, note=9), appointment_change(None)):
            wire = run_protocol(change, appointments)

            self.assertEqual(
                bodies(wire),
                [
                    {
                        "canvas_patient_key": PATIENT,
                        "appointment_external_id": each,
                        "updated": True,
                    }
                    for each in (VISIT, MOVED)
                ],
            )

    def test_that_many_appointments_have_a_limit(self):
        many = [visit(f"00000000-0000-4000-8000-{number:012d}", number) for number in range(50)]

        self.assertEqual(len(run_protocol(state_change("CLD", 99, note=9), many).notices), 20)

    def test_an_appointment_that_cannot_be_read_is_told_all_the_same(self):
        change = appointment_change(start_time="2027-03-16T16:00:00+00:00", duration_minutes=30)
        unreadable = ((Wire(appointment=None), True), (Wire(appointment=[]), True), (Wire(), False))
        for wire, fhir in unreadable:
            run_protocol(change, wire=wire, fhir=fhir)

            (body,) = bodies(wire)
            self.assertEqual(body["appointment_external_id"], VISIT)
            self.assertTrue(body["created"])
            self.assertEqual((body["start_time"], body["end_time"]), tuple(TIMES.values()))

    def test_without_any_times_the_id_is_enough(self):
        (body,) = bodies(run_protocol(appointment_change(created=False), fhir=False))

        self.assertEqual(
            body,
            {"canvas_patient_key": PATIENT, "appointment_external_id": VISIT, "updated": True},
        )

    def test_it_is_signed_as_the_plugin_signs(self):
        (sent,) = run_protocol(state_change("CLD"), [visit(VISIT, 7)]).notices
        headers = sent["headers"]

        self.assertEqual(sent["url"], URL)
        self.assertEqual(headers, senders.signed_again(headers, sent["body"]))

    def test_no_name_leaves_canvas(self):
        fhir = fhir_appointment()
        fhir["participant"] = [{"actor": {"display": "Avery Fixture"}}]
        change = appointment_change(comment="Avery Fixture")
        wire = run_protocol(change, wire=Wire(appointment=fhir))

        self.assertNotIn("Avery", json.dumps(wire.notices))

    def test_a_notice_that_was_not_taken_is_sent_again_under_the_same_id(self):
        wire = run_protocol(
            state_change("CLD"), [visit(VISIT, 7)], Wire(statuses=[None, 503, 202])
        )

        self.assertEqual(len(wire.notices), 3)
        self.assertEqual(len({notice["headers"]["webhook-id"] for notice in wire.notices}), 1)
        self.assertEqual(len({notice["body"] for notice in wire.notices}), 1)
        self.assertEqual([call.args[0] for call in self.sleep.call_args_list], [0, 1, 3])

    def test_after_three_tries_or_a_refusal_it_fails_where_canvas_shows_it(self):
        for statuses, tries in (([503], 3), ([None], 3), ([401], 1), ([200], 1)):
            wire = Wire(statuses=statuses)
            with self.assertRaisesRegex(RuntimeError, VISIT):
                run_protocol(state_change("CLD"), [visit(VISIT, 7)], wire)

            self.assertEqual(len(wire.notices), tries)

    def test_one_that_is_refused_keeps_no_other_back(self):
        appointments = [visit(VISIT, 1), visit(MOVED, 2)]
        wire = Wire(statuses=[400, 202])
        with self.assertRaises(RuntimeError):
            run_protocol(state_change("CLD", 99, note=9), appointments, wire)

        self.assertEqual(len(wire.notices), 2)

    def test_it_says_which_changes_it_wants_to_hear_of(self):
        sender = protocol.AppointmentNotices
        meta = sender._meta if senders.REAL_KIT else sender.Meta

        self.assertEqual(meta.compute_on_change_types, ["appointment"])
        self.assertTrue(meta.notification_only)


@unittest.skipUnless(senders.REAL_KIT, "the package canvas-workflow-kit is not installed")
class TheKitTakesTheProtocolTest(unittest.TestCase):
    def test_its_upload_finds_one_protocol_in_the_file(self):
        from canvas_workflow_kit.utils import parse_class_from_python_source

        source = (senders.ROOT / "workflow_kit/appointment_notices.py").read_text()

        self.assertEqual(parse_class_from_python_source(source).__name__, "AppointmentNotices")


if __name__ == "__main__":
    unittest.main()
