package clinic.scheduling.confirmations.events;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes keywords and sentences that ask us to stop sending messages (47 CFR 64.1200(a)(10)),
 * in each language of our messages. A sentence counts if it begins like such a request and has only
 * words that belong to one. For example, "stop texting me" counts, and "stop texting my husband"
 * does not. All texts have the form of {@link OptOut#normalize}.
 */
final class StopRequest {
  /** The keywords of the rule and of AWS, and keywords in Spanish that mean the same. */
  private static final Set<String> KEYWORDS =
      words(
          "stop stopall quit end revoke optout cancel unsubscribe remove arret td unsub cease desist"
              + " alto parar pare paren parad parense basta cancelar baja salir detener detente"
              + " detengan detengase detenganse deteneos desuscribir");

  /**
   * Keywords with a second meaning: they may be about the visit or, in the case of "salir", about
   * leaving the house. They count only in a text that consists of keywords.
   */
  private static final Set<String> AMBIGUOUS = words("cancel remove cancelar salir");

  private static final Set<String> COURTESIES =
      words(
          "please pls plz kindly just thanks thank you thx ty ok okay hi hello hey sir maam yes no it"
              + " this that all now everything immediately asap today right away already again me"
              + " sorry so much very bye goodbye team good morning afternoon evening"
              + " por favor porfavor porfa gracias hola ya ahora todo esto senor senora si"
              + " muchas mil disculpe disculpen perdon buenos buenas dias tardes noches");

  private static final Pattern POLITE =
      Pattern.compile("\\b(please|pls|plz|kindly|just|por favor|porfavor|porfa)\\b ?");
  private static final Pattern OPENING =
      Pattern.compile("^((yes|ok|okay|hi|hello|hey|so|and|well|sorry|hola|oye|ya|si|i said) )+");
  private static final Pattern CLOSING = Pattern.compile("( (thanks|thank you|thx|gracias))+$");

  private static final String ASK =
      "(?:(?:i |we )?(?:want|need|would like|wish|demand|request|ask|am asking|wanna)(?: you)?(?: to)? "
          + "|id like(?: you)?(?: to)? |(?:can|could|will|would) (?:you|u) "
          + "|you (?:must|should|need to|have to) )?";
  private static final String PIDO =
      "(?:(?:yo )?(?:quiero|quisiera|deseo|necesito|solicito|exijo|les pido|le pido)(?: que)? "
          + "|(?:pueden?|podrian?) |favor de )?";

  /** The person or number to remove from a list. */
  private static final String ME =
      "(?:me|us|(?:this|my) (?:(?:phone |cell |mobile )?number|phone|name|contact info))";

  private static final String TAKEN_OFF =
      "(?:removed|deleted|erased|taken (?:off|out)|unenroll?ed|unsubscribed?|opted out)";
  private static final String QUITAR =
      "(?:quit|borr|elimin|sac|saqu|remuev|remov|retir)(?:en|an|a|e|ar|er|ad|uen)?";

  /**
   * Forms of the Spanish subjunctive only. They mean "do not write", which is a request. Other
   * forms mean "they did not write", which is not a request.
   */
  private static final String ESCRIBAN =
      "(?:(?:mand|envi|contact|molest|acos|texte|mensaje)(?:e|en|es|eis)|escrib(?:a|an|as|ais))";

  private static final Pattern MESSAGE =
      Pattern.compile(
          "(?:te?xt|messag|msg|sms|send|writ|bother|spam|harass|remind|notif|alert|communicat"
              + "|mensaje|recordatorio|aviso|suscripcion)\\w*|contact(?:ing|ed|o)?"
              + "|(?:mand|envi|contact|molest|acos)(?:ar\\w*|ando)|escrib(?:ir\\w*|iendo)|"
              + ESCRIBAN);

  /**
   * A lookahead: the sentence mentions a list, database or service that a person may want to be
   * removed from.
   */
  private static final String OF_A_LIST =
      "(?= .*\\b(?:lists?|system|database|records|service|program|te?xt\\w*|messag\\w*|sms|reminders?)\\b)";

  /** Words that may surround a request without changing its meaning. */
  private static final Set<String> FILLER_WORDS =
      words(
          "a all any and again already anymore at asap automated automatic away be cell ever for forever"
              + " from further good immediately in it longer me mobile more my now number of off on"
              + " our phone receive receiving get getting right send such that the these this those"
              + " to u ur us with you your"
              + " a al aqui ahora celular con de el en ese esos esta estas este estos esas inmediatamente"
              + " jamas la las les lo los mas me mi mis nada ningun ninguno ninguna nos numero nunca otra"
              + " que recibir recibiendo seguir sigan sus su telefono todos todas tu tus vez vuelva"
              + " vuelvan ya y"
              + " out list lists system database records contacts mailing distribution service"
              + " program office clinic lista listas sistema base datos contactos registro servicio");

  /**
   * One way of asking for an end of messages. Only filler words and words about messages may follow
   * its beginning.
   *
   * @param head how the sentence begins
   * @param needsMessages whether at least one word after the beginning has to be about messages
   */
  private record Form(Pattern head, boolean needsMessages) {
    Form(String head, boolean needsMessages) {
      this(Pattern.compile("^(?:" + head + ")(?: |$)"), needsMessages);
    }
  }

  private static final List<Form> FORMS =
      List.of(
          new Form(
              ASK
                  + "(?:stop|quit|end|cease and desist|cease|discontinue|halt|block|disable"
                  + "|cancel(?! (?:at|by|for|from|in|on|to|with)\\b)"
                  + "|deactivate|(?:turn|switch|shut)(?= (?:.* )?off\\b))",
              true),
          new Form(
              ASK
                  + "(?:do not|dont|never|not)(?: ever)? (?:text|txt|message|msg|contact|(?:bother|spam|harass) (?:me|us)"
                  + "|send (?:me |us )?anything)",
              false),
          new Form(ASK + "(?:do not|dont|never|not)(?: ever)? (?:send|write)", true),
          new Form(
              "(?:i |we )?(?:do not|dont|no longer|never)(?: (?:want|wish|agree|consent|need(?! (?:a|an|the|this|another)\\b)))"
                  + "(?! to (?!(?:be|receive|receiving|get|have|see)\\b))"
                  + "(?: to)?(?: be)?(?: receive| get| have| see)?",
              true),
          new Form("no more", true),
          new Form("(?:text |reply )?stop to (?:opt out|unsubscribe|stop|end|quit)", false),
          new Form(ASK + "(?:remove|delete|erase) " + ME, false),
          new Form(
              ASK + "(?:take|get|pull|strike|cross) " + ME + " (?:off|out of|from)" + OF_A_LIST,
              false),
          new Form(ASK + "(?:drop|keep) " + ME + " (?:off|out of|from)" + OF_A_LIST, false),
          new Form(ASK + "(?:be|get|(?:have )?" + ME + "(?: to be)?) " + TAKEN_OFF, false),
          new Form(ASK + "(?:i am |im |am )?(?:opt|opting|opted)(?: me| us)? out", false),
          new Form(
              ASK + "(?:optout|unsubscribe|unsub|(?:un|dis)enroll?|unregister)(?: " + ME + ")?",
              false),
          new Form(
              "(?:i |we )?(?:hereby )?(?:revoke|withdraw|rescind) (?:my |all |any )?(?:consent|permission|authorization)",
              false),
          new Form("leave (?:me|us) alone|lose my number", false),
          new Form(
              PIDO + "(?:dej(?:a|ar|ad|e|en|es)|par(?:a|ar|ad|e|en|es)|basta|alto) (?:de|con)",
              true),
          new Form(
              PIDO
                  + "(?:(?:par|deten|deteng|suspend|cancel|desactiv|apagu?)(?:an|ar|ad|e|en|er|es|ed)"
                  + "|(?:deteng|suspend|cancel|desactiv|apag)a)"
                  + " (?:los|las|el|la|sus|mis?|tod[oa]s|est[oa]s)",
              true),
          new Form(
              "(?:ya |yo )*no (?:(?:quiero|deseo|quisiera|necesito)(?! (?:mand|envi|contact|molest|escrib)\\w*r)"
                  + "|acepto|autorizo|vuelvan?|sigan|mas|(?:me|nos)(?= (?:vuelvan?|sigan|"
                  + ESCRIBAN
                  + ")\\b(?! a (?!escrib|mand|envi|contact|molest))))",
              true),
          new Form(PIDO + "(?:me quiero dar|me den|darme|denme|deme|dame|dar) de baja", false),
          new Form(
              PIDO
                  + String.format(
                      "(?:%1$s(?:me|nos)|me (?:pueden? |podrian? )?%1$s|%1$s (?:mi|este) (?:numero|nombre|telefono|contacto))",
                      QUITAR),
              false),
          new Form("(?:dejen|deje|deja)me en paz|dejenme tranquil[oa]", false),
          new Form("(?:yo )?(?:revoco|retiro) mi (?:consentimiento|permiso|autorizacion)", false));

  private StopRequest() {}

  /**
   * Whether the text consists of keywords only. Polite words may be added if at least one keyword
   * has no second meaning.
   */
  static boolean isUnambiguousKeyword(String plain) {
    List<String> words = List.of(joinOptOut(plain).split(" "));
    return KEYWORDS.containsAll(words)
        || (isKeywordsOnly(plain)
            && words.stream()
                .anyMatch(word -> KEYWORDS.contains(word) && !AMBIGUOUS.contains(word)));
  }

  /**
   * Whether the text consists of keywords and polite words. The keywords may have a second meaning.
   */
  static boolean isKeywordsOnly(String plain) {
    List<String> words = List.of(joinOptOut(plain).split(" "));
    return words.stream().anyMatch(KEYWORDS::contains)
        && words.stream().allMatch(word -> KEYWORDS.contains(word) || COURTESIES.contains(word));
  }

  /** Whether the sentence asks for an end of messages. */
  static boolean isRequest(String plain) {
    String sentence = withoutCourtesies(plain);
    return FORMS.stream().anyMatch(form -> matches(form, sentence));
  }

  /**
   * Whether a question asks for an end of messages. For example, "can you stop texting me?" does,
   * and "stop texting me?" does not.
   */
  static boolean isRequestAsQuestion(String plain) {
    return withoutCourtesies(plain)
            .matches("(can|could|will|would) (you|u) .*|(me )?(puede|podria)n? .*")
        && isRequest(plain);
  }

  private static boolean matches(Form form, String sentence) {
    Matcher head = form.head().matcher(sentence);
    if (!head.find()) {
      return false;
    }
    List<String> rest =
        Arrays.stream(sentence.substring(head.end()).split(" "))
            .filter(word -> !word.isEmpty())
            .toList();
    return rest.stream().allMatch(word -> FILLER_WORDS.contains(word) || isAboutMessages(word))
        && (!form.needsMessages() || rest.stream().anyMatch(StopRequest::isAboutMessages));
  }

  private static boolean isAboutMessages(String word) {
    return MESSAGE.matcher(word).matches();
  }

  private static String withoutCourtesies(String plain) {
    String polite = POLITE.matcher(withoutTypos(plain)).replaceAll("").strip();
    return CLOSING.matcher(OPENING.matcher(polite).replaceAll("")).replaceAll("").strip();
  }

  private static String joinOptOut(String plain) {
    return withoutTypos(plain)
        .replaceAll("\\bopt (me )?out\\b", "optout")
        .replace("stop all", "stopall");
  }

  /** The text with typing errors in STOP and UNSUBSCRIBE corrected. */
  private static String withoutTypos(String plain) {
    return plain
        .replaceAll("\\b(s+t+[o0]+p+|st?po|sotp|tsop)\\b", "stop")
        .replaceAll("\\b(un?su[bs]{1,2}cri[bv]ed?|unsubcribe|unsubscirbe)\\b", "unsubscribe");
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.split(" ")));
  }
}
