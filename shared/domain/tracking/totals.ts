import { type BucketKey, type LinkCounts, type TotalsPart, VISITS_PART } from "./bucket.ts";
import { ByteReader, ByteWriter } from "./packed.ts";
import { countedAt, isScans, type Known, ledAt, linkOf, placeIn, type PlacedLink, type Recent } from "./recent.ts";
import type { HitClass } from "./classification.ts";
import { type VisitCounts, Visits } from "./visits.ts";

const VERSION = 2;
/** Keeps an item far below DynamoDB's 400 kB: 400 links and creators are 30 kB. */
export const LINKS_PER_PART = 400;

const partOf = (place: number): number => VISITS_PART + 1 + Math.floor(place / LINKS_PER_PART);
const firstOf = (part: number): number => (part - VISITS_PART - 1) * LINKS_PER_PART;

interface OpenCounts {
  readonly creatorId: string;
  readonly byClass: Partial<Record<HitClass, number>>;
  views?: Partial<Record<HitClass, number>>;
  scans?: number;
  byRule?: Record<string, number>;
  byVariant?: Record<string, number>;
}

const isCounted = (place: number): boolean => isScans(place) || (ledAt(place) ?? countedAt(place)) !== undefined;

function setCount(counts: OpenCounts, place: number, count: number): void {
  const led = ledAt(place);
  if (led !== undefined) (counts[led.by] ??= {})[led.number] = count;
  else if (isScans(place)) counts.scans = count;
  else setClass(counts, place, count);
}

function setClass(counts: OpenCounts, place: number, count: number): void {
  const counted = countedAt(place);
  if (counted === undefined) throw new RangeError("A bucket counts hits of an unknown class.");
  const ofKind = counted.kind === "view" ? (counts.views ??= {}) : counts.byClass;
  ofKind[counted.hitClass] = count;
}

/**
 * What the sealed part of a bucket adds up to, in parts that are stored one by one. Each says up to where it counts, so that
 * adding what it holds already changes nothing.
 */
export class Totals {
  readonly #creators: string[] = [];
  readonly #uniques: number[] = [];
  readonly #links: PlacedLink[] = [];
  /** Of each link, by the place in it that is counted at: only what was counted. */
  readonly #counts: Map<number, number>[] = [];
  #visits = new Visits();
  readonly #sequences: string[] = [];
  readonly #linkPlaces = new Map<string, number>();
  readonly #creatorPlaces = new Map<string, number>();

  /** @throws RangeError when the bytes of a part are cut short or of another version */
  static of(parts: readonly TotalsPart[]): Totals {
    const totals = new Totals();
    for (const part of parts) totals.#load(part);
    return totals;
  }

