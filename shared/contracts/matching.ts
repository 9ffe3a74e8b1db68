/** Creators who are proposed to campaigns, and why. */
import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { idOf, UserId } from "#shared/domain/kernel/ids";
import { CalendarDay, Instant } from "#shared/domain/kernel/time";
import { filterNames } from "#shared/domain/matching/filters";
import { factorNames } from "#shared/domain/matching/weights";
import { AudienceFlagName } from "#shared/domain/social/social-account";
import { SocialPlatform } from "#shared/domain/social/platform";
import { userRefusals } from "#shared/domain/users/refusals";
import { CREATOR_SOURCES } from "#shared/ports/creator-sources";
import { http } from "./contract.ts";
import { pageSize } from "./limits.ts";
import { campaignPath, creatorInCampaignPath } from "./paths.ts";
import { periodShape } from "./period.ts";
import { CreatorView } from "./shapes.ts";

const Share = z.number().min(0).max(1);

const FactorView = z
  .object({
    name: z.enum(factorNames),
    points: z.number(),
    max: z.number(),
    /** Of how much it is known, and how old that is. */
    confidence: Share,
    evidence: z.object({
      measure: z.string(),
      /** Null: not known, and the typical was assumed. */
      value: z.number().nullable(),
      of: z.int().optional(),
      platform: SocialPlatform.optional(),
      /** What makes the figure doubtful, where something does: brands, admins and the creator see the same. */
      flags: z.array(AudienceFlagName).optional(),
      asOf: Instant.nullable(),
      ageDays: z.int().nullable(),
    }),
    /** What would raise it. */
    raise: z.string().nullable(),
  })
  .meta({ id: "MatchFactor" });

const MatchView = z
  .object({
    creatorId: UserId,
    /** The sum of the factors' points. */
    score: z.number(),
    confidence: Share,
    factors: z.array(FactorView),
    profile: CreatorView,
  })
  .meta({ id: "Match" });

const Judgement = { weightsVersion: z.string(), weights: z.record(z.enum(factorNames), z.int()) };

const MatchExplanation = MatchView.extend({
  /** Why they are not proposed; empty where they are, if nobody better takes the place. */
  excludedBy: z.array(
    z.object({
      filter: z.enum(filterNames),
      evidence: z.object({ wanted: z.string(), found: z.string(), asOf: Instant.optional() }),
    }),
  ),
  ...Judgement,
}).meta({ id: "MatchExplanation" });

export const listMatches = http({
  route: "GET /v1/campaigns/{campaignId}/matches",
  roles: ["brand", "admin"],
  path: campaignPath,
  query: z.strictObject({
    limit: z
      .string()
      .regex(/^\d{1,4}$/, "must be a whole number")
      .transform(Number)
      .pipe(z.int().min(1).max(pageSize.max))
      .default(20),
  }),
  reply: z
    .object({
      data: z.array(MatchView),
      /** Whether they are the best of all: false where so many had to be compared that reading stopped, and somebody may be missing. */
      isExact: z.boolean(),
      ...Judgement,
    })
    .meta({ id: "Matches" }),
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "candidates:find", "exposures:note"],
  summary: "Propose creators for a campaign, best first, with every reason",
  ifItFails: "brands are proposed nobody",
});

export const explainMatch = http({
  route: "GET /v1/campaigns/{campaignId}/matches/{creatorId}",
  roles: ["brand", "admin"],
  path: creatorInCampaignPath,
  reply: MatchExplanation,
  refuses: [campaignRefusals.notFound, userRefusals.creatorNotFound],
  uses: ["campaigns:read", ...CREATOR_SOURCES],
  summary: "Say how one creator would fit a campaign, and why they are not proposed where they are not",
  ifItFails: "brands do not learn why somebody is or is not proposed",
});

export const explainOwnMatch = http({
  route: "GET /v1/creators/{creatorId}/matches/{campaignId}",
  roles: ["creator"],
  path: z.strictObject({ creatorId: UserId, campaignId: idOf("campaign") }),
  reply: MatchExplanation,
  refuses: [campaignRefusals.notFound, userRefusals.creatorNotFound],
  uses: ["campaigns:read", ...CREATOR_SOURCES],
  summary: "Say how you fit a campaign that you are invited to, and what would raise it",
  ifItFails: "creators do not learn what they are judged by",
});

export const reportExposure = http({
  route: "GET /v1/admin/matching/exposure",
  roles: ["admin"],
  query: z.strictObject(periodShape),
  reply: z
    .object({
      /** The first day that it is of: a later one than was asked for, where it is not exact. */
      from: CalendarDay,
      to: CalendarDay,
      /** Whether it is of all lists of these days that were asked about: false where they were so many that reading stopped. */
      isExact: z.boolean(),
      data: z.array(z.object({ creatorId: UserId, proposed: z.int(), first: z.int() })),
      /** Lists that were asked for: one a campaign and day. */
      lists: z.int(),
      creators: z.int(),
      proposals: z.int(),
      topTenShare: Share,
    })
    .meta({ id: "Exposure" }),
  refuses: [],
  uses: ["exposures:list"],
  summary: "Say who is proposed to campaigns how often: the last 7 days, or up to 31",
  ifItFails: "nobody sees whether the same few are always proposed",
});
