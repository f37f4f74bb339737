package clinic.scheduling.core.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts that we have to keep for a while, so that whoever reads them where they are kept
 * learns nothing (AES-256-GCM, NIST SP 800-38D). A sealed text can be opened only with the context
 * with which it was sealed. So nobody can put it into another place.
 *
 * <p>The newest secret seals; every listed secret opens, so that secrets can be rotated. {@link
 * SignedTokens#sealing} makes instances. The nonce of each text is random. With 96 random bits, one
 * key is good for four thousand million texts (SP 800-38D, section 8.3).
 */
public final class SealedText {
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;

  private final List<SecretKeySpec> keys;
  private final SecureRandom random;

  /**
   * @param keys keys of 32 bytes, the newest first
   */
  SealedText(List<byte[]> keys, SecureRandom random) {
    this.keys = keys.stream().map(key -> new SecretKeySpec(key, "AES")).toList();
    this.random = random;
  }

  /**
   * @param context where the text belongs, for example the key of a row
   * @return base64url without padding (RFC 4648 section 5)
   */
  public String seal(String text, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, keys.get(0), nonce, context);
      byte[] encrypted = cipher.doFinal(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              ByteBuffer.allocate(NONCE_BYTES + encrypted.length)
                  .put(nonce)
                  .put(encrypted)
                  .array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text cannot be encrypted", e);
    }
  }

  /**
   * The text as it was sealed. Empty if it was changed, if it was sealed for another context, or if
   * its secret is no longer listed.
   */
  public Optional<String> open(String sealed, String context) {
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(sealed);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return bytes.length < NONCE_BYTES + TAG_BYTES
        ? Optional.empty()
        : keys.stream().flatMap(key -> opened(bytes, key, context).stream()).findFirst();
  }

  private static Optional<String> opened(byte[] sealed, SecretKeySpec key, String context) {
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, context);
      byte[] text = cipher.doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
      return Optional.of(new String(text, StandardCharsets.UTF_8));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text cannot be decrypted", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
