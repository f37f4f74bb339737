package clinic.scheduling.confirmations;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Sentences that ask for an end of messages, in each language that messages are written in. A
 * sentence is one if it begins like one and goes on with nothing but words that belong to it, so
 * that "stop texting me" is one and "stop texting my husband" is not. All texts are plain ({@link
 * OptOut#plain}).
 */
final class StopRequest {
  /** Of the rule, of AWS, and the same in Spanish. */
  private static final Set<String> KEYWORDS =
      words(
          "stop stopall quit end revoke optout cancel unsubscribe remove arret td unsub cease desist"
              + " alto parar pare paren basta cancelar baja salir detener detengan desuscribir");

  /** Those that can mean nothing else at the head of a longer answer. */
  private static final Set<String> FIRM = words("stop stopall unsubscribe optout unsub revoke");

  private static final Set<String> COURTESIES =
      words(
          "please pls plz kindly just thanks thank you thx ty ok okay hi hello hey sir maam yes no it"
              + " this that all now everything immediately asap today right away already again me"
              + " por favor porfavor porfa gracias hola ya ahora todo esto senor senora si");

  private static final Pattern POLITE =
      Pattern.compile("\\b(please|pls|plz|kindly|just|por favor|porfavor|porfa)\\b ?");
  private static final Pattern OPENING =
      Pattern.compile("^((yes|ok|okay|hi|hello|hey|so|and|well|hola|oye|ya|si|i said) )+");
  private static final Pattern CLOSING = Pattern.compile("( (thanks|thank you|thx|gracias))+$");

  private static final String ASK =
      "(?:(?:i |we )?(?:want|need|would like|wish|demand|request|ask|am asking|wanna)(?: you)?(?: to)? "
          + "|id like(?: you)?(?: to)? |(?:can|could|will|would) (?:you|u|i|we) "
          + "|you (?:must|should|need to|have to) )?";
  private static final String PIDO =
      "(?:(?:yo )?(?:quiero|quisiera|deseo|necesito|solicito|exijo|les pido|le pido)(?: que)? "
          + "|(?:pueden?|podrian?) |favor de )?";

  private static final Set<String> MESSAGES =
      words(
          "text texts texting txt txts message messages messaging msg msgs sms sending contacting"
              + " contact writing bothering spamming harassing texted messaged contacted reminder"
              + " reminders notification notifications alert alerts communication communications spam"
              + " anything"
              + " mensaje mensajes texto textos recordatorio recordatorios notificacion notificaciones"
              + " aviso avisos mandar mandarme mandarnos mandando enviar enviarme enviarnos enviando"
              + " escribir escribirme escribirnos escribiendo contactar contactarme contactarnos"
              + " molestar molestarme molestando textear textearme acosarme mensajear mensajearme"
              + " suscripcion mande manden mandes envie envien envies escriba escriban escribas"
              + " contacte contacten contactes moleste molesten molestes");

  /** What may stand around them without changing the meaning. */
  private static final Set<String> AROUND =
      words(
          "a all any and again already anymore at asap automated automatic away be cell ever for forever"
              + " from further good immediately in it longer me mobile more my now number of off on"
              + " our phone receive receiving get getting right send such that the these this those"
              + " to today u ur us with you your"
              + " a al aqui ahora celular con de el en ese esos esta estas este estos esas inmediatamente"
              + " jamas la las les lo los mas me mi mis nada ningun ninguno ninguna nos numero nunca otra"
              + " que recibir recibiendo seguir sigan sus su telefono todos todas tu tus vez vuelva"
              + " vuelvan ya y");

  private static final Set<String> LIST =
      words(
          "from off out of your the this any all these list lists system database records contacts"
              + " mailing distribution text texts message messages sms now immediately again"
              + " de su sus la las el tu esta este lista listas sistema base datos contactos registro"
              + " servicio mensajes ya");

  /**
   * @param head how it begins
   * @param rest the words that may follow
   * @param needsMessages whether one of them has to be about messages
   */
  private record Form(Pattern head, Set<String> rest, boolean needsMessages) {
    Form(String head, Set<String> rest, boolean needsMessages) {
      this(Pattern.compile("^(?:" + head + ")(?: |$)"), rest, needsMessages);
    }
  }

  private static final Set<String> TALK = union(MESSAGES, AROUND);

  private static final List<Form> FORMS =
      List.of(
          new Form(
              ASK + "(?:stop|quit|end|cease and desist|cease|discontinue|halt|cancel|block)",
              TALK,
              true),
          new Form(
              ASK
                  + "(?:do not|dont|never|not)(?: ever)? (?:text|txt|message|msg|contact|bother|spam)",
              TALK,
              false),
          new Form(ASK + "(?:do not|dont|never|not)(?: ever)? (?:send|write)", TALK, true),
          new Form(
              "(?:i |we )?(?:do not|dont|no longer|never)(?: (?:want|wanna|wish|need|like|agree|consent))"
                  + "(?: to)?(?: be)?(?: receive| get| have| see)?",
              TALK,
              true),
          new Form("no more", TALK, true),
          new Form("(?:text |reply )?stop to (?:opt out|unsubscribe|stop|end|quit)", TALK, false),
          new Form(
              ASK
                  + "(?:remove|delete|take|drop|erase) (?:me|us|this number|my (?:(?:phone |cell )?number|name|contact))",
              LIST,
              false),
          new Form(ASK + "(?:i am |im |am )?(?:opt|opting|opted)(?: me| us)? out", TALK, false),
          new Form(ASK + "(?:optout|unsubscribe|unsub|unsuscribe)", TALK, false),
          new Form(
              "(?:i |we )?(?:hereby )?(?:revoke|withdraw|rescind) (?:my |all |any )?(?:consent|permission|authorization)",
              TALK,
              false),
          new Form("leave (?:me|us) alone|lose my number", words("now"), false),
          new Form(
              PIDO
                  + "(?:dejen?|deja|dejes|dejar|paren?|parar|para|basta|alto|detengan?|suspendan?|cancelen?|cancelar)"
                  + " (?:de|con|los|el|sus|mi|la|todos)",
              TALK,
              true),
          new Form(
              "(?:ya |yo )*no (?:quiero|deseo|quisiera|necesito|acepto|autorizo|me|nos|vuelvan?|sigan|mas)",
              TALK,
              true),
          new Form(
              PIDO + "(?:me quiero dar|me den|darme|denme|deme|dame|dar) de baja", LIST, false),
          new Form(
              PIDO
                  + "(?:(?:quit|borr|elimin|sac|remuev|retir)(?:en|an|a|e|ar|uen)?(?:me)?|saquenme|saquen)"
                  + "(?: mi (?:numero|nombre|telefono|contacto))?",
              LIST,
              false),
          new Form("(?:dejen|deje|deja)me en paz|dejenme tranquil[oa]", words("ya"), false),
          new Form(
              "(?:yo )?(?:revoco|retiro) mi (?:consentimiento|permiso|autorizacion)", TALK, false));

  private StopRequest() {}

  /** Whether these are nothing but words that stop, with courtesies. */
  static boolean isKeyword(String plain) {
    List<String> words = List.of(joined(plain).split(" "));
    return words.stream().anyMatch(StopRequest::stops)
        && words.stream().allMatch(word -> stops(word) || COURTESIES.contains(word));
  }

  /** The same at the head of a longer answer, by a word that means nothing else. */
  static boolean isFirm(String plain) {
    List<String> words = List.of(joined(plain).split(" "));
    return isKeyword(plain) && words.stream().anyMatch(word -> FIRM.contains(spelt(word)));
  }

  /** Whether the sentence asks for it. */
  static boolean isSaid(String plain) {
    String bare = bare(plain);
    return FORMS.stream().anyMatch(form -> matches(form, bare));
  }

  /**
   * The same of a question: "can you stop texting me?" asks for it, "stop texting me?" does not.
   */
  static boolean isAsked(String plain) {
    return bare(plain).matches("(can|could|will|would) (you|u) .*|(puede|podria)n? .*")
        && isSaid(plain);
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
    return form.rest().containsAll(rest)
        && (!form.needsMessages() || rest.stream().anyMatch(MESSAGES::contains));
  }

  private static String bare(String plain) {
    String polite = POLITE.matcher(plain).replaceAll("").strip();
    return CLOSING.matcher(OPENING.matcher(polite).replaceAll("")).replaceAll("").strip();
  }

  private static String joined(String plain) {
    return plain.replaceAll("\\bopt (me )?out\\b", "optout").replace("stop all", "stopall");
  }

  private static boolean stops(String word) {
    return KEYWORDS.contains(spelt(word));
  }

  /** A word that is STOP or UNSUBSCRIBE but for a slip of the finger. */
  private static String spelt(String word) {
    if (word.matches("s+t+[o0]+p+|st?po|sotp|tsop")) {
      return "stop";
    }
    return word.matches("un?su[bs]{1,2}cri[bv]ed?|unsubcribe|unsubscirbe") ? "unsubscribe" : word;
  }

  private static Set<String> words(String text) {
    return Set.copyOf(Arrays.asList(text.split(" ")));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    return Stream.concat(one.stream(), other.stream()).collect(Collectors.toUnmodifiableSet());
  }
}
