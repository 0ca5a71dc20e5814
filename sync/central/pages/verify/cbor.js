// Canonical CBOR (RFC 8949, 4.2.1), as much as a seal holds: one array of texts, byte strings and whole numbers.

const KINDS = { WHOLE: 0, NEGATIVE: 1, BYTES: 2, TEXT: 3, ARRAY: 4 };

/** The values of a canonical CBOR array, or null: text as string, bytes as Uint8Array, whole numbers as BigInt. */
export function fieldsOf(bytes) {
  const reader = new Reader(bytes);
  try {
    const { kind, size } = reader.head();
    if (kind !== KINDS.ARRAY) return null;
    const fields = [];
    for (let index = 0n; index < size; index += 1n) fields.push(reader.value());
    return reader.isAtEnd() ? fields : null;
  } catch (error) {
    if (error instanceof NotCanonical || error instanceof TypeError) return null; // TypeError: not UTF-8
    throw error;
  }
}

class NotCanonical extends Error {}

class Reader {
  #bytes;
  #place = 0;

  constructor(bytes) {
    this.#bytes = bytes;
  }

  isAtEnd() {
    return this.#place === this.#bytes.length;
  }

  value() {
    const { kind, size } = this.head();
    if (kind === KINDS.WHOLE) return size;
    if (kind === KINDS.NEGATIVE) return -1n - size;
    if (kind === KINDS.BYTES) return this.#take(size);
    if (kind === KINDS.TEXT) {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(this.#take(size));
    }
    throw new NotCanonical();
  }

  /** What comes next and how large it is; a size that could be written shorter is not canonical. */
  head() {
    const first = this.#take(1n)[0];
    const kind = first >> 5;
    const short = first & 31;
    if (short < 24) return { kind, size: BigInt(short) };
    if (short > 27) throw new NotCanonical();
    const width = 1 << (short - 24);
    let size = 0n;
    for (const byte of this.#take(BigInt(width))) size = (size << 8n) | BigInt(byte);
    const least = width === 1 ? 24n : 1n << BigInt(4 * width);
    if (size < least) throw new NotCanonical();
    return { kind, size };
  }

  #take(count) {
    if (count > BigInt(this.#bytes.length - this.#place)) throw new NotCanonical();
    const taken = this.#bytes.subarray(this.#place, this.#place + Number(count));
    this.#place += Number(count);
    return taken;
  }
}
