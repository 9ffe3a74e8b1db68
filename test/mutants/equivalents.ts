/** Mutants that change nothing anybody could observe, each with the reason. */
interface Equivalent {
  readonly file: string;
  /** What stood there, whole. */
  readonly was: string;
  /** What stands there instead. */
  readonly becomes: string;
  readonly reason: string;
}

export const equivalents: readonly Equivalent[] = [
  {
    file: "shared/runtime/authenticate.ts",
    was: "if (token === undefined) throw refuse(accessRefusals.unauthenticated);",
    becomes: "",
    reason: "aws-jwt-verify refuses what is no string, and that is answered in the same way",
  },
  {
    file: "shared/runtime/authenticate.ts",
    was: 'error instanceof Error && error.name !== "ZodError"',
    becomes: 'error.name !== "ZodError"',
    reason: "aws-jwt-verify and zod throw nothing but errors; the first half is there for the type",
  },
  {
    file: "shared/domain/users/roles.ts",
    was: "demoted && stays",
    becomes: "demoted",
    reason: "a demotion with nobody who stays was refused before; the second half is there for the type",
  },
  {
    file: "shared/adapters/stripe/payments.ts",
    was: `if (signatures === null) throw new OwnError("this build of Stripe's library cannot verify signatures");`,
    becomes: "",
    reason:
      "Stripe's library has signatures on Node, always; without them, asking `null` to verify throws all the same",
  },
  {
    file: "shared/table/repositories/idempotency.ts",
    was: '{ state: "in_progress", attempt }',
    becomes: "{attempt}",
    reason: "a completed record names no attempt, so that no attempt holds it",
  },
  {
    file: "shared/table/repositories/plan.ts",
    was: "{ ...operation.when.atLeast, ...when.atLeast }",
    becomes: "{...operation.when.atLeast}",
    reason: "every requirement is an equality: none brings bounds that could be merged",
  },
  {
    file: "shared/adapters/stripe/refunds.ts",
    was: "if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;",
    becomes: "",
    reason: "no other error has one of those codes, or names a parameter; it is there for the type",
  },
];
