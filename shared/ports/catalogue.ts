/**
 * Every capability an action may ask for, `noun:access`, one row each: the interface that `run` is handed under the noun,
 * the environment it needs, and the kinds of stored things it touches. Ports, environment variables, IAM and
 * docs/permissions.md follow from this one table.
 *
 * How the types work: `uses: ["campaigns:write", "wallets:read"]` makes `Granted` the record
 * `{ campaigns: Campaigns, wallets: Wallets, commit: Commit }`. The noun is the part before the colon; a row that
 * `commits` adds `commit`. `Adapters` demands one adapter for each noun, so a lambda that lacks an adapter, or uses a
 * port it did not declare, does not compile. test/contracts/types.test.ts holds these promises.
 */
import type { Change } from "#shared/domain/change";
import type { EntityName } from "#shared/domain/entities";
import type { ListedKind, StoredKind } from "#shared/table/items/index";
import type { Accounts } from "./accounts.ts";
import type { Callers } from "./callers.ts";
import type { Campaigns } from "./campaigns.ts";
import type { Changes } from "./changes.ts";
import type { ClickStream, EventBus } from "./event-bus.ts";
import type { Idempotency } from "./idempotency.ts";
import type { Invitations, Participants } from "./invitations.ts";
import type { Jobs } from "./jobs.ts";
import type { LinkCodes, Links, LinkUrls } from "./links.ts";
import type { Mails, MailSender, Notifications } from "./notifications.ts";
import type { Payments } from "./payments.ts";
import type { Submissions } from "./submissions.ts";
import type { Clicks, HitCounter, HitCounts, TrackedLinks, Visitors } from "./tracking.ts";
import type { SigningKeys, UserPoolGroups, UserPoolKeys } from "./user-pool.ts";
import type { Deposits, Earnings, Ledger, Wallets } from "./wallets.ts";

/** What a change may hold under a capability: things, and journals. */
type Committable = EntityName | "journal";

/** What a capability touches in the table, kind by kind. */
interface Touches<C extends Committable> {
  /** By their keys and partitions. */
  readonly reads: readonly StoredKind[];
  /** By their listings in the indexes. */
  readonly lists: readonly ListedKind[];
  /** What a change may hold under it; with any of them `run` is handed `commit`. */
  readonly commits: readonly C[];
  /** Written besides: by the port itself, or in the wake of what is committed. */
  readonly writes: readonly StoredKind[];
  /** Whose figures are changed in place, and in no other way. */
  readonly adds: readonly StoredKind[];
}

interface Row<P, N extends string, C extends Committable> extends Touches<C> {
  /** For the types alone: the interface behind the noun. */
  readonly port?: P;
  /** Environment variables. Infra supplies them, adapters read them, nobody else gets them. */
  readonly environment: readonly N[];
}

/** A row, of which only what differs from nothing is said. */
const capability =
  <P>() =>
  <const N extends string = never, const C extends Committable = never>({
    environment = [],
    reads = [],
    lists = [],
    commits = [],
    writes = [],
    adds = [],
  }: Partial<Touches<C>> & { readonly environment?: readonly N[] }): Row<P, N, C> => ({
    environment,
    reads,
    lists,
    commits,
    writes,
    adds,
  });

/** A row of what the table gives. */
const stored =
  <P>() =>
  <const C extends Committable = never>(touches: Partial<Touches<C>>): Row<P, "TABLE_NAME", C> =>
    capability<P>()({ environment: ["TABLE_NAME"], ...touches });

/** Whose a campaign is to see is told by invitations and participations. */
const campaigns = {
  reads: ["campaign", "budget", "deliverable", "invitation", "participant"],
  lists: ["campaign", "invitation"],
} as const;
const submissions = { reads: ["submission", "review"] } as const;
const wallets = { reads: ["wallet", "walletTransaction"] } as const;
const notifications = { reads: ["notification", "unreadCount"] } as const;
const processor = { environment: ["STRIPE_SECRET_ARN", "STRIPE_API_BASE"] } as const;

