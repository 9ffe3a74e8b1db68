/**
 * Whether entries are sealed already, told without writing anything down for each: no entry was sealed before it was
 * written, and a chain's seals are in order of time, so only the seals made since then can hold it. Seals never change: a
 * process reads each once and remembers it.
 */
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Seal } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";
import type { TableEngine } from "#shared/table/engine";
import { placesFrom } from "./stored-seals.ts";

/** Of one chain: 20 MB when all are full. After an outage of hours there may be more, which are then read again. */
const SEALS_REMEMBERED = 800;
const SEALS_AT_ONCE = 10;

type Remembered = Pick<Seal, "sealedAt" | "entries">;

/** Of a chain, what was found among its seals. */
export interface Found {
  /** Keys that are sealed already. */
  readonly sealed: ReadonlySet<string>;
  /** Nothing was seen in its last place: somebody took the seal away, or it is on its way all the same. */
  readonly isLastUnseen: boolean;
}

/** A head or a seal speaks of a seal before it that was not read. */
export class SealNotThere extends OwnError {
  constructor(chain: number, sequence: number) {
    super(`chain ${chain} lacks its seal ${sequence}`);
    this.name = "SealNotThere";
  }
}

/** Seals of one chain, as far as this process has read them. */
export class SealedLately {
  /** By sequence, in the order they were read. */
  private readonly seals = new Map<number, Remembered>();
  /** Places that were passed over: nobody need look again whether the seal is on its way. */
  private readonly gaps = new Set<number>();
  /** Places with something in them that cannot be read, and will not be. */
  private readonly spoiled = new Set<number>();
  private readonly table: TableEngine;
  readonly chain: number;

  constructor(table: TableEngine, chain: number) {
    this.table = table;
    this.chain = chain;
  }

  /**
   * Those of the keys that were sealed from `since` until the chain had come to a place.
   *
   * @param gaps `pass` over seals that are not there, however many: somebody took them away, and what comes after is sealed all the same
   * @throws SealNotThere A query may see the head's part of a transaction before the seal's: read again.
   */
  async among(keys: ReadonlySet<string>, last: number, since: Instant, gaps: "refuse" | "pass"): Promise<Found> {
    if (last > 0 && !this.seals.has(last)) await this.read(last);
    const isLastUnseen = last > 0 && !this.isThere(last);
    const sealed = new Set<string>();
    for await (const { sealedAt, entries } of this.down(last, gaps)) {
      if (sealedAt < since) break;
      for (const { key } of entries) if (keys.has(key)) sealed.add(key);
    }
    return { sealed, isLastUnseen };
  }

  private isThere(place: number): boolean {
    return this.seals.has(place) || this.spoiled.has(place);
  }

  /** The seals from this place down to the first. */
  private async *down(from: number, gaps: "refuse" | "pass"): AsyncIterable<Remembered> {
    for (let next = from; next > 0;) {
      const place = this.seals.has(next) ? next : await this.read(next);
      if (place !== next) this.passOver(next, gaps);
      const seal = place === undefined ? undefined : this.seals.get(place);
      if (place === undefined || seal === undefined) return;
      yield seal;
      next = place - 1;
    }
  }

  private passOver(place: number, gaps: "refuse" | "pass"): void {
    if (gaps === "refuse" && !this.spoiled.has(place) && !this.gaps.has(place))
      throw new SealNotThere(this.chain, place);
    this.gaps.add(place);
  }

  /** A seal that this process made need not be read. */
  add({ sequence, sealedAt, entries }: Seal): void {
    this.seals.set(sequence, { sealedAt, entries });
    for (const oldest of this.seals.keys()) {
      if (this.seals.size <= SEALS_REMEMBERED) break;
      this.seals.delete(oldest);
    }
  }

  /** Reads the seal of this place, or the first below it that is there, and some before that; says which it was. */
  private async read(from: number): Promise<number | undefined> {
    for await (const places of placesFrom(this.table, this.chain, "down", from, SEALS_AT_ONCE)) {
      for (const { place, seal } of places) if (seal === undefined) this.spoiled.add(place);
      const seals = places.flatMap(({ seal }) => seal ?? []);
      for (const seal of seals) this.add(seal);
      if (seals[0] !== undefined) return seals[0].sequence;
    }
    return undefined;
  }
}
