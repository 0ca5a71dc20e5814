// RFC 8785: the one JSON text of a value, for hashes and signatures. ECMAScript's own strings and numbers are its model.

/** The canonical bytes of a JSON value. */
export function canonicalBytes(value) {
  return new TextEncoder().encode(canonicalText(value));
}

function canonicalText(value) {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort(); // by UTF-16 code units, as the RFC wants
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name])}`).join(",")}}`;
}
