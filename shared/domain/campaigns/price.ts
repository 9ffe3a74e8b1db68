import type { Deliverable } from "./deliverable.ts";

/** What all units of these deliverables cost together: the price of one creator who makes them, minor units. */
export const priceOf = (deliverables: readonly Pick<Deliverable, "quantity" | "compensation">[]): number =>
  deliverables.reduce((sum, { quantity, compensation }) => sum + quantity * compensation.amount, 0);
