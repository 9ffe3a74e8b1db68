/** Who comes before whom. */
import { createHash } from "node:crypto";
import type { Brief } from "./brief.ts";
import type { CardContent } from "./card.ts";
import { judgedFor } from "./judge.ts";
import { standingOf } from "./standing.ts";
import type { Steps } from "./values.ts";

/** A place in the order of a campaign. */
export interface Rank {
  /** Under the campaign's weights: the score, in whole steps. */
  readonly standing: number;
  /** Under the house's: whom a campaign's own weights do not tell apart, all that they leave out does. */
  readonly house: number;
  /** Among equals. */
  readonly turn: string;
}

/** Best first. */
export const byRank = (one: Rank, other: Rank): number =>
  other.standing - one.standing ||
  other.house - one.house ||
  Number(one.turn > other.turn) - Number(one.turn < other.turn);

export const rankBy = (
  { campaignId, weights }: Pick<Brief, "campaignId" | "weights">,
  { creatorId, steps }: { readonly creatorId: string; readonly steps: Steps },
): Rank => ({
  standing: standingOf(steps, weights),
  house: standingOf(steps),
  turn: turnOf(campaignId, creatorId),
});

export const rankOf = (brief: Brief, card: CardContent): Rank =>
  rankBy(brief, { creatorId: card.userId, steps: judgedFor(brief, card).steps });

/**
 * Whose turn it is among equals: an order of each campaign's own, so that over campaigns everybody comes first as often as
 * everybody else, and each campaign always sees the same.
 */
const turnOf = (campaignId: string, creatorId: string): string =>
  createHash("sha256").update(`${campaignId} ${creatorId}`).digest("hex");
