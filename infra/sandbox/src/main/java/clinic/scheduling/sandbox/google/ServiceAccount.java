package clinic.scheduling.sandbox.google;

import clinic.scheduling.sandbox.http.Json;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/**
 * The service account that the stand-in trusts, with a generated key pair.
 *
 * @param keyId the {@code kid} that the header of a token may have
 */
record ServiceAccount(String email, String keyId, KeyPair keys) {
  private static final int KEY_BITS = 2048;

  static ServiceAccount create() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      return new ServiceAccount(
          "scheduling@harbor-sandbox.iam.example.invalid",
          "sandbox-key-1",
          generator.generateKeyPair());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean signed(byte[] content, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance("SHA256withRSA");
      verifier.initVerify(keys.getPublic());
      verifier.update(content);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The key file as Google hands it out. */
  String json(String tokenUri) {
    String pem =
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n";
    return Json.object()
        .put("type", "service_account")
        .put("project_id", "harbor-sandbox")
        .put("private_key_id", keyId)
        .put("private_key", pem)
        .put("client_email", email)
        .put("client_id", "100000000000000000001")
        .put("auth_uri", tokenUri.replace("/token", "/auth"))
        .put("token_uri", tokenUri)
        .put("universe_domain", "example.invalid")
        .toString();
  }
}
