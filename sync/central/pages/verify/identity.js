// Whether a seal is for a person of this birth name and birth date: the twin of kiosk/domain/identity.py.

import { canonicalBytes } from "./canonical.js";
import { sha256 } from "./signature.js";

const HASH_BYTES = 10;
const KEPT = /[\p{L}\p{N}\p{Mc}]/u; // letters, digits and spacing marks

/** Whether the seal was made for this person; birthDate is "YYYY-MM-DD" with 00 for unknown parts, or "". */
export async function matchesIdentity(seal, birthName, birthDate) {
  const identity = canonicalBytes({ birth_date: birthDate, birth_name: foldedName(birthName) });
  const salted = new Uint8Array(seal.salt.length + identity.length);
  salted.set(seal.salt);
  salted.set(identity, seal.salt.length);
  const hash = (await sha256(salted)).subarray(0, HASH_BYTES);
  return hash.length === seal.identityHash.length && hash.every((byte, index) => byte === seal.identityHash[index]);
}

/** A name without case, accents, punctuation or spacing, in any script. */
export function foldedName(name) {
  const decomposed = [...name].map(caseFolded).join("").normalize("NFKD");
  return [...decomposed].filter((character) => KEPT.test(character)).join("").normalize("NFC");
}

/**
 * Unicode's full case folding of one character, which ECMAScript does not offer.
 *
 * Lower, upper and lower case again give it for every character but two: the dotless i of Turkish stays itself, and
 * Cherokee folds to its upper case.
 */
function caseFolded(character) {
  if (character === "\u0131") return character;
  if (/[\u13a0-\u13fd\uab70-\uabbf]/u.test(character)) return character.toUpperCase();
  return character.toLowerCase().toUpperCase().toLowerCase();
}

/**
 * The partial date of three typed fields: "" when all are empty, null when it is no date.
 *
 * A year alone and a year with a month are dates; a day needs its month.
 */
export function partialDate(day, month, year) {
  const [d, m, y] = [day, month, year].map((part) => part.trim());
  if (d === "" && m === "" && y === "") return "";
  if (!/^\d{4}$/.test(y) || !/^\d{0,2}$/.test(m) || !/^\d{0,2}$/.test(d)) return null;
  const [dayNumber, monthNumber, yearNumber] = [Number(d), Number(m), Number(y)];
  if (yearNumber < 1850 || (monthNumber === 0 && dayNumber !== 0)) return null;
  const first = new Date(Date.UTC(yearNumber, (monthNumber || 1) - 1, dayNumber || 1));
  if (first.getUTCMonth() + 1 !== (monthNumber || 1) || first.getUTCDate() !== (dayNumber || 1)) return null;
  return `${y}-${String(monthNumber).padStart(2, "0")}-${String(dayNumber).padStart(2, "0")}`;
}
