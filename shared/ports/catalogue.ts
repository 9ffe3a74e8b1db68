/**
 * Every capability an action may ask for, `noun:access`, one row each: what `run` is handed under the noun, the environment
 * it needs, and the kinds of stored things it touches. Ports, environment variables, IAM and docs/permissions.md follow
 * from this one table.
 *
 * How the types work: `uses: ["campaigns:read", "campaigns:list", "wallets:write"]` makes `Granted` the record
 * `{ campaigns: Pick<Campaigns, …>, commit: Commit }`. The noun is the part before the colon; rows of one noun add up, a row
 * that `commits` adds `commit`. `Adapters` demands one adapter for each noun, so a lambda that lacks an adapter, or calls
 * what it did not declare, does not compile. test/contracts/types.test.ts holds these promises.
 */
import type { Change } from "#shared/domain/change";
import type { Committable } from "#shared/domain/entities";
import { auditCapabilities } from "./audit-capabilities.ts";
import { capability, processor, type Row, stored } from "./capability.ts";
import type { Campaigns } from "./campaigns.ts";
import type { ClickIds, ClickKeys, ConversionReversals, Conversions, ConversionTallies } from "./conversions.ts";
import type { Disputes } from "./disputes.ts";
import { depositCapabilities } from "./deposit-capabilities.ts";
import type { EventBus } from "./event-bus.ts";
import { countingCapabilities } from "./counting-capabilities.ts";
import { exportCapabilities } from "./export-capabilities.ts";
import type { Files, Uploads } from "./files.ts";
import type { Inquiries } from "./inquiries.ts";
import type { Invitations, Participants } from "./invitations.ts";
import type { Jobs } from "./jobs.ts";
import { ledgerCapabilities } from "./ledger-capabilities.ts";
import type { LinkCodes, LinkNames, Links, LinksOfPeople, LinkUrls, QrCodes } from "./links.ts";
import { matchingCapabilities } from "./matching-capabilities.ts";
import { notificationCapabilities } from "./notification-capabilities.ts";
import type { Outbox } from "./outbox.ts";
import type { Payments } from "./payments.ts";
import type { ProcessorStatements } from "./reconciliations.ts";
import { runtimeCapabilities } from "./runtime-capabilities.ts";
import { socialAccountCapabilities } from "./social-account-capabilities.ts";
import { socialCapabilities } from "./social-capabilities.ts";
import type { Submissions } from "./submissions.ts";
import type {
  ClickArchive,
  Clicks,
  ClickStream,
  HitCounter,
  PlatformDays,
  Sightings,
  TrackedLinks,
  Visitors,
} from "./tracking.ts";
import type { TestClocks } from "./test-clock.ts";
import { payoutCapabilities } from "./payout-capabilities.ts";
import type { PlatformFees } from "./platform-fees.ts";
import type { PromoCodes } from "./promo-codes.ts";
import type { ProcessorFeeRules } from "./processor-fee-rules.ts";
import { userCapabilities } from "./user-capabilities.ts";
import type { Earnings, Wallets } from "./wallets.ts";
import type { EventQueue, StripeEvents } from "./webhooks.ts";

/** The bucket of what creators upload. */
const fileStore = { environment: ["FILES_BUCKET", "FILES_ORIGIN", "FILES_REGION"] } as const;

