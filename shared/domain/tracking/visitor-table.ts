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

const WORDS = 3;
/** Of a pair's bytes: the visitor; the place, in as many as it needs; and hits where they are more than one. */
const VISITOR_BYTES = 8;
const MOST_PAIR_BYTES = VISITOR_BYTES + 4 + 1;
const PLACE_AND_HITS = 2;
const SMALLEST_ROOM = 64;
/** A place has three bytes of a record: the lower half are links', the upper half creators', whose marks stand there. */
export const MOST_LINKS = 2 ** 23;

/**
 * Who clicked what: how many hits each pair of visitor and link has, capped at 101. Millions of pairs are kept and each hit
 * asks for a few, so they lie in one array, found through a hash of the visitor and changed in place.
 *
 * Who is whom: a visitor is marked as a creator by a pair with the creator's place.
 *
 * As bytes, in order of arrival, a pair takes 9 to 13: 8 the visitor, big-endian; then the place, doubled, and one more where
 * there are several hits, seven bits a byte, lowest first; then how many, where there are several.
 */
export class VisitorTable {
  #records = new Uint32Array(SMALLEST_ROOM * WORDS);
  #pairs = 0;
  #marks = 0;
  /** Heads and links of the chains of visitors with one hash; a pair is said by its number plus one, 0 is the end. */
  #heads = new Int32Array(SMALLEST_ROOM);
  #nexts = new Int32Array(SMALLEST_ROOM);

  get pairs(): number {
    return this.#pairs;
  }

  hits(visitor: VisitorHash, place: number): number {
    const at = this.#find(visitor, place);
    return at < 0 ? 0 : (this.#records[at + PLACE_AND_HITS] ?? 0) & 255;
  }

  /** Whether one of the visitor's links fits; of nobody's does. */
  some(visitor: VisitorHash, fits: (place: number) => boolean): boolean {
    for (let pair = this.#first(visitor); pair !== 0; pair = this.#pairOf(visitor, this.#nexts[pair - 1] ?? 0)) {
      const place = this.#placeAt((pair - 1) * WORDS);
      if (place < MOST_LINKS && fits(place)) return true;
    }
    return false;
  }

  /** Places of the visitor's links. */
  links(visitor: VisitorHash): readonly number[] {
    const places: number[] = [];
    this.some(visitor, (place) => places.push(place) === 0);
    return places;
  }

  has(visitor: VisitorHash): boolean {
    return this.#first(visitor) !== 0;
  }

  raise(visitor: VisitorHash, place: number, by = 1): void {
    if (place >= MOST_LINKS) throw new RangeError("A bucket has no place for more links.");
    this.#raise(visitor, place, by);
  }

  /** Whether anybody is marked: of most buckets nobody is. */
  get hasMarks(): boolean {
    return this.#marks > 0;
  }

  isMarked(visitor: VisitorHash, creator: number): boolean {
    return this.hasMarks && this.#find(visitor, MOST_LINKS + creator) >= 0;
  }

  /** Marks the visitor as the creator of this place. */
  mark(visitor: VisitorHash, creator: number): void {
    if (creator >= MOST_LINKS) throw new RangeError("A bucket has no place for more creators.");
    this.#raise(visitor, MOST_LINKS + creator, 1);
  }

  #raise(visitor: VisitorHash, place: number, by: number): void {
    const found = this.#find(visitor, place);
    const at = found < 0 ? this.#add(visitor) : found;
    if (found < 0 && place >= MOST_LINKS) this.#marks += 1;
    const hits = found < 0 ? 0 : (this.#records[at + PLACE_AND_HITS] ?? 0) & 255;
    this.#records[at + PLACE_AND_HITS] = place * 256 + Math.min(hits + by, COUNT_CAP);
  }

  /** Adds the pairs of another table's bytes. @throws RangeError when they are cut short */
  addBytes(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const byteAt = (at: number): number => {
      const byte = bytes[at];
      if (byte === undefined) throw new RangeError("The visitors of a bucket are cut short.");
      return byte;
    };
    for (let at = 0; at < bytes.length;) {
      byteAt(at + VISITOR_BYTES);
      const visitor = { high: view.getUint32(at), low: view.getUint32(at + 4) };
      at += VISITOR_BYTES;
      let placed = byteAt(at++);
      for (let shift = 7, last = placed; last >= 128; shift += 7)
        placed = placed - (128 << (shift - 7)) + ((last = byteAt(at++)) << shift);
      this.#raise(visitor, placed >>> 1, placed & 1 ? byteAt(at++) : 1);
    }
  }

  /** The same table always gives the same bytes. */
  bytes(): Uint8Array {
    const bytes = new Uint8Array(this.#pairs * MOST_PAIR_BYTES);
    const view = new DataView(bytes.buffer);
    let at = 0;
    for (let word = 0; word < this.#pairs * WORDS; word += WORDS) {
      view.setUint32(at, this.#records[word] ?? 0);
      view.setUint32(at + 4, this.#records[word + 1] ?? 0);
      at += VISITOR_BYTES;
      const hits = (this.#records[word + PLACE_AND_HITS] ?? 0) & 255;
      let placed = this.#placeAt(word) * 2 + (hits > 1 ? 1 : 0);
      for (; placed >= 128; placed >>>= 7) bytes[at++] = (placed & 127) | 128;
      bytes[at++] = placed;
      if (hits > 1) bytes[at++] = hits;
    }
    return bytes.slice(0, at);
  }

  #placeAt(at: number): number {
    return (this.#records[at + PLACE_AND_HITS] ?? 0) >>> 8;
  }

  #first(visitor: VisitorHash): number {
    return this.#pairOf(visitor, this.#heads[visitor.low & (this.#heads.length - 1)] ?? 0);
  }

  /** The first pair of the visitor on the chain from `pair` on; 0 when there is none. */
  #pairOf({ high, low }: VisitorHash, pair: number): number {
    for (let one = pair; one !== 0; one = this.#nexts[one - 1] ?? 0) {
      const at = (one - 1) * WORDS;
      if (this.#records[at + 1] === low && this.#records[at] === high) return one;
    }
    return 0;
  }

  #find(visitor: VisitorHash, place: number): number {
    for (let pair = this.#first(visitor); pair !== 0; pair = this.#pairOf(visitor, this.#nexts[pair - 1] ?? 0)) {
      const at = (pair - 1) * WORDS;
      if (this.#placeAt(at) === place) return at;
    }
    return -1;
  }

  #add({ high, low }: VisitorHash): number {
    if (this.#pairs === this.#nexts.length) this.#grow();
    const at = this.#pairs * WORDS;
    this.#records[at] = high;
    this.#records[at + 1] = low;
    this.#pairs += 1;
    this.#chain(this.#pairs, low);
    return at;
  }

  #chain(pair: number, low: number): void {
    const slot = low & (this.#heads.length - 1);
    this.#nexts[pair - 1] = this.#heads[slot] ?? 0;
    this.#heads[slot] = pair;
  }

  #grow(): void {
    const room = this.#nexts.length * 2;
    const records = new Uint32Array(room * WORDS);
    records.set(this.#records);
    this.#records = records;
    this.#heads = new Int32Array(room);
    this.#nexts = new Int32Array(room);
    for (let pair = 1; pair <= this.#pairs; pair += 1) this.#chain(pair, records[(pair - 1) * WORDS + 1] ?? 0);
  }
}
