/** How an address could be written down, so that whoever looks for it finds it. */
import { gunzipSync } from "node:zlib";

const octetsOf = (v4: string): readonly number[] => v4.split(".").map(Number);

/** The sixteen bytes of an IPv6 address. */
function bytesOfV6(address: string): readonly number[] {
  const [head = "", tail] = address.split("::");
  const groups = (part = ""): readonly string[] => (part === "" ? [] : part.split(":"));
  const [front, back] = [groups(head), groups(tail)];
  const zeros = Array<string>(tail === undefined ? 0 : 8 - front.length - back.length).fill("0");
  return [...front, ...zeros, ...back].flatMap((group) => {
    const number = Number.parseInt(group, 16);
    return [number >> 8, number & 0xff];
  });
}

const hex = (bytes: readonly number[], between = ""): string =>
  bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(between);
const integer = (bytes: readonly number[]): bigint => BigInt(`0x${hex(bytes)}`);
const groupsOf = (bytes: readonly number[]): readonly string[] =>
  bytes.flatMap((byte, at) => (at % 2 === 0 ? [hex([byte, bytes[at + 1] ?? 0])] : []));
const short = (groups: readonly string[]): string => groups.map((group) => group.replace(/^0+(?=.)/, "")).join(":");

/** What base64 makes of bytes wherever they begin in what is spelled, without what depends on what is beside them. */
const base64 = (bytes: readonly number[]): readonly string[] =>
  [0, 1, 2].map((before) => {
    const text = Buffer.from([...Array<number>(before).fill(0), ...bytes]).toString("base64url");
    return text.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });

/** Somewhere in a text; its neighbours may tell that it is part of something else. */
interface Spelling {
  readonly text: string;
  readonly as: "any case" | "base64" | "alone";
}
const anyCase = (text: string): Spelling => ({ text: text.toLowerCase(), as: "any case" });
const alone = (text: string): Spelling => ({ text, as: "alone" });
const exact = (text: string): Spelling => ({ text: plain(text), as: "base64" });
/** Both alphabets of base64 are one. */
const plain = (text: string): string => text.replaceAll("-", "+").replaceAll("_", "/");
/** Of bytes, whatever they are an address of. */
const raw = (bytes: readonly number[]): readonly Spelling[] => [
  ...[hex(bytes), hex(bytes, ":"), hex(bytes, "-")].map(anyCase),
  alone(String(integer(bytes))),
];
const written = (text: string): readonly Spelling[] => [
  ...[anyCase(hex([...Buffer.from(text)])), ...base64([...Buffer.from(text)]).map(exact)],
  ...(text.includes(":") ? [anyCase(encodeURIComponent(text))] : []),
];

function spellingsOfV4(address: string): readonly Spelling[] {
  const octets = octetsOf(address);
  const padded = octets.map((octet) => String(octet).padStart(3, "0")).join(".");
  const signed = Number(integer(octets)) | 0;
  return [
    ...[alone(address), alone(padded), anyCase(short(groupsOf(octets))), alone([...octets].reverse().join("."))],
    ...(signed < 0 ? [alone(String(signed))] : []),
    ...raw(octets),
    exact(Buffer.from(octets).toString("base64url")),
    ...written(address),
  ];
}

/** Of the network of an address as well, which is its household's. */
function spellingsOfV6(address: string): readonly Spelling[] {
  const bytes = bytesOfV6(address);
  const groups = groupsOf(bytes);
  const texts = [address, groups.join(":"), short(groups), short(groups.slice(0, 4))];
  return [
    ...texts.flatMap((text) => [anyCase(text), ...written(text)]),
    ...[...raw(bytes), ...raw(bytes.slice(0, 8))],
    ...[...base64(bytes), ...base64(bytes.slice(0, 8))].map(exact),
  ];
}

const spellingsOf = (address: string): readonly Spelling[] =>
  address.includes(":") ? spellingsOfV6(address) : spellingsOfV4(address);

const BASE64 = /(?:[A-Za-z0-9+/_-]{4}){3,}[A-Za-z0-9+/_-]{0,3}={0,2}/g;
const DEEPEST = 3;

/**
 * The head of a member of gzip: its magic, the one method there is, no flag that is reserved, what compressors say of themselves.
 * What is random begins with the magic alone once in 65,536 times. Source: RFC 1952, 2.3.
 */
const isGzip = ([first = 0, second = 0, method = 0, flags = 0, , , , , extra = 1]: Uint8Array): boolean =>
  first === 0x1f && second === 0x8b && method === 8 && (flags & 0xe0) === 0 && [0, 2, 4].includes(extra);

/** A text, and what is encoded or packed in it, and in that. */
export function* readingsOf(bytes: Uint8Array, depth = 0): Iterable<string> {
  if (isGzip(bytes)) return yield* readingsOf(gunzipSync(bytes), depth);
  const text = Buffer.from(bytes).toString("latin1");
  yield text;
  if (depth === DEEPEST) return;
  for (const [encoded] of text.matchAll(BASE64)) yield* readingsOf(Buffer.from(encoded, "base64"), depth + 1);
}

/** A text in the forms that spellings are looked for in. */
const formsOf = (text: string) => ({ alone: text, "any case": text.toLowerCase(), base64: plain(text) });

function isIn(forms: ReturnType<typeof formsOf>, { text, as }: Spelling): boolean {
  if (!forms[as].includes(text)) return false;
  return as !== "alone" || new RegExp(`(?<![\\d.])${text.replaceAll(".", "\\.")}(?!\\d)`).test(forms.alone);
}

/** Says which of the addresses are somewhere, in whatever spelling. */
export function addressSearch(addresses: readonly string[]): (bytes: Uint8Array) => readonly string[] {
  const wanted = addresses.map((address) => ({ address, spellings: spellingsOf(address) }));
  return (bytes) => {
    const texts = [...readingsOf(bytes)].map(formsOf);
    const found = wanted.filter(({ spellings }) => texts.some((forms) => spellings.some((one) => isIn(forms, one))));
    return found.map(({ address }) => address);
  };
}
