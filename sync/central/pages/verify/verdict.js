// The verdict on a seal: the twin of kiosk/journal/seal_verdict.py, with the same six names.

import { hasMark, readSeal } from "./seal.js";
import { isSignedBy, keyIdOf } from "./signature.js";

const CLOCK_TOLERANCE_MS = 10 * 60_000;

/** The verdict, with the seal that was read and since when its key is revoked. */
export async function judged(text, keys, now) {
  const seal = readSeal(text);
  if (seal === null) return { verdict: hasMark(text) ? "altered" : "not_a_seal", seal: null };
  const candidates = await keysOf(seal, keys);
  if (candidates.length === 0) return { verdict: "unknown_kiosk", seal };
  const signer = await signerOf(seal, candidates);
  if (signer === null) return { verdict: "altered", seal };
  const revokedAt = signer.revoked_at === null ? null : new Date(signer.revoked_at);
  if (revokedAt !== null && revokedAt <= now) return { verdict: "revoked_key", seal, revokedAt };
  const isFuture = seal.receivedAt - now > CLOCK_TOLERANCE_MS;
  return { verdict: isFuture ? "from_the_future" : "authentic", seal };
}

/** Whether the signature fits, so that what the seal says was said by the kiosk. */
export function isGenuine(verdict) {
  return ["authentic", "from_the_future", "revoked_key"].includes(verdict);
}

async function keysOf(seal, keys) {
  const found = [];
  for (const key of keys) {
    if (key.origin === seal.kiosk && (await keyIdOf(key.public_key)) === seal.keyId) found.push(key);
  }
  return found;
}

async function signerOf(seal, candidates) {
  const message = new TextEncoder().encode(seal.signedText);
  for (const key of candidates) {
    if (await isSignedBy(key.public_key, seal.signature, message)) return key;
  }
  return null;
}
