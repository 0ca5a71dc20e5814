// ECDSA P-256 with SHA-256 through the browser's own WebCrypto; signatures are the 64 bytes r||s.

import { fromBase64, toBase32 } from "./base32.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const ALGORITHM = { name: "ECDSA", hash: "SHA-256" };
const KEY_ID_LENGTH = 4;

/** Whether the browser lends its cryptography here: it does on https and on localhost only. */
export function canVerify() {
  return globalThis.crypto?.subtle !== undefined;
}

/** Whether this key signed these bytes; a key that is none has signed nothing. */
export async function isSignedBy(publicKey, signature, message) {
  try {
    const key = await crypto.subtle.importKey("spki", fromBase64(publicKey), CURVE, false, ["verify"]);
    return await crypto.subtle.verify(ALGORITHM, key, signature, message);
  } catch (error) {
    if (error instanceof DOMException) return false; // DataError, InvalidCharacterError: not a P-256 key in Base64
    throw error;
  }
}

/** The name of a key: the first four Base32 characters of SHA-256 over its DER. */
export async function keyIdOf(publicKey) {
  return toBase32(await sha256(fromBase64(publicKey))).slice(0, KEY_ID_LENGTH);
}

/** SHA-256. */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
