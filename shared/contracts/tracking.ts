import * as z from "zod";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { CampaignStatus } from "#shared/domain/campaigns/campaign";
import { Role } from "#shared/domain/kernel/actor";
import { UserId } from "#shared/domain/kernel/ids";
import { Currency } from "#shared/domain/kernel/money";
import { CalendarDay, Instant } from "#shared/domain/kernel/time";
import { MOST_HOSTS } from "#shared/domain/tracking/referrers";
import { edge, http, onEvent, onQueue, onStream, schedule } from "./contract.ts";
import { ByClass, SignedMoney } from "./row-shapes.ts";
import { campaignPath, creatorInCampaignPath } from "./paths.ts";
import { isInOrder, notInOrder, periodShape } from "./period.ts";

const count = z.int().min(0);
const UNIQUE =
  "Distinct visitors of a UTC day, added up over days: nobody can be recognised on another day, so whoever comes on two days is two.";
const Figures = z.object({
  clicks: count,
  uniqueClicks: count.describe(UNIQUE),
  views: count,
  /** By QR codes: each is a hit of some class as well. */
  scans: count,
  conversions: count,
  conversionValue: SignedMoney,
});

const period = z.strictObject(periodShape).refine(isInOrder, notInOrder);

/** Visits by one thing that they show. */
const byShown = <S extends z.ZodRawShape>(shown: S, description: string) =>
  z.array(z.object({ ...shown, visits: count })).describe(`${VISITS} ${description}`);
const VISITS =
  "Visits: clicks of class valid, repeat, burst or self, whatever became of them later; each is counted once.";

/** A share of one, to four digits. */
const share = z.number().min(0);
const Pacing = z
  .object({
    elapsed: share.describe("Of the campaign's timeline how much is over, from 0 to 1."),
    spent: share.describe("Of its planned budget how much is spent, by the books: approved, and the creators'."),
    committed: share.describe("Of the same how much is spent, or secured for creators who take part."),
    pace: share.nullable().describe("`spent` ÷ `elapsed`: 1 is evenly, more is faster; null before the start."),
  })
  .describe("Money against time, both as of `asOf`, whatever period was asked for. Null in a creator's slice.");

const AnalyticsView = z
  .object({
    campaignId: z.string(),
    clicks: z.object({
      total: count.describe("Valid clicks and repeats."),
      unique: count.describe(UNIQUE),
      byClass: ByClass,
    }),
    views: count,
    scans: count,
    conversions: count,
    conversionValue: SignedMoney,
    spend: SignedMoney,
    /** (conversion value − spend) ÷ spend; null while nothing was spent. */
    roi: z.number().nullable(),
    pacing: Pacing.nullable(),
    byDay: z.array(Figures.extend({ date: CalendarDay })),
    byCreator: z.array(Figures.extend({ creatorId: UserId, spend: SignedMoney })),
    byLink: z.array(
      z.object({
        ...{ code: z.string(), clicks: count, views: count, scans: count },
        byRule: z.array(z.object({ priority: count, visits: count })).describe("Visits that the link's rules led."),
        byVariant: z
          .array(z.object({ variant: count, visits: count }))
          .describe("Visits of the split's destinations, by their places from 0."),
      }),
    ),
    byHour: byShown({ hour: z.int().min(0).max(23) }, "By hour of the UTC day, over all days of the period."),
    byCountry: byShown({ country: z.string() }, "By ISO 3166-1 alpha-2 code as CloudFront tells it, or `unknown`."),
    byDevice: byShown({ device: z.string() }, "By `mobile`, `tablet` and `desktop`, as the agent says."),
    byReferrer: byShown(
      { host: z.string() },
      `By the host of the referring page, without www; \`unknown\` where none is told. At most ${MOST_HOSTS} are told apart, of very many the well-known and a sample, each exactly; \`other\` is the rest.`,
    ),
    visitsPendingOn: z
      .array(CalendarDay)
      .describe(
        "Days of which visits by hour, country, device and referrer are not told yet, or not as they are counted now. In a creator's slice they are told when the day was closed, after 02:00 UTC on the next, so today is among them once it has visits; of a whole campaign there are none.",
      ),
    restatedOn: z
      .array(CalendarDay)
      .describe(
        "Days whose clicks are what the raw ones came to when the day was closed, as that was more, or other, than what had been counted as they came. Of all other days they are as they were counted.",
      ),
    timeZone: z.literal("UTC"),
    asOf: Instant.describe("When this was read. A click is counted within a minute: those of the last may be missing."),
    rulesVersion: z
      .string()
      .describe("Of the rules that tell classes apart: the oldest that any of these clicks were counted by."),
  })
  .meta({ id: "CampaignAnalytics" });

export const redirectVisitor = edge({
  route: "GET /t/{code}",
  uses: ["trackedLinks:find", "visitors:identify", "clickIds:sign", "clicks:record"],
  runs: { timeoutSeconds: 10, memoryMb: 256 },
  summary: "Send a visitor on and write the click down",
  ifItFails: "short links do not work, and clicks are lost",
});

