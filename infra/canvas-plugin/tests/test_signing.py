"""Both senders sign as the vectors of the Standard Webhooks libraries say."""

import json
import unittest

import senders

VECTORS = json.loads(
    (
        senders.ROOT / "../../functions/intake/src/test/resources/standard-webhooks.vectors.json"
    ).read_text(encoding="utf-8")
)["cases"]


class SigningTest(unittest.TestCase):
    def test_every_valid_vector_is_what_both_senders_would_send(self):
        checked = 0
        for case in VECTORS:
            secret = "whsec_" + case["secret"].removeprefix("whsec_")
            body, seconds = case["body"], int(case["timestamp"])
            signed = (
                senders.signing.signed_headers(
                    senders.signing.key_of(secret), case["id"], seconds, body
                ),
                senders.protocol.signed_headers(secret, case["id"], seconds, body.encode()),
            )
            for headers in signed:
                self.assertEqual(
                    headers["webhook-signature"] in case["signature"].split(" "),
                    case["valid"],
                    case["name"],
                )
                checked += 1
        self.assertEqual(checked, 20)


if __name__ == "__main__":
    unittest.main()
