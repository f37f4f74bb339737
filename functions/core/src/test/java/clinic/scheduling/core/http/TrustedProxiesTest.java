package clinic.scheduling.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits count the caller, and not our own proxy. No caller can choose the address that counts. */
class TrustedProxiesTest {
  private static final TrustedProxies CLOUDFRONT =
      TrustedProxies.parse("130.176.0.0/16, 2600:9000::/28,203.0.113.9");

  @ParameterizedTest
  @CsvSource({
    // the caller at the right end, written by the proxy
    "130.176.1.1, '198.51.100.7', 198.51.100.7",
    // API Gateway appends the proxy itself
    "130.176.1.1, '198.51.100.7, 130.176.1.1', 198.51.100.7",
    // two proxies
    "203.0.113.9, '198.51.100.7, 130.176.1.1', 198.51.100.7",
    // IPv6
    "2600:9000::1, '2001:db8::7', 2001:db8::7",
    "130.176.1.1, '198.51.100.7,2600:900f:ffff::1', 198.51.100.7"
  })
  void behindAProxyTheCallerIsTheAddressThatCalledIt(String source, String header, String caller) {
    assertThat(CLOUDFRONT.caller(source, header)).isEqualTo(caller);
  }

  @ParameterizedTest
  @CsvSource({
    // what the caller has sent stands left of the caller
    "130.176.1.1, '1.1.1.1, 198.51.100.7', 198.51.100.7",
    "130.176.1.1, '130.176.9.9, 198.51.100.7', 198.51.100.7",
    "130.176.1.1, '1.1.1.1, 130.176.9.9, 198.51.100.7, 130.176.1.1', 198.51.100.7",
    // who does not come through a proxy
    "198.51.100.7, '1.1.1.1', 198.51.100.7",
    "198.51.100.7, '1.1.1.1, 130.176.1.1', 198.51.100.7",
    "130.177.0.0, '1.1.1.1', 130.177.0.0",
    "130.175.255.255, '1.1.1.1', 130.175.255.255",
    "2600:9010::1, '2001:db8::7', 2600:9010::1"
  })
  void aForgedHeaderChangesNothing(String source, String header, String caller) {
    assertThat(CLOUDFRONT.caller(source, header)).isEqualTo(caller);
  }

  /** All callers of the proxy then share a limit, which is too strict, but cannot be misused. */
  @ParameterizedTest
  @ValueSource(
      strings = {"", "  ", ",", "unknown", "198.51.100.7, localhost", "256.1.1.1", "1.2", "::%lo"})
  void ifTheHeaderNamesNoCallerTheProxyCounts(String header) {
    assertThat(CLOUDFRONT.caller("130.176.1.1", header)).isEqualTo("130.176.1.1");
  }

  @Test
  void aHeaderThatNamesProxiesOnlyEndsWithOneOfThem() {
    String many = "130.176.1.2,".repeat(5_000) + "130.176.1.3";

    assertThat(CLOUDFRONT.caller("130.176.1.1", many)).startsWith("130.176.1.");
  }

  @Test
  void unlessProxiesAreSetTheHeaderIsIgnored() {
    assertThat(TrustedProxies.NONE.caller("130.176.1.1", "198.51.100.7")).isEqualTo("130.176.1.1");
    assertThat(TrustedProxies.parse(" ").caller("130.176.1.1", "198.51.100.7"))
        .isEqualTo("130.176.1.1");
  }

  @Test
  void wholeNetworksAndSingleAddressesAreBlocks() {
    assertThat(TrustedProxies.parse("0.0.0.0/0").caller("8.8.8.8", "198.51.100.7"))
        .isEqualTo("198.51.100.7");
    assertThat(TrustedProxies.parse("8.8.8.8/32").caller("8.8.8.9", "198.51.100.7"))
        .isEqualTo("8.8.8.9");
  }

  @Test
  void everythingThatIsNoBlockIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TrustedProxies.parse("1,10.0.0.0/33,10.0.0.0/8,localhost,::/129,10.0.0.0/,/8"))
        .withMessage(
            "TRUSTED_PROXIES: no blocks of addresses: [1, 10.0.0.0/33, localhost, ::/129,"
                + " 10.0.0.0/, /8]");
  }
}
