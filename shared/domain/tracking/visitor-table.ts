import { COUNT_CAP } from "./classification.ts";

/**
 * Who clicked what, on one page: visitor (16 hex digits) -> `[code, hits, code, hits, …]`, a code being its place in
 * `codes` and hits capped at 101.
 *
 * Stored as bytes, because a page holds thousands of visitors and is written often. A varint has 7 bits a byte, low
 * bits first, the high bit meaning "more":
 *
 *     1 byte    version, 1
 *     varint    number of codes, then each: 1 byte length, that many ASCII bytes
 *     then, to the end, each visitor in order of arrival:
 *       8 bytes   visitor
 *       varint    number of links, then each: varint place of its code, 1 byte hits
 *
 * The usual visitor, with one link, takes 11 bytes.
 */
export interface VisitorTable {
  readonly codes: string[];
  readonly visitors: Map<string, number[]>;
}

const VERSION = 1;
const VISITOR_BYTES = 8;
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export const emptyVisitors = (): VisitorTable => ({ codes: [], visitors: new Map() });

/** How many (visitor, link) pairs a table holds: what a page's room is measured in. */
export function pairsOf(table: VisitorTable): number {
  let pairs = 0;
  for (const links of table.visitors.values()) pairs += links.length / 2;
  return pairs;
}

class Reader {
  position = 0;
  readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  byte(): number {
    const value = this.bytes[this.position];
    if (value === undefined) throw new RangeError("The visitors of a tracking page end too early.");
    this.position += 1;
    return value;
  }
  varint(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = this.byte();
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
    throw new RangeError("A number in the visitors of a tracking page is too long.");
  }
  text(length: number): string {
    let text = "";
    for (let place = 0; place < length; place += 1) text += String.fromCharCode(this.byte());
    return text;
  }
  hex(length: number): string {
    let text = "";
    for (let place = 0; place < length; place += 1) text += hex[this.byte()] ?? "";
    return text;
  }
}

/** Reads what `encodeVisitors` wrote. @throws RangeError when the bytes are cut short or of another version. */
export function decodeVisitors(bytes: Uint8Array): VisitorTable {
  const reader = new Reader(bytes);
  if (reader.byte() !== VERSION) throw new RangeError("The visitors of a tracking page have an unknown version.");
  const table = emptyVisitors();
  for (let left = reader.varint(); left > 0; left -= 1) table.codes.push(reader.text(reader.byte()));
  while (reader.position < bytes.length) {
    const visitor = reader.hex(VISITOR_BYTES);
    const links: number[] = [];
    for (let left = reader.varint(); left > 0; left -= 1) links.push(reader.varint(), reader.byte());
    table.visitors.set(visitor, links);
  }
  return table;
}

const longest = (table: VisitorTable): number =>
  6 +
  table.codes.reduce((sum, code) => sum + 1 + code.length, 0) +
  table.visitors.size * (VISITOR_BYTES + 5) +
  pairsOf(table) * 6;

/** Writes a table as bytes; the same table always gives the same bytes. */
export function encodeVisitors(table: VisitorTable): Uint8Array {
  const bytes = new Uint8Array(longest(table));
  let end = 0;
  const varint = (value: number) => {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) bytes[end++] = (rest & 127) | 128;
    bytes[end++] = rest;
  };
  bytes[end++] = VERSION;
  varint(table.codes.length);
  for (const code of table.codes) {
    bytes[end++] = code.length;
    for (let place = 0; place < code.length; place += 1) bytes[end++] = code.charCodeAt(place);
  }
  for (const [visitor, links] of table.visitors) {
    for (let place = 0; place < VISITOR_BYTES * 2; place += 2)
      bytes[end++] = Number.parseInt(visitor.slice(place, place + 2), 16);
    varint(links.length / 2);
    links.forEach((value, place) => (place % 2 === 0 ? varint(value) : (bytes[end++] = Math.min(value, COUNT_CAP))));
  }
  return bytes.slice(0, end);
}
