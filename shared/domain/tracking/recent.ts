import { type HitClass, hitClasses } from "./classification.ts";
import type { Hit, HitKind } from "./hit.ts";
import { ByteReader, ByteWriter } from "./packed.ts";
import { VisitorTable } from "./visitor-table.ts";

const VERSION = 3;
/**
 * Room for the classes of a link's clicks, as much for those of its views, then for its shares, and from `RULES` on for its
 * rules: what is counted is found by one number.
 */
const CLASSES = 16;
const SHARES = { from: 2 * CLASSES, to: 4 * CLASSES };
const RULES = { from: 1_024, to: 2_048 };
const PLACES = RULES.to;

/** What is counted at one place of a link. */
interface Counted {
  readonly kind: HitKind;
  readonly hitClass: HitClass;
}

/** The place of a link's counts: a class has its place in `hitClasses`, which are only added to. */
const placeOf = ({ kind, hitClass }: Counted): number => (kind === "view" ? CLASSES : 0) + hitClasses.indexOf(hitClass);

/** A link's scans, each a hit of some class as well, are counted beside the classes, in the last place. */
const SCANS = SHARES.from - 1;
export const isScans = (place: number): boolean => place === SCANS;
export const scanKey = (link: number): number => keyAt(link, SCANS);

/** By what a visit was led: a rule's priority, or a place among the shares. */
export interface Led {
  readonly by: "byRule" | "byVariant";
  readonly number: number;
}

/** Visits that a rule or a share led are counted beside the classes as well. Numbers that no link has are of no hit of ours. */
export function ledKeys(link: number, { rule, variant }: Pick<Hit, "rule" | "variant">): readonly number[] {
  const places = [placeAmong(RULES, rule), placeAmong(SHARES, variant)];
  return places.flatMap((place) => (place === undefined ? [] : [keyAt(link, place)]));
}

const placeAmong = ({ from, to }: typeof RULES, number = Infinity): number | undefined =>
  from + number < to ? from + number : undefined;

/** What leads to the visits that are counted at a place; undefined where none are. */
export function ledAt(place: number): Led | undefined {
  if (place >= RULES.from) return { by: "byRule", number: place - RULES.from };
  return place >= SHARES.from && place < SHARES.to ? { by: "byVariant", number: place - SHARES.from } : undefined;
}

/** Where hits of one link, kind and class are counted. */
export const countKey = (link: number, hitClass: HitClass, kind: HitKind = "click"): number =>
  keyAt(link, placeOf({ kind, hitClass }));
const keyAt = (link: number, place: number): number => link * PLACES + place;
export const linkOf = (key: number): number => Math.floor(key / PLACES);
export const placeIn = (key: number): number => key % PLACES;

/** What is counted at a place; undefined where nothing is. */
export function countedAt(place: number): Counted | undefined {
  const hitClass = hitClasses[place % CLASSES];
  return place < SHARES.from && hitClass ? { kind: place < CLASSES ? "click" : "view", hitClass } : undefined;
}

export interface PlacedLink {
  readonly code: string;
  /** The creator's place. */
  readonly creator: number;
}

/** Links and creators are known by places: the order in which the bucket first saw them. */
export interface Known {
  readonly links: number;
  readonly creators: number;
}

const raise = (counts: Map<number, number>, key: number, by: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + by);

/** What a bucket counted since it was last sealed. */
export class Recent {
  /** How many links and creators were sealed: the new ones take the places from there on. */
  readonly known: Known;
  readonly creators: string[] = [];
  readonly links: PlacedLink[] = [];
  /** By `countKey`. Below zero where more was taken back than came: of what was sealed. */
  readonly counts = new Map<number, number>();
  /** Visitors new to a creator's links, less those taken back, by the creator's place. */
  readonly uniques = new Map<number, number>();
  readonly visitors = new VisitorTable();
  readonly #linkPlaces = new Map<string, number>();
  readonly #creatorPlaces = new Map<string, number>();

  constructor(known: Known) {
    this.known = known;
  }

  /** @throws RangeError when the bytes are cut short or of another version */
  static of(bytes: Uint8Array): Recent {
    const from = new ByteReader(bytes);
    if (from.number() !== VERSION) throw new RangeError("A bucket's counts have an unknown version.");
    const recent = new Recent({ links: from.number(), creators: from.number() });
    for (let left = from.number(); left > 0; left -= 1) recent.addCreator(from.text());
    for (let left = from.number(); left > 0; left -= 1) recent.addLink(from.text(), from.number());
    for (let left = from.number(); left > 0; left -= 1) recent.count(from.number(), from.signed());
    for (let left = from.number(); left > 0; left -= 1) recent.addUnique(from.number(), from.signed());
    recent.visitors.addBytes(from.rest());
    return recent;
  }

  /** The same counts always give the same bytes. */
  bytes(): Uint8Array {
    const to = new ByteWriter();
    to.number(VERSION);
    to.number(this.known.links);
    to.number(this.known.creators);
    to.number(this.creators.length);
    for (const creatorId of this.creators) to.text(creatorId);
    to.number(this.links.length);
    for (const { code, creator } of this.links) {
      to.text(code);
      to.number(creator);
    }
    for (const counts of [this.counts, this.uniques]) {
      to.number(counts.size);
      for (const [key, count] of counts) {
        to.number(key);
        to.signed(count);
      }
    }
    to.bytes(this.visitors.bytes());
    return to.written();
  }

  linkPlace(code: string): number | undefined {
    return this.#linkPlaces.get(code);
  }

  creatorPlace(creatorId: string): number | undefined {
    return this.#creatorPlaces.get(creatorId);
  }

  addLink(code: string, creator: number): number {
    const place = this.known.links + this.links.push({ code, creator }) - 1;
    this.#linkPlaces.set(code, place);
    return place;
  }

  addCreator(creatorId: string): number {
    const place = this.known.creators + this.creators.push(creatorId) - 1;
    this.#creatorPlaces.set(creatorId, place);
    return place;
  }

  count(key: number, by = 1): void {
    raise(this.counts, key, by);
  }

  addUnique(creator: number, by = 1): void {
    raise(this.uniques, creator, by);
  }
}
