package clinic.scheduling.confirmations;

import java.util.regex.Pattern;

/**
 * Words by which an answer might be about an end of messages, or of the visit, though it does not
 * plainly say so. Texts are plain ({@link OptOut#plain}).
 */
final class StopHints {
  /** Where a stop is a place, or a call on somebody. */
  private static final Pattern OTHERWISE =
      Pattern.compile(
          "\\b((bus|train|next|last|first|metro|subway) stops?|stops? (by|sign|light))\\b");

  private static final Pattern STRONG =
      Pattern.compile(
          "\\b(st[o0]p(s|ped|ping|all)?|unsub\\w*|opt(ed|ing)? ?out|quit|revoke\\w*|cancel\\w*|cease"
              + "|desist|harass\\w*|spam\\w*|wrong (number|person)|leave (me|us) alone|lose my number"
              + "|not interested|block(ed|ing)?|lawyer|attorney|(dar|den|de|da)(me)? de baja|baja"
              + "|basta|parar|deje?n?(me)? (de|en paz)|dejar de|detener|numero equivocado|acos\\w+"
              + "|no me interesa|equivocad[oa])\\b");

  private static final Pattern WEAK =
      Pattern.compile(
          "\\b(end|ends|ending|remove|delete|take (me|us|my \\w+) off|dont|do not|never|no more"
              + "|no longer|not want|tired|annoy\\w*|ya no|no (me|nos|quiero|deseo|mas|mand\\w*|envi\\w*)"
              + "|quit(e|en|a)(me)?|borr(e|en|a)(me)?|elimin(e|en|a)(me)?|nunca)\\b");

  private static final Pattern MESSAGES =
      Pattern.compile(
          "\\b(te?xt\\w*|messag\\w*|msgs?|sms|contact\\w*|notif\\w*|reminders?|alerts?|send\\w*|sent"
              + "|list|number|mensaj\\w*|escrib\\w*|envi\\w*|mand\\w*|recordatorios?|avisos?|lista"
              + "|numero|molest\\w*|llam\\w*|calls?|calling)\\b");

  /** A refusal of whatever our text asked for. */
  private static final Pattern NO = Pattern.compile("no|nope|no thanks|no thank you|no gracias");

  private StopHints() {}

  static boolean isIn(String plain) {
    String text = OTHERWISE.matcher(plain).replaceAll(" ");
    return STRONG.matcher(text).find()
        || NO.matcher(text).matches()
        || (WEAK.matcher(text).find() && MESSAGES.matcher(text).find());
  }
}
