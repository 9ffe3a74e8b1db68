/**
 * Whether entries are sealed already, told without writing anything down for each: no entry was sealed before it was
 * written, and a chain's seals are in order of time, so only the seals made since then can hold it. Seals never change: a
 * process reads each once and remembers it.
 */
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Seal, SealHead } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";
import type { TableEngine } from "#shared/table/engine";
import { listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { readable } from "./stored-seals.ts";

/** Of one chain: 20 MB when all are full. After an outage of hours there may be more, which are then read again. */
const SEALS_REMEMBERED = 800;
const SEALS_AT_ONCE = 10;

type Remembered = Pick<Seal, "sealedAt" | "entries">;

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
  private readonly table: TableEngine;
  private readonly chain: number;

  constructor(table: TableEngine, chain: number) {
    this.table = table;
    this.chain = chain;
  }

  /**
   * Those of the keys that were sealed from `since` until the chain's head was `head`.
   *
   * @param gaps `pass` over a seal that is not there: somebody took it away, and what comes after is sealed all the same
   * @throws SealNotThere A query may see the head's part of a transaction before the seal's: read again.
   */
  async among(
    keys: ReadonlySet<string>,
    head: SealHead | undefined,
    since: Instant,
    gaps: "refuse" | "pass",
  ): Promise<ReadonlySet<string>> {
    const found = new Set<string>();
    for await (const { sealedAt, entries } of this.down(head?.sequence ?? 0, gaps)) {
      if (sealedAt < since) break;
      for (const { key } of entries) if (keys.has(key)) found.add(key);
    }
    return found;
  }

  /** The seals from this one down to the first. */
  private async *down(from: number, gaps: "refuse" | "pass"): AsyncIterable<Remembered> {
    for (let sequence = from; sequence > 0; sequence -= 1) {
      const seal = this.seals.get(sequence) ?? (await this.read(sequence));
      if (seal !== undefined) yield seal;
      else if (gaps === "refuse") throw new SealNotThere(this.chain, sequence);
    }
  }

  /** A seal that this process made need not be read. */
  add({ sequence, sealedAt, entries }: Seal): void {
    this.seals.set(sequence, { sealedAt, entries });
    for (const oldest of this.seals.keys()) {
      if (this.seals.size <= SEALS_REMEMBERED) break;
      this.seals.delete(oldest);
    }
  }

  /** Reads this seal, and some before it. */
  private async read(sequence: number): Promise<Remembered | undefined> {
    const place = ranged(listing(items.seal, { chain: this.chain }), { to: sequence });
    const page = await this.table.query({ ...place, descending: true, limit: SEALS_AT_ONCE });
    const seals = readable(page.items);
    for (const seal of seals) this.add(seal);
    return seals.find((seal) => seal.sequence === sequence);
  }
}
