/** Finds the seal that holds an entry, by its time: the seals of a chain are in order of time, and many. */
import {
  chainOf,
  CLOCKS_APART_MS,
  GRACE_MS,
  headOf,
  isOwn,
  isWhole,
  LATEST_SEAL_HOURS,
  type Seal,
  type SealHead,
  type StoredChain,
} from "#shared/domain/audit/seal";
import { type Instant, plusHours, plusMilliseconds } from "#shared/domain/kernel/time";
import type { TableEngine } from "#shared/table/engine";
import { endOf, lastPlace, placesFrom, type Way } from "./stored-seals.ts";

const SEALS_AT_ONCE = 10;

/** Of one request: what it has read of the chains, it does not read again. */
export class SealSearch {
  /** By where it was looked for, the first that is there. */
  private readonly seals = new Map<string, Seal | undefined>();
  private readonly ends = new Map<number, number>();
  private readonly table: TableEngine;
  /** Seals that are looked at for one entry, each way, before it counts as not sealed. */
  private readonly most: number;

  constructor(table: TableEngine, most: number) {
    this.table = table;
    this.most = most;
  }

  /** @param key the entry's, and `at` when it says that it was written. Undefined when no seal has it, or none near that instant. */
  async find(key: string, at: Instant): Promise<Seal | undefined> {
    const chain = chainOf(key);
    const first = await this.firstSince(chain, at);
    const has = (seal: Seal) => seal.entries.some((entry) => entry.key === key);
    // Later it would be a break all the same. Another's clock is believed only of a seal that is whole.
    const latest = plusHours(at, LATEST_SEAL_HOURS);
    for await (const seal of this.along(chain, "up", first)) {
      if (has(seal)) return seal;
      if (seal.sealedAt > latest && isWhole(seal)) break;
    }
    // Only where the clock of who sealed it lagged is an entry's seal older than the entry.
    const since = plusMilliseconds(at, -CLOCKS_APART_MS);
    for await (const seal of this.along(chain, "down", first - 1)) {
      if (seal.sealedAt < since) break;
      if (has(seal)) return seal;
    }
    return undefined;
  }

  /** The part of a chain where an entry's seal would be: from a seal before it was written to one after its grace. */
  async around(key: string, at: Instant): Promise<StoredChain> {
    const chain = chainOf(key);
    const first = await this.firstSince(chain, plusMilliseconds(at, -CLOCKS_APART_MS));
    const after = await this.soundBefore(chain, first);
    const seals: Seal[] = [];
    const until = plusMilliseconds(at, GRACE_MS);
    for await (const seal of this.along(chain, "up", (after?.sequence ?? 0) + 1)) {
      const isEnd = isPast(seals.at(-1), seal, until);
      seals.push(seal);
      if (isEnd && isOwn(seal, chain)) return { chain, after, seals, head: headOf(seal) };
    }
    return { chain, after, seals, head: await endOf(this.table, chain) };
  }

  private async soundBefore(chain: number, place: number): Promise<SealHead | undefined> {
    for await (const seal of this.along(chain, "down", place - 1)) if (isOwn(seal, chain)) return headOf(seal);
    return undefined;
  }

  /** The place of the first seal that was not made before an instant; one after the last, when there is none. */
  private async firstSince(chain: number, since: Instant): Promise<number> {
    let [low, high] = [1, (await this.lengthOf(chain)) + 1];
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      // Of each half one seal tells: the ones beside it would be read for nothing.
      const seal = await this.nearest(chain, "down", middle, 1);
      if (seal !== undefined && seal.sequence >= low && seal.sealedAt >= since) high = seal.sequence;
      else low = middle + 1;
    }
    return low;
  }

  /** Where anything is stored last, whatever the head says: it is not what is searched. */
  private async lengthOf(chain: number): Promise<number> {
    const known = this.ends.get(chain) ?? (await lastPlace(this.table, chain))?.place ?? 0;
    this.ends.set(chain, known);
    return known;
  }

  private async *along(chain: number, way: Way, from: number): AsyncIterable<Seal> {
    let place = from;
    for (let count = 0; count < this.most; count += 1) {
      const seal = await this.nearest(chain, way, place, SEALS_AT_ONCE);
      if (seal === undefined) return;
      yield seal;
      place = seal.sequence + step(way);
    }
  }

  /** The seal of a place, or the first beyond it that is there. Reads some more, as many as is said: they are asked for next. */
  private async nearest(chain: number, way: Way, from: number, size: number): Promise<Seal | undefined> {
    const nameOf = (place: number): string => `${chain} ${way} ${place}`;
    if (!this.seals.has(nameOf(from))) {
      this.seals.set(nameOf(from), undefined);
      let asked = from;
      for await (const places of placesFrom(this.table, chain, way, from, size)) {
        for (const { seal } of places)
          if (seal !== undefined) {
            this.seals.set(nameOf(asked), seal).set(nameOf(seal.sequence), seal);
            asked = seal.sequence + step(way);
          }
        if (asked !== from) break;
      }
    }
    return this.seals.get(nameOf(from));
  }
}

const step = (way: Way): number => (way === "up" ? 1 : -1);

/** Of two that follow on each other: one alone may have been forged, to say that all after it is past. */
const isPast = (before: Seal | undefined, seal: Seal, until: Instant): boolean =>
  before !== undefined && before.hash === seal.previousHash && before.sealedAt > until && seal.sealedAt > until;
