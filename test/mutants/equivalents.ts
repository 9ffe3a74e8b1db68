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
  {
    file: "shared/adapters/stripe/payments.ts",
    was: "if (signatures === null) throw",
    becomes: "",
    reason:
      "Stripe's library has signatures on Node, always; without them, asking `null` to verify throws all the same",
  },
  {
    file: "shared/table/repositories/idempotency.ts",
    was: 'state: "in_progress", attempt',
    becomes: "{attempt}",
    reason: "a completed record names no attempt, so that no attempt holds it",
  },
  {
    file: "shared/table/repositories/plan.ts",
    was: "...operation.when.atLeast, ...when.atLeast",
    becomes: "{...operation.when.atLeast}",
    reason: "every requirement is an equality: none brings bounds that could be merged",
  },
];