  get known(): Known {
    return { links: this.#links.length, creators: this.#creators.length };
  }

  linkPlace(code: string): number | undefined {
    return this.#linkPlaces.get(code);
  }

  creatorPlace(creatorId: string): number | undefined {
    return this.#creatorPlaces.get(creatorId);
  }

  creatorOf(place: number): number | undefined {
    return this.#links[place]?.creator;
  }

  /** What each part counts up to; empty, or absent, when it is not stored yet. */
  sequences(): readonly string[] {
    return [...this.#sequences];
  }

  /**
   * Adds what a bucket counted up to `sequence`, but for parts that have it.
   * @param visits of the bucket, as bytes
   * @returns the parts it changed
   */
  add(recent: Recent, visits: Uint8Array, sequence: string): readonly number[] {
    const changed = new Set<number>();
    const isDue = (part: number): boolean => (this.#sequences[part] ?? "") < sequence && changed.add(part).has(part);
    recent.creators.forEach((creatorId, at) => {
      const place = recent.known.creators + at;
      if (isDue(partOf(place))) this.#placeCreator(place, creatorId);
    });
    recent.links.forEach((link, at) => {
      const place = recent.known.links + at;
      if (isDue(partOf(place))) this.#placeLink(place, link);
    });
    for (const [key, count] of recent.counts) if (isDue(partOf(linkOf(key)))) this.#addCount(key, count);
    for (const [creator, count] of recent.uniques)
      if (isDue(partOf(creator))) this.#uniques[creator] = (this.#uniques[creator] ?? 0) + count;
    this.#addVisits(visits, isDue);
    for (const part of changed) this.#sequences[part] = sequence;
    return [...changed];
  }

  #addVisits(visits: Uint8Array, isDue: (part: number) => boolean): void {
    if (visits.length > 0 && isDue(VISITS_PART)) this.#visits.add(Visits.of(visits, this.hosts));
  }

  /** All parts that there are. */
  parts(bucket: BucketKey): readonly TotalsPart[] {
    return [...this.#sequences.keys()].map((part) => this.part(bucket, part));
  }

  /** A part as it is stored. */
  part({ campaignId, day, shard }: BucketKey, part: number): TotalsPart {
    const counts = part === VISITS_PART ? this.#visits.bytes() : this.#bytesOf(part);
    return { campaignId, day, shard, part, sequence: this.#sequences[part] ?? "", counts };
  }

  #bytesOf(part: number): Uint8Array {
    const to = new ByteWriter();
    const [from, end] = [firstOf(part), firstOf(part + 1)];
    const creators = this.#creators.slice(from, end);
    const links = this.#links.slice(from, end);
    to.number(VERSION);
    to.number(creators.length);
    creators.forEach((creatorId, at) => {
      to.text(creatorId);
      to.number(this.#uniques[from + at] ?? 0);
    });
    to.number(links.length);
    links.forEach(({ code, creator }, at) => {
      to.text(code);
      to.number(creator);
      const counted = this.#countsOf(from + at);
      to.number(counted.size);
      for (const [place, count] of counted) {
        to.number(place);
        to.number(count);
      }
    });
    return to.written();
  }

  /** By the code of each link that has hits. */
  byLink(): Readonly<Record<string, LinkCounts>> {
    const links: Record<string, OpenCounts> = {};
    for (const [at, counted] of this.#counts.entries()) {
      if (counted === undefined || counted.size === 0) continue;
      const link = this.#links[at];
      if (link === undefined) throw new RangeError("A bucket counts hits of an unknown link.");
      const counts: OpenCounts = { creatorId: this.#creators[link.creator] ?? "", byClass: {} };
      for (const [place, count] of counted) setCount(counts, place, count);
      links[link.code] = counts;
    }
    return links;
  }

  /** Hosts that visits came from, in the order of their places. */
  get hosts(): readonly string[] {
    return this.#visits.hosts;
  }

  /** Visits by dimension. */
  byDimension(): VisitCounts {
    return this.#visits.counts();
  }

  /** Distinct visitors by creator. */
  byCreator(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.#creators.flatMap((creatorId, place) => {
        const unique = this.#uniques[place] ?? 0;
        return unique > 0 ? [[creatorId, unique]] : [];
      }),
    );
  }

  #load({ part, sequence, counts }: TotalsPart): void {
    this.#sequences[part] = sequence;
    if (part === VISITS_PART) this.#visits = Visits.of(counts);
    else this.#loadLinks(firstOf(part), new ByteReader(counts));
  }

  #loadLinks(first: number, from: ByteReader): void {
    if (from.number() !== VERSION) throw new RangeError("A bucket's totals have an unknown version.");
    for (let place = first, end = first + from.number(); place < end; place += 1) {
      this.#placeCreator(place, from.text());
      this.#uniques[place] = from.number();
    }
    for (let place = first, end = first + from.number(); place < end; place += 1) {
      this.#placeLink(place, { code: from.text(), creator: from.number() });
      for (let left = from.number(); left > 0; left -= 1) {
        const counted = from.number();
        if (!isCounted(counted)) throw new RangeError("A bucket counts hits of an unknown class.");
        this.#countsOf(place).set(counted, from.number());
      }
    }
  }

  /** What was all taken back is as if it had never been. */
  #addCount(key: number, count: number): void {
    const counts = this.#countsOf(linkOf(key));
    const place = placeIn(key);
    const sum = (counts.get(place) ?? 0) + count;
    if (sum === 0) counts.delete(place);
    else counts.set(place, sum);
  }

  #countsOf(link: number): Map<number, number> {
    return (this.#counts[link] ??= new Map<number, number>());
  }

  #placeCreator(place: number, creatorId: string): void {
    this.#creators[place] = creatorId;
    this.#creatorPlaces.set(creatorId, place);
  }

  #placeLink(place: number, link: PlacedLink): void {
    this.#links[place] = link;
    this.#linkPlaces.set(link.code, place);
  }
}
