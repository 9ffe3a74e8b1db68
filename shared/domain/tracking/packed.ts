/**
 * Numbers and texts as bytes, one after the other: numbers of seven bits a byte, lowest first, signed ones doubled, and less
 * one where they are below zero; texts in UTF-8 under their length.
 */

const SMALLEST_ROOM = 256;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true });

export class ByteWriter {
  #bytes = new Uint8Array(SMALLEST_ROOM);
  #length = 0;

  /** @param value a whole number, not below zero */
  number(value: number): void {
    let left = value;
    while (left >= 128) {
      this.#push((left % 128) + 128);
      left = Math.floor(left / 128);
    }
    this.#push(left);
  }

  /** @param value a whole number, also below zero */
  signed(value: number): void {
    this.number(value < 0 ? -2 * value - 1 : 2 * value);
  }

  text(value: string): void {
    const bytes = encoder.encode(value);
    this.number(bytes.length);
    this.bytes(bytes);
  }

  bytes(value: Uint8Array): void {
    this.#makeRoom(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  written(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    this.#makeRoom(1);
    this.#bytes[this.#length] = byte;
    this.#length += 1;
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const wider = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + more));
    wider.set(this.#bytes);
    this.#bytes = wider;
  }
}

/** Reads what a `ByteWriter` wrote. Every method throws a RangeError where bytes are cut short. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  number(): number {
    let value = 0;
    for (let weight = 1; ; weight *= 128) {
      const byte = this.#bytes[this.#at];
      if (byte === undefined) throw new RangeError("A bucket's bytes are cut short.");
      this.#at += 1;
      value += (byte % 128) * weight;
      if (byte < 128) return value;
    }
  }

  signed(): number {
    const value = this.number();
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  }

  text(): string {
    const length = this.number();
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new RangeError("A bucket's bytes are cut short.");
    const text = decoder.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end;
    return text;
  }

  /** Everything that was not read yet. */
  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }
}
