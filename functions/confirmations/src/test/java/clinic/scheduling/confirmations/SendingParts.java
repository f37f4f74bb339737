package clinic.scheduling.confirmations;

import clinic.scheduling.canvas.PatientFingerprint;
import clinic.scheduling.canvas.fhir.Appointment;
import clinic.scheduling.canvas.fhir.CodeableConcept;
import clinic.scheduling.canvas.fhir.Coding;
import clinic.scheduling.canvas.fhir.Reference;
import clinic.scheduling.confirmations.DecideMessage.MessageDecision.SendChange;
import clinic.scheduling.confirmations.ReadVisitState.VisitState;
import clinic.scheduling.confirmations.contact.Contacts;
import clinic.scheduling.confirmations.contact.ReachableChannels;
import clinic.scheduling.confirmations.contact.ReadContactPoints.ContactPoints;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Mark;
import clinic.scheduling.confirmations.contact.ReadContactPoints.Point;
import clinic.scheduling.confirmations.message.Channel;
import clinic.scheduling.confirmations.message.MessageRequest;
import clinic.scheduling.confirmations.message.ReviewList;
import clinic.scheduling.confirmations.render.Samples;
import clinic.scheduling.confirmations.render.SimulatedTemplates;
import clinic.scheduling.core.Deadline;
import clinic.scheduling.core.Interval;
import clinic.scheduling.core.Phi;
import clinic.scheduling.core.ledger.Ledger;
import clinic.scheduling.core.ledger.Rows;
import clinic.scheduling.core.practice.Practice;
import clinic.scheduling.core.queue.DeferredMessages;
import clinic.scheduling.core.token.ManageToken;
import clinic.scheduling.core.token.SignedTokens;
import clinic.scheduling.core.visit.ChangeLog;
import clinic.scheduling.core.visit.LinkGenerations;
import clinic.scheduling.core.visit.ManageLink;
import clinic.scheduling.core.visit.ShortLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The real classes that send one message, on the given rows. The test answers in place of the
 * provider.
 */
final class SendingParts {
  private static final Phi<String> EMAIL = Phi.of("avery.canary@example.invalid");
  private static final Phi<String> NUMBER = Phi.of("+12065550142");
  private static final Instant START = Instant.parse("2026-12-01T17:00:00Z");

  final Ledger ledger;
  final ReviewList review;
  final DeliveryLedger deliveries;
  final MessageOrdering ordering;
  final MessageLimits limits;
  final ChangeLog changes;
  final SendOnce once;
  private final Contacts contacts;
  private final Clock clock;

  SendingParts(Rows rows, Practice practice, Clock clock, DeliverMessage provider) {
    this.clock = clock;
    SignedTokens tokens = SignedTokens.of("MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=", clock);
    ManageLink links =
        new ManageLink(
            Samples.SITE_URL,
            Samples.PUBLIC_URL,
            new ManageToken(tokens),
            new LinkGenerations(rows, clock),
            practice.tokens().manageDaysAfterVisit());
    ledger = new Ledger(rows, clock);
    review = new ReviewList(rows, clock);
    deliveries = new DeliveryLedger(ledger, rows, review, clock, () -> Duration.ofSeconds(45));
    changes = new ChangeLog(rows, clock);
    ordering = new MessageOrdering(rows, deliveries, changes, clock);
    limits = new MessageLimits(rows, practice, clock);
    contacts = new Contacts(rows, review, clock);
    once =
        new SendOnce(
            new ReachableChannels(contacts, practice),
            contacts,
            limits,
            ordering,
            deliveries,
            review,
            SimulatedTemplates.compose(
                new ShortLinks(links, tokens, rows), practice, clock, Samples.PUBLIC_URL),
            provider,
            new DeferredMessages(rows, clock),
            practice,
            clock);
  }

  /** An invocation that begins now and may take 15 seconds. */
  Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(15), clock);
  }

  /** Counts the message against the caps, so that the claim is the next write. */
  void count(MessageRequest request, Channel channel) {
    limits.count(
        channel,
        contacts.name(channel, channel == Channel.EMAIL ? EMAIL : NUMBER),
        false,
        request.row(channel));
  }

  /** A change of a visit whose patient agreed to both channels. */
  static SendChange change(MessageRequest request) {
    return change(request, "proposed");
  }

  static SendChange change(MessageRequest request, String status) {
    Appointment appointment =
        new Appointment(
            "Appointment",
            request.appointment(),
            null,
            null,
            status,
            CodeableConcept.of(new Coding("http://snomed.info/sct", "308335008", null)),
            null,
            null,
            List.of(Reference.to("Location", "5c1f0a52-7b0e-4c0e-9a51-2d1d6f3f9a01")),
            START.toString(),
            START.plusSeconds(1800).toString(),
            List.of());
    return new SendChange(
        request,
        new VisitState(
            appointment,
            Interval.of(START, Duration.ofMinutes(30)),
            PatientFingerprint.of(appointment),
            Samples.visit(START.toString(), Samples.AT_HARBOR),
            Samples.HARBOR,
            Samples.HARBOR,
            Phi.of(""),
            Samples.words("en"),
            new ContactPoints(
                List.of(new Point(EMAIL, Mark.AGREED)),
                List.of(new Point(NUMBER, Mark.AGREED)),
                Optional.empty(),
                false)),
        false,
        Optional.empty());
  }
}
