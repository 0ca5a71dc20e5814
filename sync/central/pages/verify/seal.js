// A seal taken apart, as docs/seal.md says; nothing in it is to be believed before its signature was checked.

import { fromBase32 } from "./base32.js";
import { fieldsOf } from "./cbor.js";

const MARK = "PREFTKT1";
const FORM = /^PREFTKT1\.([A-Z2-7]+)\.([A-Z2-7]{103})$/;
const LONGEST_SEAL = 4096;
const LATEST_MINUTE = 2n ** 32n;
const PLACES = ["kiosk", "keyId", "reference", "minutes", "procedure", "salt", "identityHash", "seq", "entryHash"];
const TYPES = ["string", "string", "string", "bigint", "string", "bytes", "bytes", "bigint", "bytes"];

/** The parts of a seal as scanned or typed, or null; spaces, case and what stands before # do not matter. */
export function readSeal(text) {
  const match = text.length > LONGEST_SEAL ? null : FORM.exec(bare(text));
  if (match === null) return null;
  const body = fromBase32(match[1]);
  const signature = fromBase32(match[2]);
  const fields = body && signature && fieldsOf(body);
  if (!fields || !haveTypes(fields)) return null;
  const seal = Object.fromEntries(PLACES.map((place, index) => [place, fields[index]]));
  if (seal.minutes < 0n || seal.minutes >= LATEST_MINUTE) return null;
  return {
    ...seal,
    receivedAt: new Date(Number(seal.minutes) * 60_000),
    signedText: match[0].slice(0, match[0].lastIndexOf(".")),
    signature,
  };
}

/** Whether a text begins as a seal does, whatever follows. */
export function hasMark(text) {
  return bare(text).startsWith(`${MARK}.`);
}

function bare(text) {
  return text.slice(text.lastIndexOf("#") + 1).replace(/\s+/gu, "").toUpperCase();
}

function haveTypes(fields) {
  const typeOf = (field) => (field instanceof Uint8Array ? "bytes" : typeof field);
  return fields.length === TYPES.length && fields.every((field, index) => typeOf(field) === TYPES[index]);
}
