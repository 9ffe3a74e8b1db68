/** Mutants that change nothing anybody could observe, each with the reason. */
interface Equivalent {
  readonly file: string;
  /** Part of what stood there. */
  readonly was: string;
  /** What stands there instead. */
  readonly becomes: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [];
