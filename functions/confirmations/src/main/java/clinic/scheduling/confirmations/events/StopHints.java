package clinic.scheduling.confirmations.events;

import java.util.regex.Pattern;

/**
 * Finds words that may ask to end messages or to cancel the visit, but do not say so clearly. A
 * person has to read an answer with such words. All texts have the form of {@link
 * OptOut#normalize}.
 */
final class StopHints {
  /** Uses of "stop" that mean a place or a short visit. */
  private static final Pattern OTHER_STOPS =
      Pattern.compile(
          "\\b((bus|train|next|last|first|metro|subway) stops?|stops? (by|sign|light))\\b");

  /** If an answer contains one of these, a person reads it. */
  private static final Pattern STRONG =
      Pattern.compile(
          "\\b(st[o0]p(s|ped|ping|all)?|unsub\\w*|opt(ed|ing)? ?out|quit|revoke\\w*|cancel\\w*|cease"
              + "|desist|harass\\w*|spam\\w*|wrong (number|person)|leave (me|us) alone|lose my number"
              + "|not interested|block(ed|ing)?|lawyer|attorney|(dar|den|de|da)(me)? de baja|baja"
              + "|basta|parar|deje?n?(me)? (de|en paz)|dejar de|detener|numero equivocado|acos\\w+"
              + "|no me interesa|equivocad[oa]"
              // A refusal that does not say what is refused.
              + "|(not|dont|didnt|never|longer) (consent|agree|authori[sz]e|ask|sign(ed)? up|subscribe|g[ia]ve (\\w+ )?permission)\\w*"
              + "|(not|dont|didnt|never|longer) (want|need|like) (this|these|those|them|any|it)"
              + "|not (to )?(get|receive)|no (consiento|autorizo|acepto|doy|di)"
              + "|no (quiero|necesito|deseo) (nada|es[oa]s?|est[aeo]s?)"
              + "|(remove|delete|erase) (me|us|my (number|name))|(un|dis)enrol\\w*"
              + "|(end|drop|remove|delete) (my|the|this) (appointment|appt|visit)"
              + "|(turn|switch|shut) (it|this|that|these|those|them) off"
              + "|(take|get|keep) (me|us|my \\w+) (off( of)?|out of)( (this|that|the|your|any)|$)"
              + "|off (of )?(this|that|the|your|any) (wait ?)?list"
              + "|unwanted|unsolicited|(how|where) did (you|u) get (my|this)"
              + "|(no longer|not|ya no soy|no soy)( an?| your| su| un)? (patient|paciente)"
              // The patient prefers another channel, or wants no messages at all.
              + "|(prefer|rather|prefiero) (\\w+ ){0,3}(e ?mails?|correo)"
              + "|(e ?mail|call|phone) (me |us )?(instead|only)"
              + "|go away|shut up|(piss|buzz|back|fuck) off|not disturb|dnd)\\b");

  /** These count only if the answer also has a word about messages. */
  private static final Pattern WEAK =
      Pattern.compile(
          "\\b(end|ends|ending|remove|delete|take (me|us|my \\w+) off|dont|do not|never|no more"
              + "|no longer|not want|tired|annoy\\w*|ya no|no (me|nos|quiero|deseo|mas|mand\\w*|envi\\w*)"
              + "|(quit|borr|elimin|sac|saqu)(a|e|en|ar|ad)(me)?|nunca|sin|nada de|desactiv\\w*|apag\\w*"
              + "|removed|deleted|disabl\\w*|deactivat\\w*|mut(e|ed|ing)|paus\\w*|silenc\\w*"
              + "|(turn|switch|shut)\\w* (\\w+ ){0,3}off|too (many|much)|why (are|do) (you|u)|why am i"
              + "|have to (get|receive|see)|demasiad[oa]s|por que me"
              + "|(prefer|rather|prefiero)\\b.*\\b(not?|than|over|instead)"
              + "|no (te?xts?|messages?|sms|reminders?|alerts?|notifications?|mensajes|recordatorios))\\b");

  private static final Pattern MESSAGES =
      Pattern.compile(
          "\\b(te?xt\\w*|bother\\w*|messag\\w*|msgs?|sms|contact\\w*|notif\\w*|reminders?|alerts?|send\\w*|sent"
              + "|list|number|mensaj\\w*|escrib\\w*|envi\\w*|mand\\w*|recordatorios?|avisos?|lista"
              + "|numero|molest\\w*|llam\\w*|calls?|calling)\\b");

  /** A text that only says no, to whatever our message asked or said. */
  private static final Pattern PLAIN_REFUSAL =
      Pattern.compile(
          "(please |por favor )?(no|nope|nah|no more|enough|never|no mas|ya no|nunca|para|dont)"
              + "( (thanks|thank you|please|pls|gracias|por favor))*");

  private StopHints() {}

  static boolean isIn(String plain) {
    String text = OTHER_STOPS.matcher(plain).replaceAll(" ");
    return STRONG.matcher(text).find()
        || PLAIN_REFUSAL.matcher(text).matches()
        || (WEAK.matcher(text).find() && MESSAGES.matcher(text).find());
  }
}
