// What the page says, in the reader's language; French is the source and the default.

export const SOURCE = "fr";
const LANGUAGE_NAME = "borne.language";
const USUAL_ZONE = "Europe/Paris";

/** The messages of all languages with one of them chosen. */
export class Wording {
  #messages;

  constructor(messages, language = SOURCE) {
    this.#messages = messages;
    this.language = language in messages ? language : SOURCE;
  }

  /** Codes of the languages with the names that their readers give them. */
  get languages() {
    return Object.entries(this.#messages).map(([code, words]) => ({ code, name: words.own_name }));
  }

  get direction() {
    return this.#messages[this.language].direction;
  }

  get isSource() {
    return this.language === SOURCE;
  }

  /** A message, with {names} replaced by values. */
  text(name, values = {}) {
    return filled(this.#messages[this.language][name], values);
  }

  /** The same message in French. */
  source(name, values = {}) {
    return filled(this.#messages[SOURCE][name], values);
  }

  /** A day in words. */
  day(instant, zone = USUAL_ZONE) {
    return this.#formatted(instant, { timeZone: zone, dateStyle: "long" });
  }

  /** Day and hour in words, in the legal time of a zone, and which time that is. */
  moment(instant, zone = USUAL_ZONE) {
    const said = this.#formatted(instant, { timeZone: zone, dateStyle: "full", timeStyle: "short", hourCycle: "h23" });
    return `${said} (${this.text(zone === USUAL_ZONE ? "paris_time" : "local_time")})`;
  }

  /**
   * The civil calendar and the digits of the paper, so that both can be compared.
   *
   * Where the browser knows no dates of a language it gets French ones, set apart from the text around them.
   */
  #formatted(instant, options) {
    const own = Intl.DateTimeFormat.supportedLocalesOf([this.#messages[this.language].locale])[0];
    const locale = own ?? this.#messages[SOURCE].locale;
    const said = new Intl.DateTimeFormat(`${locale}-u-ca-gregory-nu-latn`, options).format(instant);
    return own === undefined ? `\u2068${said}\u2069` : said;
  }
}

/** The language that this reader chose last time. */
export function rememberedLanguage() {
  try {
    return localStorage.getItem(LANGUAGE_NAME) ?? SOURCE;
  } catch {
    return SOURCE; // the browser grants no store
  }
}

/** Remember the language for the next time, where the browser lets us. */
export function rememberLanguage(language) {
  try {
    localStorage.setItem(LANGUAGE_NAME, language);
  } catch {
    return; // the browser grants no store: French again next time
  }
}

function filled(text, values) {
  return text.replace(/\{(\w+)\}/gu, (_, name) => values[name]);
}
