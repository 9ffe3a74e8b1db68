import type { SealHead, WrittenEntry } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";

/** What became of one batch of entries. */
export interface SealingOutcome {
  /** The seals that were made, each as the head it left. */
  readonly made: readonly SealHead[];
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
