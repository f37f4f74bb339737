"""The requests that the receiver's tests accept are the ones that the senders make."""

import unittest

import golden


class GoldenTest(unittest.TestCase):
    maxDiff = None

    def test_the_checked_in_requests_are_what_is_sent(self):
        self.assertEqual(golden.FILE.read_text(encoding="utf-8"), golden.text())

    def test_every_kind_of_request_is_among_them(self):
        self.assertEqual(len(golden.golden()["requests"]), 14)


if __name__ == "__main__":
    unittest.main()
