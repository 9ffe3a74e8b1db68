import type { SealHead, WrittenEntry } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";

/** A chain whose head was lost, unreadable, or not where its chain ends: by no action of ours. */
export interface LostHead {
  readonly chain: number;
  /** The place that stays empty; after it the chain goes on. */
  readonly left: number;
}

/** What became of one batch of entries. */
export interface SealingOutcome {
  /** The seals that were made, each as the head it left. */
  readonly made: readonly SealHead[];
  /** Chains that go on after a gap, because where they ended was not known any more. Told once. */
  readonly lost: readonly LostHead[];
  /** Per chain that could not be written: its entries, which must come again. */
  readonly failures: readonly { readonly keys: readonly string[]; readonly error: unknown }[];
}

export interface Seals {
  /**
   * Seals entries that were written: each exactly once, however often it comes, in any order, and with others at work
   * at the same time. Never rejects: what failed is in the outcome.
   */
  seal(written: readonly WrittenEntry[], now: Instant): Promise<SealingOutcome>;
}
