import type { CreatorCard } from "#shared/domain/matching/card";
import type { Exposure } from "#shared/domain/matching/exposure";
import type { IndexEntry } from "#shared/domain/matching/index-entry";
import type { PastResult } from "#shared/domain/matching/past-result";
import type { IndexRebuild } from "#shared/domain/matching/index-rebuild";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

export const creatorCard = {
  kind: "creatorCard",
  prefix: "CREATOR_CARD",
  partition: ["userId"],
  sort: [],
  removable: true,
  toldApartBy: "updatedAt",
} as const satisfies Declaration<CreatorCard>;

/**
 * A place of a creator in the index, written with their card: things of its own and no listing, since what it is read for is all
 * in it. Read from its end: who is worth most is last.
 */
export const indexEntry = {
  kind: "indexEntry",
  prefix: "CREATOR_INDEX",
  partition: ["category", "country", "platform", "tier"],
  sort: ["standing", "creatorId"],
  removable: true,
} as const satisfies Declaration<IndexEntry>;

export const pastResult = {
  kind: "pastResult",
  prefix: "PAST_RESULT",
  partition: ["creatorId"],
  sort: ["campaignId"],
} as const satisfies Declaration<PastResult>;

/** One item. */
export const indexRebuild = {
  kind: "indexRebuild",
  prefix: "INDEX_REBUILD",
  partition: [],
  sort: [],
} as const satisfies Declaration<IndexRebuild>;

/** The last list of each day that a campaign asked for one. */
export const exposure = {
  kind: "exposure",
  prefix: "EXPOSURE",
  partition: ["campaignId"],
  sort: ["day"],
  expires: { days: 400, after: "day" },
  listings: {
    ofDay: { index: "kind", prefix: "EXPOSURES", partition: ["day"], sort: ["campaignId"], spread: SPREAD },
  },
} as const satisfies Declaration<Exposure>;
