// Painting: one value in, the whole page out. Texts go in as text, never as markup.

import { isGenuine } from "./verdict.js";

const USUAL_ZONE = "Europe/Paris";

/** The element of an id. */
export function part(id) {
  return document.getElementById(id);
}

/** Put every fixed text of the page in the chosen language. */
export function paintWords(wording) {
  document.documentElement.lang = wording.language;
  document.documentElement.dir = wording.direction;
  document.title = wording.text("title");
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = wording.text(element.dataset.text);
  }
  part("permit-translated").hidden = wording.isSource;
}

/** Fill the list of languages. */
export function paintLanguages(wording) {
  const options = wording.languages.map(({ code, name }) => {
    const option = new Option(name, code, false, code === wording.language);
    option.lang = code;
    return option;
  });
  part("language").replaceChildren(...options);
}

/** Show the start or the result, nothing else. */
export function showOnly(id) {
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== id;
}

/** Show a verdict with what the seal says, where the signature lets it be believed. */
export function paintVerdict(wording, judged, catalogue) {
  const values = { date: judged.revokedAt ? wording.day(judged.revokedAt) : "" };
  part("verdict").dataset.verdict = judged.verdict;
  part("verdict-title").textContent = wording.text(judged.verdict);
  part("verdict-more").textContent = wording.text(`${judged.verdict}_more`, values);
  part("verdict-source").firstElementChild.textContent = wording.source(judged.verdict);
  part("verdict-source").hidden = wording.isSource;
  part("facts").hidden = part("copies").hidden = !isGenuine(judged.verdict);
  if (isGenuine(judged.verdict)) paintFacts(wording, judged.seal, catalogue);
  part("person").hidden = !["authentic", "from_the_future"].includes(judged.verdict);
}

/** What a screen reader says of a verdict; it ends as everything here ends. */
export function spokenVerdict(wording, judged) {
  const more = { date: judged.revokedAt ? wording.day(judged.revokedAt) : "" };
  const texts = [wording.text(judged.verdict), wording.text(`${judged.verdict}_more`, more), wording.text("not_a_permit")];
  return texts.map((text) => text.replace(/[.。।]$/u, "")).join(". ");
}

/** Say whether the person matches, or what to type; "" says nothing. */
export function paintComparison(wording, outcome) {
  part("comparison").dataset.outcome = outcome;
  part("comparison-text").textContent = outcome === "" ? "" : wording.text(outcome);
}

/** Say how old the list of keys is, or that there is none. */
export function paintKeys(wording, list, isRefused, isSecure) {
  const problem = keyProblem(list, isRefused, isSecure);
  part("problem").hidden = problem === null;
  part("problem").textContent = problem === null ? "" : wording.text(problem);
  part("keys-as-of").textContent =
    list === null ? "" : wording.text("keys_as_of", { date: wording.day(new Date(list.issued_at)) });
}

function keyProblem(list, isRefused, isSecure) {
  if (!isSecure) return "needs_https";
  if (isRefused) return "keys_refused";
  return list === null ? "no_keys" : null;
}

function paintFacts(wording, seal, catalogue) {
  const departement = seal.kiosk.split("-")[0];
  const place = catalogue.departements[departement];
  part("fact-reference").textContent = seal.reference;
  part("fact-kiosk").textContent = place ? `${seal.kiosk} · ${place}` : seal.kiosk;
  part("fact-received").textContent = wording.moment(seal.receivedAt, catalogue.zones[departement] ?? USUAL_ZONE);
  part("fact-received").dataset.minute = seal.receivedAt.toISOString();
  part("fact-procedure").textContent = catalogue.procedures[seal.procedure] ?? seal.procedure;
  part("fact-code").textContent = seal.procedure in catalogue.procedures ? seal.procedure : "";
}
