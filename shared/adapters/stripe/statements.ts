import { epochSeconds, type Instant } from "#shared/domain/kernel/time";
import type { ProcessorStatements } from "#shared/ports/reconciliations";
import { connectionTo, type StripeEnvironment } from "./connection.ts";
import { listedMovements, movementAt, movementsAbout } from "./movements-about.ts";

/** Stripe's balance transactions, each with the objects it is about. Source: docs.stripe.com/api/balance_transactions/list. */
export function stripeStatements(env: StripeEnvironment): ProcessorStatements {
  const { connected } = connectionTo(env);
  return {
    movements: async (from, to) => listedMovements(await connected(), { created: within(from, to) }),
    movementsOfType: async (type, from, to) => listedMovements(await connected(), { type, created: within(from, to) }),
    about: async (objectIds) => movementsAbout(await connected(), objectIds),
    movement: async (id) => movementAt(await connected(), id),
  };
}

const within = (from: Instant, to: Instant) => ({ gte: epochSeconds(from), lt: epochSeconds(to) });