export const catalogue = {
  ...userCapabilities,
  "wallets:read": stored<Pick<Wallets, "get" | "profile">>()({ gets: ["wallet", "walletProfile"] }),
  "wallets:listTransactions": stored<Pick<Wallets, "transactions">>()({ queries: ["walletTransaction"] }),
  /** A wallet as it begins, its currency and its owner's status; journal entries alone move its figures. */
  "wallets:write": stored()({ commits: ["wallet"] }),
  "walletProfiles:write": stored()({ commits: ["walletProfile"] }),
  ...depositCapabilities,
  "earnings:list": stored<Pick<Earnings, "ofCreator" | "all">>()({ queries: ["earning"], lists: ["earning.all"] }),
  "earnings:read": stored<Pick<Earnings, "some">>()({ gets: ["earning"] }),
  "earnings:listPayable": stored<Pick<Earnings, "payable">>()({ lists: ["earning.payable"] }),
  "earnings:listPayableCreators": stored<Pick<Earnings, "payableCreators">>()({ lists: ["earning.allPayable"] }),
  "earnings:listMatured": stored<Pick<Earnings, "matured">>()({ lists: ["earning.onHold"] }),
  "stripeEvents:read": stored<Pick<StripeEvents, "get">>()({ gets: ["stripeEvent"] }),
  "stripeEvents:listDue": stored<Pick<StripeEvents, "due">>()({ lists: ["stripeEvent.due"] }),
  "stripeEvents:write": stored()({ commits: ["stripeEvent"] }),
  "eventQueue:send": capability<EventQueue>()({ environment: ["STRIPE_EVENTS_QUEUE_URL"] }),
  "earnings:write": stored()({ commits: ["earning"] }),
  /** What the house keeps of settlements. */
  "platformFees:read": capability<PlatformFees>()({ environment: ["PLATFORM_FEE_SCHEDULE"] }),
  /** What the processor's fees may come to before somebody looks. */
  "processorFeeRules:read": capability<ProcessorFeeRules>()({ environment: ["PROCESSOR_FEE_BOUNDS"] }),
  ...payoutCapabilities,
  ...ledgerCapabilities,
  /** What the payment processor says it moved. */
  "statements:read": capability<Pick<ProcessorStatements, "movements" | "about">>()(processor),
  "statements:listByType": capability<Pick<ProcessorStatements, "movementsOfType">>()(processor),
  "statements:find": capability<Pick<ProcessorStatements, "movement">>()(processor),
  /** Whose a campaign is to see is told by invitation and participation. */
  "campaigns:read": stored<Pick<Campaigns, "get" | "seenBy" | "budget" | "deliverables" | "deliverablePage">>()({
    gets: ["campaign", "budget", "invitation", "participant"],
    queries: ["deliverable"],
  }),
  "campaigns:list": stored<Pick<Campaigns, "ofPerson" | "all" | "budgets">>()({
    gets: ["campaign", "budget", "participant"],
    lists: ["campaign.ofBrand", "campaign.all", "invitation.ofCreator"],
  }),
  "campaigns:listOfBrand": stored<Pick<Campaigns, "eachOfBrand">>()({ lists: ["campaign.ofBrand"] }),
  "campaigns:listDue": stored<Pick<Campaigns, "due" | "spent">>()({ gets: ["budget"], lists: ["campaign.due"] }),
  "campaigns:listDeliverablesDue": stored<Pick<Campaigns, "deliverablesDue">>()({ lists: ["deliverable.due"] }),
  "campaigns:write": stored()({ commits: ["campaign"] }),
  /** A budget as it begins, and its status; journal entries alone move its figures. */
  "budgets:write": stored()({ commits: ["budget"] }),
  /** A draft with all that it asks for. */
  "drafts:remove": stored()({
    commits: ["campaign", "budget", "deliverable"],
    removes: ["campaign", "budget", "deliverable"],
  }),
  "fundings:write": stored()({ commits: ["funding"], removes: ["funding"] }),
  "deliverables:write": stored()({ commits: ["deliverable"] }),
  "deliverables:remove": stored()({ commits: ["deliverable"], removes: ["deliverable"] }),
  "invitations:read": stored<Pick<Invitations, "get" | "ofCampaign">>()({
    gets: ["invitation"],
    queries: ["invitation"],
  }),
  "invitations:list": stored<Pick<Invitations, "ofCreator">>()({ lists: ["invitation.ofCreator"] }),
  "invitations:listDue": stored<Pick<Invitations, "due">>()({ lists: ["invitation.due"] }),
  "invitations:write": stored()({ commits: ["invitation"] }),
  "participants:read": stored<Pick<Participants, "get" | "everybody" | "each" | "named" | "ofCampaign">>()({
    gets: ["participant"],
    queries: ["participant"],
  }),
  "participants:listDue": stored<Pick<Participants, "due">>()({ lists: ["participant.due"] }),
  ...socialAccountCapabilities,
  ...socialCapabilities,
  "participants:write": stored()({ commits: ["participant"] }),
  "submissions:read": stored<Pick<Submissions, "get" | "reviews">>()({ gets: ["submission"], queries: ["review"] }),
  "submissions:list": stored<Pick<Submissions, "ofCampaign">>()({
    queries: ["submission"],
    lists: ["submission.ofCreator"],
  }),
  "submissions:listReminders": stored<Pick<Submissions, "reminding">>()({ lists: ["submission.reminders"] }),
  "submissions:write": stored()({ commits: ["submission", "review"] }),
  "uploads:read": stored<Uploads>()({ gets: ["upload"] }),
  "uploads:write": stored()({ commits: ["upload"] }),
  "files:receive": capability<Pick<Files, "uploadForm">>()(fileStore),
  "files:inspect": capability<Pick<Files, "stored">>()(fileStore),
  "files:hand-out": capability<Pick<Files, "downloadUrl">>()(fileStore),
  "files:keep": capability<Pick<Files, "keep">>()(fileStore),
  "disputes:read": stored<Pick<Disputes, "get">>()({ gets: ["dispute"] }),
  "disputes:list": stored<Pick<Disputes, "all">>()({ lists: ["dispute.all"] }),
  "disputes:listDue": stored<Pick<Disputes, "due">>()({ lists: ["dispute.due"] }),
  "disputes:write": stored()({ commits: ["dispute"] }),
  "links:list": stored<Pick<Links, "ofCampaign">>()({ lists: ["link.ofCampaign"] }),
  "links:read": stored<Pick<Links, "get">>()({ gets: ["link"] }),
  "linksOfPeople:list": stored<Pick<LinksOfPeople, "ofPerson">>()({
    lists: ["campaign.ofBrand", "invitation.ofCreator", "link.ofCampaign"],
  }),
  "linksOfPeople:listCampaigns": stored<Pick<LinksOfPeople, "oneInEachCampaign">>()({
    lists: ["invitation.ofCreator", "link.ofCampaign"],
  }),
  "links:write": stored()({ commits: ["link"] }),
  "linkNames:read": stored<LinkNames>()({ gets: ["linkPrefix", "linkName"] }),
  "linkNames:write": stored()({ commits: ["linkName"] }),
  "linkNames:claim": stored()({ commits: ["linkPrefix", "linkName"] }),
  "linkNames:award": stored()({ commits: ["linkPrefix", "linkName"], removes: ["linkPrefix"] }),
  "conversions:read": stored<Conversions>()({ gets: ["conversion"] }),
  /** With the figures that follow from each. */
  "conversions:write": stored()({ commits: ["conversion"], adds: ["conversionTally"] }),
  "conversionReversals:read": stored<ConversionReversals>()({ queries: ["conversionReversal"] }),
  "conversionReversals:write": stored()({ commits: ["conversionReversal"] }),
  "conversionTallies:read": stored<Pick<ConversionTallies, "ofCampaign">>()({ queries: ["conversionTally"] }),
  "conversionTallies:listDay": stored<Pick<ConversionTallies, "ofDay">>()({ lists: ["conversionTally.ofDay"] }),
  "promoCodes:read": stored<Pick<PromoCodes, "like">>()({ gets: ["promoCode"] }),
  "promoCodes:list": stored<Pick<PromoCodes, "ofCampaign">>()({ lists: ["promoCode.ofCampaign"] }),
  "promoCodes:write": stored()({ commits: ["promoCode"] }),
  "inquiries:read": stored<Pick<Inquiries, "get">>()({ gets: ["inquiry"] }),
  "inquiries:list": stored<Pick<Inquiries, "ofCampaign">>()({ lists: ["inquiry.ofCampaign"] }),
  "inquiries:listLatest": stored<Pick<Inquiries, "latest">>()({ lists: ["inquiry.ofCampaign"] }),
  "inquiries:listOverdue": stored<Pick<Inquiries, "overdue">>()({ lists: ["inquiry.due"] }),
  "inquiries:write": stored()({ commits: ["inquiry"] }),
  "clickIds:sign": stored<ClickIds>()({ gets: ["clickKey"], writes: ["clickKey"] }),
  "clickKeys:read": stored<ClickKeys>()({ gets: ["clickKey"] }),
  "linkCodes:make": capability<LinkCodes>()({}),
  "linkUrls:make": capability<LinkUrls>()({ environment: ["LINK_ORIGIN"] }),
  "qrCodes:draw": capability<QrCodes>()({}),
  "trackedLinks:find": stored<TrackedLinks>()({ gets: ["link"] }),
  "visitors:identify": stored<Visitors>()({ gets: ["visitorKey"], writes: ["visitorKey"] }),
  "clicks:record": capability<Clicks>()({ environment: ["CLICK_STREAM_NAME", "OVERFLOW_QUEUE_URL"] }),
  ...countingCapabilities,
  "clickArchive:read": capability<ClickArchive>()({
    environment: ["ARCHIVE_BUCKET", "ARCHIVE_ORIGIN", "ARCHIVE_REGION"],
  }),
  "hitCounter:count": stored<HitCounter>()({
    gets: ["hitBucket", "countedHit"],
    queries: ["hitSegment", "hitTotals"],
    writes: ["hitBucket", "hitSegment", "hitTotals", "hitShard", "countedHit"],
    adds: ["countedHit"],
  }),
  "platformDays:read": stored<PlatformDays>()({ gets: ["platformDay"], queries: ["platformDay"] }),
  "platformDays:write": stored()({ commits: ["platformDay"] }),
  "sightings:read": stored<Pick<Sightings, "ofDay">>()({ queries: ["sighting"] }),
  "clickStream:append": capability<ClickStream>()({ environment: ["CLICK_STREAM_NAME"] }),
  ...notificationCapabilities,
  ...exportCapabilities,
  ...matchingCapabilities,
  "jobs:list": stored<Pick<Jobs, "runs">>()({ queries: ["jobRun"] }),
  "jobRuns:write": stored()({ commits: ["jobRun"] }),
  "testClock:read": stored<TestClocks>()({ gets: ["testClock"] }),
  "testClock:write": stored()({ commits: ["testClock"] }),
  "payments:charge": capability<Pick<Payments, "createCustomer" | "createPayment" | "rehearsal">>()(processor),
  "payments:read": capability<Pick<Payments, "retrievePayment" | "verifyWebhook" | "balance">>()(processor),
  "payments:follow": capability<Pick<Payments, "recordOf">>()(processor),
  "payments:refund": capability<Pick<Payments, "createRefund">>()(processor),
  "outbox:list": stored<Pick<Outbox, "unsent">>()({ gets: ["outboxEvent"], lists: ["outboxEvent.unsent"] }),
  "outbox:mark": stored<Pick<Outbox, "markSent">>()({ writes: ["outboxEvent"] }),
  ...auditCapabilities,
  "eventBus:publish": capability<EventBus>()({ environment: ["EVENT_BUS_NAME"] }),
  ...runtimeCapabilities,
} as const;

