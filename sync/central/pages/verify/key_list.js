// The centre's signed list of keys: fetched, checked against the pinned key of the centre, kept for when no network is.

import { fromBase64 } from "./base32.js";
import { canonicalBytes } from "./canonical.js";
import { isSignedBy } from "./signature.js";

const LIST_NAME = "borne.keys";
const PIN_NAME = "borne.centre";
const DEADLINE_MS = 6_000;

/**
 * The best list at hand, or null when there is none, and whether one was refused.
 *
 * A list that the pinned key did not sign, and a list older than the one that is kept (it might hide a revocation),
 * are refused; the kept one serves on.
 */
export async function currentKeys(store = browserStore()) {
  const kept = await keptList(store);
  const fetched = await fetchedList();
  if (fetched === null) return { list: kept, isRefused: false };
  const pinned = store.get(PIN_NAME) ?? fetched.centre?.public_key;
  if (!(await isGenuine(fetched, pinned)) || (kept && fetched.issued_at < kept.issued_at)) {
    return { list: kept, isRefused: true };
  }
  store.set(PIN_NAME, pinned);
  store.set(LIST_NAME, JSON.stringify(fetched));
  return { list: fetched, isRefused: false };
}

/** The list that is kept, checked again: whoever can write to the browser's store must not be believed either. */
export async function keptList(store = browserStore()) {
  const list = parsed(store.get(LIST_NAME) ?? "");
  return (await isGenuine(list, store.get(PIN_NAME))) ? list : null;
}

async function fetchedList() {
  try {
    const answer = await fetch(new URL("../keys", import.meta.url), {
      cache: "no-cache",
      credentials: "omit",
      redirect: "error",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    return answer.ok ? parsed(await answer.text()) : null;
  } catch (error) {
    if (error instanceof TypeError || error instanceof DOMException) return null; // no network, or too slow
    throw error;
  }
}

async function isGenuine(list, publicKey) {
  if (!isList(list) || typeof publicKey !== "string" || list.centre.public_key !== publicKey) return false;
  const { signature, ...signed } = list;
  try {
    return await isSignedBy(publicKey, fromBase64(signature), canonicalBytes(signed));
  } catch (error) {
    if (error instanceof DOMException) return false; // the signature is not Base64
    throw error;
  }
}

function isList(list) {
  const isKey = (key) => typeof key?.origin === "string" && typeof key.public_key === "string";
  return list?.version === 1 && typeof list.issued_at === "string" && Array.isArray(list.keys) && list.keys.every(isKey);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // a captive portal answers with anything
  }
}

/** The browser's store, or one that forgets where the browser grants none. */
function browserStore() {
  const forgetful = new Map();
  try {
    localStorage.getItem(LIST_NAME);
    return {
      get: (name) => localStorage.getItem(name) ?? forgetful.get(name) ?? null,
      set: (name, text) => {
        try {
          localStorage.setItem(name, text);
        } catch {
          forgetful.set(name, text); // full
        }
      },
    };
  } catch {
    return { get: (name) => forgetful.get(name) ?? null, set: (name, text) => forgetful.set(name, text) };
  }
}
