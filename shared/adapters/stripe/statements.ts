import { epochSeconds } from "#shared/domain/kernel/time";
import type { ProcessorStatements } from "#shared/ports/reconciliations";
import { connectionTo, type StripeEnvironment } from "./connection.ts";
import { listedMovements, movementAt, movementsAbout } from "./movements-about.ts";

/** Stripe's balance transactions, each with the objects it is about. Source: docs.stripe.com/api/balance_transactions/list. */
export function stripeStatements(env: StripeEnvironment): ProcessorStatements {
  const { connected } = connectionTo(env);
  return {
    movements: async (from, to) =>
      listedMovements(await connected(), { created: { gte: epochSeconds(from), lt: epochSeconds(to) } }),
    about: async (objectIds) => movementsAbout(await connected(), objectIds),
    movement: async (id) => movementAt(await connected(), id),
  };
}
