/** Finds the seal that holds an entry, by its time: the seals of a chain are in order of time, and many. */
import { CHAINS, chainOf, type Seal } from "#shared/domain/audit/seal";
import { CLOCKS_APART_MS } from "#shared/domain/audit/verify-seals";
import { type Instant, plusMilliseconds } from "#shared/domain/kernel/time";
import type { TableEngine } from "#shared/table/engine";
import { listing, ranged } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { endOf, readable } from "./stored-seals.ts";

const SEALS_AT_ONCE = 10;

/** Of one request: what it has read of the chains, it does not read again. */
export class SealSearch {
  private readonly seals = new Map<string, Seal | undefined>();
  private readonly lengths = new Map<number, number>();
  private readonly table: TableEngine;
  /** Seals that are looked at for one entry before it counts as not sealed. */
  private readonly most: number;

  constructor(table: TableEngine, most: number) {
    this.table = table;
    this.most = most;
  }

  /** @param key the entry's, and `at` when it says that it was written. Undefined when no seal has it, or none near that instant. */
  async find(key: string, at: Instant): Promise<Seal | undefined> {
    const chain = chainOf(key);
    const length = await this.lengthOf(chain);
    const first = await this.firstSince(chain, at, length);
    const has = (seal: Seal | undefined) => seal?.entries.some((entry) => entry.key === key);
    const last = Math.min(length, first + this.most - 1);
    for (let sequence = first; sequence <= last; sequence += 1) {
      const seal = await this.sealAt(chain, sequence, { to: sequence + SEALS_AT_ONCE - 1 });
      if (has(seal)) return seal;
    }
    // Only where the clock of who sealed it lagged is an entry's seal older than the entry.
    const since = plusMilliseconds(at, -CLOCKS_APART_MS);
    for (let sequence = first - 1; sequence >= Math.max(1, first - this.most); sequence -= 1) {
      const seal = await this.sealAt(chain, sequence, { from: sequence - SEALS_AT_ONCE + 1 });
      if (seal !== undefined && seal.sealedAt < since) break;
      if (has(seal)) return seal;
    }
    return undefined;
  }

  /** The first seal that was not made before an instant; one after the last, when there is none. */
  private async firstSince(chain: number, since: Instant, length: number): Promise<number> {
    let [low, high] = [1, length + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      // Of each half one seal tells: the ones beside it would be read for nothing.
      const seal = await this.sealAt(chain, middle);
      if (seal !== undefined && seal.sealedAt >= since) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private async lengthOf(chain: number): Promise<number> {
    const known = this.lengths.get(chain);
    if (known !== undefined) return known;
    const head = await endOf(this.table, chain);
    this.lengths.set(chain, head?.sequence ?? 0);
    return head?.sequence ?? 0;
  }

  /** Reads those around it as well, as far as is said: they are asked for next. */
  private async sealAt(
    chain: number,
    sequence: number,
    { from = sequence, to = sequence }: { readonly from?: number; readonly to?: number } = {},
  ): Promise<Seal | undefined> {
    const nameOf = (one: number): string => `${one * CHAINS + chain}`;
    if (!this.seals.has(nameOf(sequence))) {
      const place = ranged(listing(items.seal, { chain }), { from: Math.max(1, from), to });
      const { items: found } = await this.table.query({ ...place, limit: to - from + 1 });
      this.seals.set(nameOf(sequence), undefined);
      for (const seal of readable(found)) this.seals.set(nameOf(seal.sequence), seal);
    }
    return this.seals.get(nameOf(sequence));
  }
}
