package clinic.scheduling.core.http;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the caller's address behind our own proxies, such as CloudFront. Each proxy appends the
 * address that called it to {@code X-Forwarded-For}. Whatever stands left of the caller may be
 * forged by the caller. So we read the header from its right end, and only as long as the address
 * that has written it is a trusted proxy. Without trusted proxies, the header is ignored.
 */
public final class TrustedProxies {
  /** No proxy is trusted. */
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private static final int MOST_HOPS = 10;

  private final List<Block> blocks;

  private TrustedProxies(List<Block> blocks) {
    this.blocks = blocks;
  }

  /**
   * @param list addresses or blocks of addresses (RFC 4632, RFC 4291 section 2.3), comma-separated
   * @throws IllegalArgumentException naming every part that is neither
   */
  public static TrustedProxies parse(String list) {
    List<String> parts =
        Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    List<String> bad = parts.stream().filter(part -> Block.parse(part).isEmpty()).toList();
    if (!bad.isEmpty()) {
      throw new IllegalArgumentException("TRUSTED_PROXIES: no blocks of addresses: " + bad);
    }
    return new TrustedProxies(parts.stream().flatMap(part -> Block.parse(part).stream()).toList());
  }

  /**
   * The address of the caller.
   *
   * @param source the address that called API Gateway
   * @param forwardedFor the header {@code X-Forwarded-For}
   */
  String caller(String source, String forwardedFor) {
    String caller = source;
    Iterator<String> hops = fromTheRight(forwardedFor).iterator();
    while (hops.hasNext() && isTrusted(caller)) {
      String hop = hops.next();
      if (Address.parse(hop).isEmpty()) {
        break;
      }
      caller = hop;
    }
    return caller;
  }

  private static Stream<String> fromTheRight(String forwardedFor) {
    List<String> hops = Arrays.asList(forwardedFor.split(",", -1));
    Collections.reverse(hops);
    return hops.stream().map(String::strip).limit(MOST_HOPS);
  }

  private boolean isTrusted(String text) {
    return Address.parse(text)
        .filter(address -> blocks.stream().anyMatch(block -> block.contains(address)))
        .isPresent();
  }

  /**
   * A numeric address. A name is none, so that nothing is looked up.
   *
   * @param bits 32 or 128
   */
  private record Address(BigInteger value, int bits) {
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    static Optional<Address> parse(String text) {
      if (!V4.matcher(text).matches() && !V6.matcher(text).matches()) {
        return Optional.empty();
      }
      try {
        byte[] bytes = InetAddress.getByName(text).getAddress();
        return Optional.of(new Address(new BigInteger(1, bytes), bytes.length * Byte.SIZE));
      } catch (UnknownHostException e) {
        return Optional.empty();
      }
    }
  }

  /** All addresses that begin with the same bits. */
  private record Block(Address first, int prefix) {
    static Optional<Block> parse(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        return Address.parse(text).map(address -> new Block(address, address.bits()));
      }
      String length = text.substring(slash + 1);
      return length.matches("\\d{1,3}")
          ? Address.parse(text.substring(0, slash))
              .map(address -> new Block(address, Integer.parseInt(length)))
              .filter(block -> block.prefix() <= block.first().bits())
          : Optional.empty();
    }

    boolean contains(Address address) {
      int rest = first.bits() - prefix;
      return address.bits() == first.bits()
          && address.value().shiftRight(rest).equals(first.value().shiftRight(rest));
    }
  }
}
