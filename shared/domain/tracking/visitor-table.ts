import { COUNT_CAP } from "./classification.ts";

/** A visitor's 16 hex digits as two numbers of 32 bits: what a table is searched by. */
export interface VisitorHash {
  readonly high: number;
  readonly low: number;
}

export const visitorHash = (visitor: string): VisitorHash => ({
  high: Number.parseInt(visitor.slice(0, 8), 16),
  low: Number.parseInt(visitor.slice(8, 16), 16),
});

const VERSION = 1;
const CODES_AT = 3;
const RECORD_BYTES = 11;
const PLACE_AT = 8;
const HITS_AT = 10;
const SMALLEST_ROOM = 64;

const ascii = new TextDecoder("latin1");

/** @throws RangeError */
function headOf(bytes: Uint8Array): { readonly codes: string[]; readonly end: number } {
  if (bytes[0] !== VERSION) throw new RangeError("The visitors of a bucket have an unknown version.");
  const ends = [CODES_AT];
  let end = CODES_AT;
  for (let left = (bytes[1] ?? 0) * 256 + (bytes[2] ?? 0); left > 0; left -= 1)
    ends.push((end += 1 + (bytes[end] ?? 0)));
  if (end > bytes.length || (bytes.length - end) % RECORD_BYTES !== 0)
    throw new RangeError("The visitors of a bucket are cut short.");
  const text = ascii.decode(bytes.subarray(0, end));
  return { codes: ends.slice(1).map((after, place) => text.slice((ends[place] ?? 0) + 1, after)), end };
}

/**
 * Who clicked what, in one bucket: how many hits each pair of visitor and link has, capped at 101.
 *
 * A bucket holds thousands of pairs and a batch touches few of them, so pairs stay the bytes they are stored as, found
 * through a hash of the visitor and changed in place:
 *
 *     1 byte    version, 1
 *     2 bytes   number of codes, big-endian, then each: 1 byte length, that many ASCII bytes
 *     then, to the end, 11 bytes for each pair in order of arrival:
 *       8 bytes   visitor
 *       2 bytes   place of the code, big-endian
 *       1 byte    hits
 */
export class VisitorTable {
  readonly #codes: string[];
  readonly #places: Map<string, number>;
  #records: Uint8Array;
  #pairs: number;
  /** Heads and links of the chains of visitors with one hash; a pair is said by its number plus one, 0 is the end. */
  #heads: Int32Array;
  #nexts: Int32Array;

  /** @throws RangeError when the bytes are cut short or of another version */
  constructor(bytes: Uint8Array = new Uint8Array([VERSION, 0, 0])) {
    const { codes, end } = headOf(bytes);
    this.#codes = codes;
    this.#places = new Map(codes.map((code, place) => [code, place]));
    this.#pairs = (bytes.length - end) / RECORD_BYTES;
    const room = roomFor(this.#pairs);
    this.#records = new Uint8Array(room * RECORD_BYTES);
    this.#records.set(bytes.subarray(end));
    this.#heads = new Int32Array(room);
    this.#nexts = new Int32Array(room);
    this.#index();
  }

  /** What a bucket's room is measured in. */
  get pairs(): number {
    return this.#pairs;
  }

  hits(visitor: VisitorHash, code: string): number {
    const at = this.#find(visitor, this.#places.get(code));
    return at < 0 ? 0 : (this.#records[at + HITS_AT] ?? 0);
  }

  has(visitor: VisitorHash): boolean {
    return this.#first(visitor) !== 0;
  }

  codesOf(visitor: VisitorHash): readonly string[] {
    const codes: string[] = [];
    for (let pair = this.#first(visitor); pair !== 0; pair = this.#pairOf(visitor, this.#nexts[pair - 1] ?? 0))
      codes.push(this.#codes[this.#placeAt((pair - 1) * RECORD_BYTES)] ?? "");
    return codes;
  }

  /** One more hit. */
  raise(visitor: VisitorHash, code: string): void {
    let place = this.#places.get(code);
    if (place === undefined) this.#places.set(code, (place = this.#codes.push(code) - 1));
    const found = this.#find(visitor, place);
    const at = found < 0 ? this.#add(visitor, place) : found;
    this.#records[at + HITS_AT] = Math.min((this.#records[at + HITS_AT] ?? 0) + 1, COUNT_CAP);
  }

  /** The same table always gives the same bytes. */
  bytes(): Uint8Array {
    const head = [VERSION, this.#codes.length >> 8, this.#codes.length & 255];
    for (const code of this.#codes) {
      head.push(code.length);
      for (let at = 0; at < code.length; at += 1) head.push(code.charCodeAt(at));
    }
    const length = this.#pairs * RECORD_BYTES;
    const bytes = new Uint8Array(head.length + length);
    bytes.set(head);
    bytes.set(this.#records.subarray(0, length), head.length);
    return bytes;
  }

  #word(at: number): number {
    const bytes = this.#records;
    const high = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
    return ((high << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
  }

  #placeAt(at: number): number {
    return ((this.#records[at + PLACE_AT] ?? 0) << 8) | (this.#records[at + PLACE_AT + 1] ?? 0);
  }

  #first(visitor: VisitorHash): number {
    return this.#pairOf(visitor, this.#heads[visitor.low & (this.#heads.length - 1)] ?? 0);
  }

  /** The first pair of the visitor on the chain from `pair` on; 0 when there is none. */
  #pairOf({ high, low }: VisitorHash, pair: number): number {
    for (let one = pair; one !== 0; one = this.#nexts[one - 1] ?? 0) {
      const at = (one - 1) * RECORD_BYTES;
      if (this.#word(at + 4) === low && this.#word(at) === high) return one;
    }
    return 0;
  }

  #find(visitor: VisitorHash, place: number | undefined): number {
    if (place === undefined) return -1;
    for (let pair = this.#first(visitor); pair !== 0; pair = this.#pairOf(visitor, this.#nexts[pair - 1] ?? 0)) {
      const at = (pair - 1) * RECORD_BYTES;
      if (this.#placeAt(at) === place) return at;
    }
    return -1;
  }

  #add({ high, low }: VisitorHash, place: number): number {
    if (this.#pairs === this.#nexts.length) this.#grow();
    const at = this.#pairs * RECORD_BYTES;
    const view = new DataView(this.#records.buffer, at, RECORD_BYTES);
    view.setUint32(0, high);
    view.setUint32(4, low);
    view.setUint16(PLACE_AT, place);
    this.#pairs += 1;
    this.#chain(this.#pairs, low);
    return at;
  }

  #chain(pair: number, low: number): void {
    const slot = low & (this.#heads.length - 1);
    this.#nexts[pair - 1] = this.#heads[slot] ?? 0;
    this.#heads[slot] = pair;
  }

  #index(): void {
    for (let pair = 1; pair <= this.#pairs; pair += 1) this.#chain(pair, this.#word((pair - 1) * RECORD_BYTES + 4));
  }

  #grow(): void {
    const room = this.#nexts.length * 2;
    const records = new Uint8Array(room * RECORD_BYTES);
    records.set(this.#records);
    this.#records = records;
    this.#heads = new Int32Array(room);
    this.#nexts = new Int32Array(room);
    this.#index();
  }
}

/** Room for these pairs and some more: a power of two, so that a hash is cut with a mask. */
const roomFor = (pairs: number): number => Math.max(SMALLEST_ROOM, 2 ** Math.ceil(Math.log2(pairs * 1.25 + 1)));
