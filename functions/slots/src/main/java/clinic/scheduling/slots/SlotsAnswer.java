package clinic.scheduling.slots;

import clinic.scheduling.core.Instants;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.token.SlotToken;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The JSON of {@code GET /slots}: one page of offers, each with its signed {@link SlotToken}. */
@Singleton
class SlotsAnswer {
  private final Practice practice;
  private final SignedTokens tokens;
  private final Clock clock;

  SlotsAnswer(Practice practice, SignedTokens tokens, Clock clock) {
    this.practice = practice;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * @throws clinic.scheduling.core.http.Problem.ProblemException if we did not sign the cursor for
   *     this query
   */
  ObjectNode of(SlotQuery query, SlotSearch.Result found) {
    List<Offer> rest = PageCursor.after(query, found.offers(), tokens);
    List<Offer> page = rest.subList(0, Math.min(query.limit(), rest.size()));
    Instant minute = nextWholeMinute();
    Instant expires = minute.plus(Duration.ofMinutes(practice.tokens().slotMinutes()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode slots = answer.putArray("slots");
    page.forEach(offer -> slots.add(slot(offer, query, expires)));
    if (rest.size() > page.size()) {
      answer.put("next", PageCursor.signedAfter(query, page.get(page.size() - 1), tokens, minute));
    } else {
      answer.putNull("next");
    }
    ArrayNode unavailable = answer.putArray("unavailable");
    found
        .unavailable()
        .forEach(
            one ->
                unavailable
                    .addObject()
                    .put("practitioner", one.practitioner())
                    .put("reason", one.reason().word()));
    return answer;
  }

  /**
   * The next whole minute, or the present time if it is a whole minute. The lifetime of tokens
   * begins at this time, so that equal answers within a minute have equal bytes.
   */
  private Instant nextWholeMinute() {
    Instant now = clock.instant();
    Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(now) ? now : minute.plus(1, ChronoUnit.MINUTES);
  }

  private ObjectNode slot(Offer offer, SlotQuery query, Instant expires) {
    ZoneId zone = query.zone().orElse(offer.clinician().location().zone());
    ObjectNode slot = JsonNodeFactory.instance.objectNode();
    slot.put("slot", token(offer, query).signedBy(tokens, expires));
    slot.put("start", Instants.text(offer.time().start(), zone));
    slot.put("end", Instants.text(offer.time().end(), zone));
    slot.put("durationMinutes", query.minutes());
    slot.put("visit", query.visit().id());
    slot.putObject("practitioner")
        .put("id", offer.practitioner())
        .put("name", offer.clinician().practitioner().name());
    slot.putObject("location")
        .put("id", offer.location())
        .put("name", offer.clinician().location().name());
    slot.put("modality", query.visit().modality().word());
    return slot;
  }

  private static SlotToken token(Offer offer, SlotQuery query) {
    return new SlotToken(
        offer.clinician().schedule(),
        offer.clinician().practitioner().canvasId(),
        offer.location(),
        query.visit().id(),
        offer.start(),
        query.minutes());
  }
}