type Catalogue = typeof catalogue;
export type Capability = keyof Catalogue;

type PortOf<C extends Capability> = Catalogue[C] extends Row<infer P, string, Committable> ? P : never;
/** The noun of a capability that brings a port. */
type NounOf<C extends Capability> = [PortOf<C>] extends [never] ? never : C extends `${infer N}:${string}` ? N : never;
type CommitsOf<C extends Capability> = Catalogue[C]["commits"][number];
export type EnvironmentName = Catalogue[Capability]["environment"][number];

/** Writes a change, and gives back the reply that was given with it: `run` gives that on; see `Changes.commit`. */
export type Commit = <R = undefined>(change: Change, reply?: R) => Promise<R>;
/** The runtime's capability to commit, when there is anything an action may commit. */
export type CommitCapability<U extends Capability> = [CommitsOf<U>] extends [never] ? never : "changes:commit";
type Committing<U extends Capability> = [CommitsOf<U>] extends [never] ? unknown : { readonly commit: Commit };

type PortUnder<C> = C extends Capability ? { readonly [N in NounOf<C>]: PortOf<C> } : never;
type Together<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never;
/** Ports by noun: what the rows of a noun give, taken together. */
type PortsOf<U extends Capability> = Together<PortUnder<U>>;

/** What `run` is handed. */
export type Granted<U extends Capability> = PortsOf<U> & Committing<U>;
/** Every port there is, by noun. */
export type Ports = PortsOf<Capability>;

export type EnvironmentFor<U extends Capability> = { readonly [N in Catalogue[U]["environment"][number]]: string };
/** One adapter for each noun, made from the environment that the capabilities need. */
export type Adapters<U extends Capability> = {
  readonly [N in keyof PortsOf<U>]: (env: EnvironmentFor<U>) => PortsOf<U>[N];
};
