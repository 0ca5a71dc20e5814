// The page's steps: words, keys, a seal from the address, the form or the camera, its verdict, and whose it is.

import { Camera, canScan } from "./camera.js";
import { matchesIdentity, partialDate } from "./identity.js";
import { currentKeys, keptList } from "./key_list.js";
import { canVerify } from "./signature.js";
import { judged } from "./verdict.js";
import * as view from "./view.js";
import { rememberedLanguage, rememberLanguage, Wording } from "./wording.js";

const { part } = view;

class Page {
  #messages;
  #catalogue;
  #wording;
  #keys = { list: null, isRefused: false };
  #refreshed = null; // settles when the network gave or refused a list
  #text = null; // what is being checked
  #judged = null;
  #outcome = "";
  #camera = new Camera(part("video"));

  constructor(messages, catalogue) {
    this.#messages = messages;
    this.#catalogue = catalogue;
    this.#wording = new Wording(messages, rememberedLanguage());
  }

  async open() {
    view.paintLanguages(this.#wording);
    view.paintWords(this.#wording);
    this.#listen();
    if (await canScan()) this.#offerScanning();
    if (!canVerify()) return this.#paint();
    this.#keys = { list: await keptList(), isRefused: false };
    this.#refreshed = this.#refreshKeys();
    return this.#checkAddress();
  }

  #listen() {
    part("language").addEventListener("change", (event) => this.#choose(event.target.value));
    part("paste").addEventListener("submit", (event) => this.#submitted(event, () => this.#pasted()));
    part("person").addEventListener("submit", (event) => this.#submitted(event, () => this.#compare()));
    part("scan").addEventListener("click", () => this.#scan());
    part("stop").addEventListener("click", () => this.#stopScanning());
    part("another").addEventListener("click", () => this.#startAgain());
    globalThis.addEventListener("hashchange", () => this.#checkAddress());
  }

  /** A form of this page asks the page itself and never the server. */
  #submitted(event, answer) {
    event.preventDefault();
    return answer();
  }

  #choose(language) {
    rememberLanguage(language);
    this.#wording = new Wording(this.#messages, language);
    view.paintWords(this.#wording);
    this.#paint();
  }

  // Keys ------------------------------------------------------------------------------------------------------------

  async #refreshKeys() {
    const fresh = await currentKeys();
    this.#keys = { list: fresh.list ?? this.#keys.list, isRefused: fresh.isRefused };
    if (this.#judged !== null) await this.#check(this.#text);
    else this.#paint();
  }

  // A seal ----------------------------------------------------------------------------------------------------------

  async #checkAddress() {
    const text = location.hash.slice(1);
    if (text !== "") await this.#check(text);
    else this.#paint();
  }

  async #pasted() {
    if (part("code").value.trim() === "") return part("code").focus();
    await this.#check(part("code").value);
    return part("verdict-title").focus();
  }

  async #check(text) {
    if (!canVerify()) return this.#paint();
    if (text !== this.#text) this.#forgetPerson();
    this.#text = text;
    if (this.#keys.list === null) {
      part("spoken").textContent = this.#wording.text("checking");
      await this.#refreshed;
    }
    if (this.#keys.list === null) return this.#paint();
    const verdict = await judged(text, this.#keys.list.keys, new Date());
    if (text !== this.#text) return null; // another one was asked for meanwhile
    this.#judged = verdict;
    part("spoken").textContent = view.spokenVerdict(this.#wording, verdict);
    return this.#paint();
  }

  #startAgain() {
    history.replaceState(null, "", location.pathname);
    this.#text = null;
    this.#judged = null;
    this.#forgetPerson();
    part("paste").reset();
    part("spoken").textContent = "";
    this.#paint();
    part("title").focus();
  }

  // The camera ------------------------------------------------------------------------------------------------------

  #offerScanning() {
    part("scan").hidden = false;
    part("check").classList.replace("primary", "secondary");
  }

  async #scan() {
    this.#showCamera(true);
    part("stop").focus();
    try {
      const text = await this.#camera.read();
      this.#showCamera(false);
      if (text === "") return part("scan").focus();
      await this.#check(text);
      return part("verdict-title").focus();
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      this.#showCamera(false);
      part("camera-problem").hidden = false;
      return part("code").focus();
    }
  }

  #stopScanning() {
    this.#camera.stop();
  }

  #showCamera(isOn) {
    part("camera").hidden = !isOn;
    part("scan").hidden = isOn;
    part("camera-problem").hidden = true;
  }

  // The person ------------------------------------------------------------------------------------------------------

  async #compare() {
    const date = partialDate(part("day").value, part("month").value, part("year").value);
    const name = part("birth-name").value;
    for (const id of ["day", "month", "year"]) part(id).setAttribute("aria-invalid", String(date === null));
    if (date === null) return this.#say("wrong_date");
    if (name.trim() === "" && date === "") return this.#say("nothing_typed");
    return this.#say((await matchesIdentity(this.#judged.seal, name, date)) ? "matches" : "differs");
  }

  #say(outcome) {
    this.#outcome = outcome;
    view.paintComparison(this.#wording, outcome);
  }

  #forgetPerson() {
    part("person").reset();
    this.#say("");
  }

  #paint() {
    view.paintKeys(this.#wording, this.#keys.list, this.#keys.isRefused, canVerify());
    view.showOnly(this.#judged === null ? "start" : "result");
    if (this.#judged !== null) view.paintVerdict(this.#wording, this.#judged, this.#catalogue);
    view.paintComparison(this.#wording, this.#outcome);
    document.body.dataset.ready = "";
  }
}

async function shipped(name) {
  return (await fetch(new URL(name, import.meta.url))).json();
}

/** Keep the page for when there is no network; last, so that it never delays a verdict. */
async function keepForLater() {
  try {
    await navigator.serviceWorker?.register(new URL("service_worker.js", import.meta.url), {
      scope: new URL("..", import.meta.url).pathname,
      updateViaCache: "none",
    });
  } catch (error) {
    if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
    console.info(`not kept for later: ${error.name}`); // a private window may forbid it; the page works all the same
  }
}

const [messages, catalogue] = await Promise.all([shipped("messages.json"), shipped("catalogue.json")]);
await new Page(messages, catalogue).open();
await keepForLater();