export const catalogue = {
  "accounts:read": stored<Accounts>()({ reads: ["account"], lists: ["account"] }),
  "accounts:write": stored<Accounts>()({ reads: ["account"], lists: ["account"], commits: ["account"] }),
  "wallets:read": stored<Wallets>()(wallets),
  "wallets:write": stored<Wallets>()({ ...wallets, commits: ["wallet"] }),
  "deposits:write": stored<Deposits>()({ reads: ["deposit"], commits: ["deposit"] }),
  "earnings:read": stored<Earnings>()({ reads: ["earning"], lists: ["earning"] }),
  "earnings:write": stored<Earnings>()({ reads: ["earning"], lists: ["earning"], commits: ["earning"] }),
  /** Everything that the auditor compares. Figures are the table's own; the indexes say which there are. */
  "ledger:read": stored<Ledger>()({
    reads: ["wallet", "budget", "walletTransaction"],
    lists: ["wallet", "budget", "participant", "journal"],
  }),
  /** A right to commit journals, which move the balances they name; it brings no port of its own. */
  "ledger:post": stored<never>()({ commits: ["journal"], writes: ["walletTransaction"], adds: ["wallet", "budget"] }),
  "campaigns:read": stored<Campaigns>()(campaigns),
  "campaigns:write": stored<Campaigns>()({ ...campaigns, commits: ["campaign", "budget", "deliverable"] }),
  "invitations:read": stored<Invitations>()({ reads: ["invitation"], lists: ["invitation"] }),
  "invitations:write": stored<Invitations>()({ reads: ["invitation"], lists: ["invitation"], commits: ["invitation"] }),
  "participants:read": stored<Participants>()({ reads: ["participant"] }),
  "participants:write": stored<Participants>()({ reads: ["participant"], commits: ["participant"] }),
  "submissions:read": stored<Submissions>()(submissions),
  "submissions:write": stored<Submissions>()({ ...submissions, commits: ["submission", "review"] }),
  "links:read": stored<Links>()({ reads: ["link"], lists: ["link"] }),
  "links:write": stored<Links>()({ reads: ["link"], lists: ["link"], commits: ["link"] }),
  "linkCodes:make": capability<LinkCodes>()({}),
  "linkUrls:make": capability<LinkUrls>()({ environment: ["LINK_ORIGIN"] }),
  "trackedLinks:find": stored<TrackedLinks>()({ reads: ["link"] }),
  "visitors:identify": stored<Visitors>()({ reads: ["visitorKey"], writes: ["visitorKey"] }),
  "clicks:record": capability<Clicks>()({ environment: ["CLICK_STREAM_NAME", "OVERFLOW_QUEUE_URL"] }),
  "hitCounts:read": stored<HitCounts>()({ reads: ["hitBucket"] }),
  "hitCounter:count": stored<HitCounter>()({ reads: ["hitBucket", "countedHit"], writes: ["hitBucket", "countedHit"] }),
  "clickStream:append": capability<ClickStream>()({ environment: ["CLICK_STREAM_NAME"] }),
  "notifications:read": stored<Notifications>()(notifications),
  "notifications:write": stored<Notifications>()({
    ...notifications,
    commits: ["notification"],
    adds: ["unreadCount"],
  }),
  "mails:write": stored<Mails>()({ reads: ["mail"], commits: ["mail"] }),
  "mailSender:send": capability<MailSender>()({ environment: ["SENDER_ADDRESS"] }),
  "jobs:read": stored<Jobs>()({ reads: ["jobRun", "jobLease"] }),
  "jobs:write": stored<Jobs>()({ reads: ["jobRun", "jobLease"], commits: ["jobRun", "jobLease"] }),
  "payments:charge": capability<Payments>()(processor),
  "payments:read": capability<Payments>()(processor),
  "userPoolGroups:set": capability<UserPoolGroups>()({ environment: ["USER_POOL_ID"] }),
  "userPoolKeys:fetch": capability<UserPoolKeys>()({ environment: ["USER_POOL_ID"] }),
  "signingKeys:store": stored<SigningKeys>()({ writes: ["signingKeys"] }),
  "eventBus:publish": capability<EventBus>()({ environment: ["EVENT_BUS_NAME"] }),
  /** The runtime's own, implied by an action's trigger and never declared: see contracts/implied.ts. */
  "callers:authenticate": capability<Callers>()({
    environment: ["TABLE_NAME", "USER_POOL_ID", "USER_POOL_CLIENT_ID"],
    reads: ["account", "signingKeys"],
  }),
  "idempotency:keep": stored<Idempotency>()({ reads: ["idempotencyRecord"], writes: ["idempotencyRecord"] }),
  /** Besides the change itself: its events, its audit row, and the check that whoever acts is not suspended. */
  "changes:commit": stored<Changes>()({
    reads: ["auditHead"],
    writes: ["outboxEvent", "auditEntry", "auditHead"],
  }),
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

/** What `run` is handed. */
export type Granted<U extends Capability> = { readonly [C in U as NounOf<C>]: PortOf<C> } & Committing<U>;
/** Every port there is, by noun. */
export type Ports = { readonly [C in Capability as NounOf<C>]: PortOf<C> };
export type Noun = keyof Ports;

export type EnvironmentFor<U extends Capability> = { readonly [N in Catalogue[U]["environment"][number]]: string };
/** One adapter for each noun, made from the environment that the capabilities need. */
export type Adapters<U extends Capability> = {
  readonly [C in U as NounOf<C>]: (env: EnvironmentFor<U>) => PortOf<C>;
};

/** What capabilities touch in the table, altogether. */
export interface Touched extends Omit<Touches<never>, "commits"> {
  /** Made a condition of a commit: that it is still what was read. */
  readonly checks: readonly StoredKind[];
}

export function touchedBy(uses: readonly Capability[]): Touched {
  const all = <K extends StoredKind>(of: (row: Touches<Committable>) => readonly K[]): K[] => [
    ...new Set(uses.flatMap((use) => of(catalogue[use]))),
  ];
  const [reads, commits] = [all((row) => row.reads), all((row) => row.commits)];
  return {
    reads,
    lists: all((row) => row.lists),
    writes: [...new Set([...commits, ...all((row) => row.writes)])],
    adds: all((row) => row.adds),
    // Every commit of a person's checks that their account is active.
    checks: uses.includes("changes:commit") ? [...new Set<StoredKind>([...reads, ...commits, "account"])] : [],
  };
}

export const nounOf = (capability: Capability): string => capability.slice(0, capability.indexOf(":"));

export const commitsOf = (uses: readonly Capability[]): readonly Committable[] =>
  uses.flatMap((use): readonly Committable[] => catalogue[use].commits);

/** What an action may commit: entities and, with `ledger`, journals. */
export function committable(uses: readonly Capability[]): { entities: ReadonlySet<EntityName>; ledger: boolean } {
  const kinds = commitsOf(uses);
  return {
    entities: new Set(kinds.filter((kind) => kind !== "journal")),
    ledger: kinds.includes("journal"),
  };
}
