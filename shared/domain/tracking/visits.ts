/**
 * Visits by when, whence and with what. A visit is a click of what is no robot: valid, repeat, burst or self. Which of a visitor's
 * hits are a burst, or a creator's own, depends on what came first, and a count must not.
 */
import type { AgentRules } from "./agent-rules.ts";
import { type Device, devices } from "./device.ts";
import { type Hit, hourOfDay } from "./hit.ts";
import { bounded, referrerOf } from "./referrers.ts";
import { ByteReader, ByteWriter } from "./packed.ts";

export const dimensions = ["hour", "country", "device", "referrer"] as const;
export type Dimension = (typeof dimensions)[number];

/** What a visit shows; nothing where it does not say. */
export interface Shown {
  /** Of the UTC day, 0 to 23. */
  readonly hour: number;
  readonly country: string | undefined;
  readonly device: Device;
  readonly referrerHost: string | undefined;
}

/** Views and records of whose visits are whose are none. */
export const isVisit = (hit: Hit, { classOf }: Pick<AgentRules, "classOf">): boolean =>
  hit.kind === undefined && classOf(hit) === undefined;

export const shownBy = (
  { at, agent, country, referrerHost }: Pick<Hit, "at" | "agent" | "country" | "referrerHost">,
  { deviceOf }: Pick<AgentRules, "deviceOf">,
): Shown => ({ hour: hourOfDay(at), country, device: deviceOf(agent), referrerHost });

/** Visits by each value of a dimension; each visit is in every dimension, once. */
export type VisitCounts = Readonly<Record<Dimension, Readonly<Record<string, number>>>>;

const VERSION = 1;
/**
 * What is counted is found by one number: hours from 0 on, then devices, hosts that are known by their places, of which there are
 * `MOST_HOSTS`, and countries.
 */
const PLACES = { device: 24, host: 32, country: 96 };
const UNKNOWN_COUNTRY = PLACES.country;
const isHost = (place: number): boolean => place >= PLACES.host && place < PLACES.country;
const LETTERS = 26;
const A = 65;

/** Two letters as a number; what is none is as unknown as what was not told. */
function countryPlace(country = ""): number {
  const [first, second] = [country.charCodeAt(0) - A, country.charCodeAt(1) - A];
  const isCountry = country.length === 2 && first >= 0 && first < LETTERS && second >= 0 && second < LETTERS;
  return isCountry ? UNKNOWN_COUNTRY + 1 + first * LETTERS + second : UNKNOWN_COUNTRY;
}

function valueAt(place: number): readonly [Exclude<Dimension, "referrer">, string] {
  if (place < PLACES.device) return ["hour", String(place)];
  if (place < PLACES.country) return ["device", devices[place - PLACES.device] ?? ""];
  const letters = place - UNKNOWN_COUNTRY - 1;
  if (letters < 0) return ["country", "unknown"];
  return ["country", String.fromCharCode(A + Math.floor(letters / LETTERS), A + (letters % LETTERS))];
}

const raise = <K>(counts: Map<K, number>, key: K, by: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + by);

/** Counts of visits that are added to. */
export class Visits {
  /** Hosts that were sealed, in the order of their places: what is counted of them since says no more than the place. */
  readonly #known: readonly string[];
  readonly #counts = new Map<number, number>();
  #hosts = new Map<string, number>();
  /** By referrers as they were sent: they are read once, and not with each visit. */
  readonly #sent = new Map<string | undefined, number>();

  constructor(known: readonly string[] = []) {
    this.#known = known;
  }

  /** @throws RangeError when the bytes are cut short or of another version */
  static of(bytes: Uint8Array, known: readonly string[] = []): Visits {
    const visits = new Visits(known);
    if (bytes.length > 0) visits.#read(new ByteReader(bytes));
    return visits;
  }

  count({ hour, country, device, referrerHost }: Shown): void {
    raise(this.#counts, hour, 1);
    raise(this.#counts, PLACES.device + devices.indexOf(device), 1);
    raise(this.#counts, countryPlace(country), 1);
    raise(this.#sent, referrerHost, 1);
  }

  /** Adds what others count. Hosts are bounded anew. */
  add(other: Visits): void {
    const [known, places] = [other.#known, other.#folded()];
    for (const [place, count] of places) {
      if (isHost(place)) raise(this.#hosts, known[place - PLACES.host] ?? "", count);
      else raise(this.#counts, place, count);
    }
    for (const [host, count] of other.#hosts) raise(this.#hosts, host, count);
    this.#hosts = bounded(this.#hosts);
  }

  /** Hosts that are not known by places, in the order of those that they will be known by. */
  get hosts(): readonly string[] {
    return [...this.#hosts.keys()];
  }

  /** Of none, none. The same counts in the same order always give the same bytes. */
  bytes(): Uint8Array {
    const to = new ByteWriter();
    const counts = this.#folded();
    if (counts.size === 0) return to.written();
    to.number(VERSION);
    to.number(counts.size);
    for (const [place, count] of counts) {
      to.number(place);
      to.number(count);
    }
    to.number(this.#hosts.size);
    for (const [host, count] of this.#hosts) {
      to.text(host);
      to.number(count);
    }
    return to.written();
  }

  counts(): VisitCounts {
    const sum = new Visits();
    sum.add(this);
    const counts: Record<Dimension, Record<string, number>> = { hour: {}, country: {}, device: {}, referrer: {} };
    for (const [place, count] of sum.#counts) {
      const [dimension, value] = valueAt(place);
      counts[dimension][value] = count;
    }
    return { ...counts, referrer: Object.fromEntries(sum.#hosts) };
  }

  #read(from: ByteReader): void {
    if (from.number() !== VERSION) throw new RangeError("A bucket's visits have an unknown version.");
    for (let left = from.number(); left > 0; left -= 1) this.#counts.set(from.number(), from.number());
    for (let left = from.number(); left > 0; left -= 1) this.#hosts.set(from.text(), from.number());
  }

  /** Reads the referrers that were counted as they were sent. */
  #folded(): ReadonlyMap<number, number> {
    if (this.#sent.size === 0) return this.#counts;
    const places = new Map(this.#known.map((host, place) => [host, PLACES.host + place]));
    const count = (host: string, by: number): void => {
      const place = places.get(host);
      if (place === undefined) raise(this.#hosts, host, by);
      else raise(this.#counts, place, by);
    };
    for (const [sent, by] of this.#sent) count(referrerOf(sent), by);
    this.#sent.clear();
    this.#hosts = bounded(this.#hosts);
    return this.#counts;
  }
}

/** Visits of several buckets together. */
export function visitsIn(all: readonly VisitCounts[]): VisitCounts {
  const sums = {
    hour: new Map<string, number>(),
    country: new Map<string, number>(),
    device: new Map<string, number>(),
  };
  const hosts = new Map<string, number>();
  for (const counts of all)
    for (const dimension of dimensions)
      for (const [value, count] of Object.entries(counts[dimension]))
        raise(dimension === "referrer" ? hosts : sums[dimension], value, count);
  return {
    hour: Object.fromEntries(sums.hour),
    country: Object.fromEntries(sums.country),
    device: Object.fromEntries(sums.device),
    referrer: Object.fromEntries(bounded(hosts)),
  };
}
