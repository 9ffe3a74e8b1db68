/** Creators as brands find them, and the index that they are found in. */
import * as z from "zod";
import { Category } from "#shared/domain/campaigns/campaign";
import { UserId } from "#shared/domain/kernel/ids";
import { CreatorFilter } from "#shared/domain/matching/search";
import { SocialPlatform } from "#shared/domain/social/platform";
import { userRefusals } from "#shared/domain/users/refusals";
import { CREATOR_SOURCES } from "#shared/ports/creator-sources";
import { http, list, onEvent, schedule } from "./contract.ts";
import { CreatorView } from "./shapes.ts";

export const listCreators = list({
  route: "GET /v1/creators",
  roles: ["admin", "brand"],
  query: CreatorFilter,
  reply: CreatorView,
  refuses: [],
  uses: ["creators:find"],
  summary: "Find creators by category, country, platform, language, followers, price and what a name begins with",
  ifItFails: "brands cannot look for creators",
});

export const getCreator = http({
  route: "GET /v1/creators/{creatorId}",
  roles: ["admin", "brand", "creator"],
  path: z.strictObject({ creatorId: UserId }),
  reply: CreatorView,
  refuses: [userRefusals.creatorNotFound],
  uses: CREATOR_SOURCES,
  summary: "Read a creator's public profile",
  ifItFails: "brands cannot see whom they invite",
});

export const listProfileWords = http({
  route: "GET /v1/profile-words",
  roles: ["admin", "brand", "creator"],
  reply: z
    .object({
      categories: z.array(Category),
      languages: z.array(z.object({ code: z.string(), name: z.string() })),
      platforms: z.array(SocialPlatform),
    })
    .meta({ id: "ProfileWords" }),
  refuses: [],
  uses: [],
  summary: "List the categories, languages (ISO 639-1) and platforms that profiles and searches name",
  ifItFails: "clients cannot offer what a profile may name",
});

/** What decides whether somebody is found, and where. */
export const followCreator = onEvent({
  events: [
    "account.roles_changed",
    "account.profile_changed",
    "account.suspended",
    "account.reinstated",
    "social.account_connected",
    "social.account_disconnected",
    "social.account_synced",
    "creator.results_changed",
    "creator.passed_over",
  ],
  uses: [...CREATOR_SOURCES, "creatorCards:read", "creatorCards:write"],
  summary: "Keep a creator's place in the index",
  ifItFails: "brands find creators as they were, or not at all",
});

export const followPastResult = onEvent({
  events: [
    "submission.reviewed",
    "submission.deemed_approved",
    "submission.released",
    "dispute.decided",
    "participation.ended",
    "participant.removed",
  ],
  uses: ["campaigns:read", "participants:read", "submissions:list", "pastResults:read", "pastResults:write"],
  summary: "Count what became of a creator's work in a campaign, for the next one",
  ifItFails: "creators are judged without their latest work",
});

export const countPastClicks = onEvent({
  events: ["campaign.status_changed"],
  uses: [
    "campaigns:read",
    "participants:read",
    "hitCounts:read",
    "creatorCards:read",
    "pastResults:read",
    "pastResults:write",
  ],
  runs: { timeoutSeconds: 60 },
  summary: "Count the clicks that creators brought to a campaign that ran its time",
  ifItFails: "creators are judged without the clicks that they brought",
});

export const rebuildCreatorIndex = schedule({
  job: "rebuild-creator-index",
  every: "rate(1 day)",
  timeZone: "UTC",
  uses: ["indexRebuilds:read", "indexRebuilds:write"],
  summary: "Begin to look at every creator's place in the index",
  ifItFails: "places in the index that no event put right stay wrong",
});

export const rebuildIndexPage = onEvent({
  events: ["creator_index.turn_due"],
  delivers: { batchSize: 1, maxConcurrency: 2 },
  uses: [
    "indexRebuilds:read",
    "indexRebuilds:write",
    "accounts:list",
    ...CREATOR_SOURCES,
    "creatorCards:read",
    "creatorCards:write",
  ],
  runs: { timeoutSeconds: 60 },
  summary: "Put the places of the next creators in the index right",
  ifItFails: "places in the index that no event put right stay wrong",
});
