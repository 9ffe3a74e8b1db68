/** Mutants that change nothing anybody could observe, each with the reason. */
interface Equivalent {
  readonly file: string;
  /** Part of what stood there. */
  readonly was: string;
  /** What stands there instead. */
  readonly becomes: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: "shared/runtime/authenticate.ts",
    was: "if (token === undefined) throw",
    becomes: "",
    reason: "aws-jwt-verify refuses what is no string, and that is answered in the same way",
  },
];
