package clinic.scheduling.local.run;

/** The text that is printed when everything has started. */
final class ReadyMessage {
  private ReadyMessage() {}

  static String text(LocalSystem.Addresses at, Options options) {
    return """

        Ready.
          HTTP API        %1$s
          Signed in       %4$s
          What happens    %2$s/
          Outbox          %2$s/outbox
          Queues          %2$s/local/queues
          Logs            %3$s

        Try:
          curl '%1$s/slots?visit=office&from='$(date +%%F)'&to='$(date -d +7days +%%F 2>/dev/null || date -v+7d +%%F)

        Ctrl-C stops everything.
        """
        .formatted(at.api(), at.sandbox(), options.logs(), at.signedIn());
  }
}