export const rollUpClicks = onStream({
  source: "clicks",
  uses: ["hitCounter:count", "hitCounts:read", "links:read", "links:write"],
  runs: { timeoutSeconds: 60, memoryMb: 1024 },
  summary: "Count raw hits, each exactly once, and end links that have had all the clicks they may have",
  ifItFails: "click figures stand still; the raw hits wait in the stream",
});

/** After midnight UTC by as long as hits of the day may be on their way: a delivery to the archive is gathered for minutes. */
export const closeTrackingDay = schedule({
  job: "close-tracking-day",
  every: "cron(0 2 * * ? *)",
  timeZone: "UTC",
  uses: [
    "clickArchive:read",
    "hitCounts:listDay",
    "hitCounts:read",
    "hitCounts:restate",
    "creatorVisits:keep",
    "trackingDays:read",
    "trackingDays:write",
    "visitorKeys:destroy",
    "links:read",
    "links:write",
  ],
  // Ten million hits take a minute and a half, thirty million twelve; a gigabyte is kept of them, however many they are.
  runs: { timeoutSeconds: 900, memoryMb: 3008 },
  summary:
    "Count yesterday's raw clicks anew, and those of days with late ones or of other rules, restate what was counted wrong, end links that it shows to be spent, and destroy visitors' keys that are 48 hours old",
  ifItFails:
    "nobody knows whether yesterday's click figures are right, and visitors can be recognised for longer than was promised",
});

export const relayOverflowClicks = onQueue({
  queue: "click-overflow",
  // The stream they go to has just refused them: a flood is let through a little at a time, and the queue keeps it.
  delivers: { batchSize: 10, maxConcurrency: 5 },
  uses: ["clickStream:append"],
  summary: "Bring hits that missed the stream to the same rollup",
  ifItFails: "clicks taken while the stream was down are not counted yet; they wait in the queue",
});

/** A new link is looked at as well: its creator may have been seen before, and have visited it since. */
export const markOwnVisits = onEvent({
  events: ["creator.seen", "link.created"],
  uses: ["sightings:read", "linksOfPeople:listCampaigns", "clickStream:append"],
  runs: { timeoutSeconds: 60 },
  summary: "Tell the rollup which visitors are the creators of the links they visit",
  ifItFails: "creators' clicks on their own links are counted as other people's",
});

export const getCampaignAnalytics = http({
  route: "GET /v1/campaigns/{campaignId}/analytics",
  roles: ["brand", "creator", "admin"],
  path: campaignPath,
  query: period,
  reply: AnalyticsView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "participants:read", "hitCounts:read", "creatorVisits:read", "conversionTallies:read"],
  summary: "Read a campaign's figures; a creator sees their own slice",
  ifItFails: "brands and creators do not see how a campaign does",
});

export const getCreatorCampaignAnalytics = http({
  route: "GET /v1/campaigns/{campaignId}/creators/{creatorId}/analytics",
  roles: ["brand", "creator", "admin"],
  path: creatorInCampaignPath,
  query: period,
  reply: AnalyticsView,
  refuses: [campaignRefusals.notFound],
  uses: ["campaigns:read", "participants:read", "hitCounts:read", "creatorVisits:read", "conversionTallies:read"],
  summary: "Read one creator's figures in a campaign",
  ifItFails: "creators do not see how their links do",
});

const SumOfMoney = z.object({
  currency: Currency,
  in: SignedMoney,
  out: SignedMoney,
  fees: SignedMoney,
  conversionValue: SignedMoney,
});
const PlatformFigures = z.object({
  users: z.record(Role, count),
  campaigns: z.record(CampaignStatus, count),
  clicks: count,
  uniqueClicks: count,
  views: count,
  conversions: count,
  money: z.array(SumOfMoney),
});

/** After the day's clicks were closed. An admin who does not want to wait for it asks for a run. */
export const countPlatformDay = schedule({
  job: "count-platform-day",
  every: "cron(30 * * * ? *)",
  timeZone: "UTC",
  uses: [
    "platformDays:read",
    "platformDays:write",
    "trackingDays:read",
    "accounts:count",
    "campaigns:list",
    "hitCounts:listDay",
    "hitCounts:read",
    "conversionTallies:listDay",
    "journal:list",
  ],
  runs: { timeoutSeconds: 900, memoryMb: 1024 },
  summary: "Count the platform's yesterday, today so far, and days of which clicks were restated",
  ifItFails: "the platform's figures of a day are missing, for good unless a run counts it by the end of the next",
});

export const getPlatformAnalytics = http({
  route: "GET /v1/admin/analytics",
  roles: ["admin"],
  query: period,
  reply: z
    .object({
      from: CalendarDay,
      to: CalendarDay,
      /** People and campaigns as of the last day that was counted; all else over the days of the period. */
      totals: PlatformFigures,
      byDay: z.array(PlatformFigures.extend({ date: CalendarDay, countedAt: Instant })),
      /** What each figure is. */
      definitions: z.record(z.string(), z.string()),
      timeZone: z.literal("UTC"),
      /** When the last of these days was counted; null while none was. */
      asOf: Instant.nullable(),
    })
    .meta({ id: "PlatformAnalytics" }),
  refuses: [],
  uses: ["platformDays:read"],
  summary: "Read the platform's totals and trends, as counted every hour",
  ifItFails: "admins do not see how the platform does",
});
