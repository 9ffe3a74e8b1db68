import type { Instant } from "../kernel/time.ts";
import type { Budget, Campaign } from "./campaign.ts";

/** How a campaign's money goes, against its time. */
export interface Pacing {
  /** Of its timeline how much is over, from 0 to 1. */
  readonly elapsed: number;
  /** Of its planned budget, which stays when what is left goes back to the brand, how much is spent: approved, and the creators'. */
  readonly spent: number;
  /** Of the same how much is spent or secured for creators who take part. */
  readonly committed: number;
  /** Spent for each part of its time: 1 is evenly, more is faster. Nothing can be said before it starts. */
  readonly pace: number | null;
}

const PRECISION = 10_000;
const rounded = (share: number): number => Math.round(share * PRECISION) / PRECISION;

/** By the books and the clock, as of now. */
export function pacingOf(
  { timeline: { start, end }, plannedBudget }: Pick<Campaign, "timeline" | "plannedBudget">,
  { spent, secured }: Pick<Budget, "spent" | "secured">,
  now: Instant,
): Pacing {
  const [from, to, at] = [start, end, now].map((instant) => Date.parse(instant)) as [number, number, number];
  const elapsed = Math.min(Math.max((at - from) / (to - from), 0), 1);
  const share = (minor: number): number => minor / plannedBudget.amount;
  return {
    elapsed: rounded(elapsed),
    spent: rounded(share(spent)),
    committed: rounded(share(spent + secured)),
    pace: elapsed > 0 ? rounded(share(spent) / elapsed) : null,
  };
}
