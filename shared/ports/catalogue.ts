/**
 * Every capability an action may ask for: `noun:access`. From this one table follow the ports that `run` is handed,
 * what it may commit, the environment variables, and (in infra/grants.ts) the IAM statements.
 *
 * How the types work: `uses: ["campaigns:write", "wallets:read"]` makes `Granted` the record
 * `{ campaigns: Campaigns, wallets: Wallets, commit: Commit }`. The noun is the part before the colon; any access in
 * `writesOf` adds `commit`. `Wiring` demands one adapter for each noun, and `changes` when there is a `commit`, so a
 * lambda that forgets an adapter, or uses a port it did not declare, does not compile. test/contracts/types.test.ts
 * holds these promises.
 */
import type { Change } from "#shared/domain/change";
import type { EntityName } from "#shared/domain/entities";
import type { TableEngine } from "#shared/table/engine";
import type { Accounts } from "./accounts.ts";
import type { Campaigns } from "./campaigns.ts";
import type { Changes } from "./changes.ts";
import type { ClickStream, EventBus } from "./event-bus.ts";
import type { Invitations, Participants } from "./invitations.ts";
import type { Jobs } from "./jobs.ts";
import type { LinkCodes, Links, LinkUrls } from "./links.ts";
import type { Emails, Messages, Notifications } from "./notifications.ts";
import type { Payments } from "./payments.ts";
import type { Submissions } from "./submissions.ts";
import type { HitCounts } from "./tracking.ts";
import type { SigningKeys, UserPoolGroups } from "./user-pool.ts";
import type { Deposits, Earnings, Ledger, Wallets } from "./wallets.ts";

/** Noun -> port. */
export interface Ports {
  readonly accounts: Accounts;
  readonly wallets: Wallets;
  readonly deposits: Deposits;
  readonly earnings: Earnings;
  readonly ledger: Ledger;
  readonly campaigns: Campaigns;
  readonly invitations: Invitations;
  readonly participants: Participants;
  readonly submissions: Submissions;
  readonly links: Links;
  readonly linkCodes: LinkCodes;
  readonly linkUrls: LinkUrls;
  readonly tracking: HitCounts;
  readonly clickStream: ClickStream;
  readonly notifications: Notifications;
  readonly messages: Messages;
  readonly emails: Emails;
  readonly jobs: Jobs;
  readonly payments: Payments;
  readonly userPoolGroups: UserPoolGroups;
  readonly signingKeys: SigningKeys;
  readonly eventBus: EventBus;
}
export type Noun = keyof Ports;

/** Environment variables each capability needs. Infra supplies them, adapters read them, nobody else gets them. */
export const environmentOf = {
  "accounts:read": ["TABLE_NAME"],
  "accounts:write": ["TABLE_NAME"],
  "wallets:read": ["TABLE_NAME"],
  "wallets:write": ["TABLE_NAME"],
  "deposits:read": ["TABLE_NAME"],
  "deposits:write": ["TABLE_NAME"],
  "earnings:read": ["TABLE_NAME"],
  "earnings:write": ["TABLE_NAME"],
  /** Reads everything the auditor compares. */
  "ledger:read": ["TABLE_NAME"],
  /** Writes journals, and moves the balances they name. */
  "ledger:post": ["TABLE_NAME"],
  "campaigns:read": ["TABLE_NAME"],
  "campaigns:write": ["TABLE_NAME"],
  "invitations:read": ["TABLE_NAME"],
  "invitations:write": ["TABLE_NAME"],
  "participants:read": ["TABLE_NAME"],
  "participants:write": ["TABLE_NAME"],
  "submissions:read": ["TABLE_NAME"],
  "submissions:write": ["TABLE_NAME"],
  "links:read": ["TABLE_NAME"],
  "links:write": ["TABLE_NAME"],
  "linkCodes:make": [],
  "linkUrls:make": ["LINK_ORIGIN"],
  "tracking:read": ["TABLE_NAME"],
  "tracking:count": ["TABLE_NAME"],
  "clickStream:append": ["CLICK_STREAM_NAME"],
  "notifications:read": ["TABLE_NAME"],
  "notifications:write": ["TABLE_NAME"],
  "messages:read": ["TABLE_NAME"],
  "messages:write": ["TABLE_NAME"],
  "emails:send": ["SENDER_ADDRESS"],
  "jobs:read": ["TABLE_NAME"],
  "jobs:write": ["TABLE_NAME"],
  "payments:charge": ["STRIPE_SECRET_ARN", "STRIPE_API_BASE"],
  "payments:read": ["STRIPE_SECRET_ARN", "STRIPE_API_BASE"],
  "userPoolGroups:set": ["USER_POOL_ID"],
  "signingKeys:store": ["TABLE_NAME", "USER_POOL_ID"],
  "eventBus:publish": ["EVENT_BUS_NAME"],
} as const satisfies Record<`${Noun}:${string}`, readonly string[]>;

export type Capability = keyof typeof environmentOf;

/** What the runtime itself needs, by trigger; see shared/runtime. */
export const runtimeEnvironment = {
  http: ["TABLE_NAME", "USER_POOL_ID", "USER_POOL_CLIENT_ID"],
  commits: ["TABLE_NAME"],
} as const;

/** What an action with this capability may commit. */
export const writesOf = {
  "accounts:write": ["account"],
  "wallets:write": ["wallet"],
  "deposits:write": ["deposit"],
  "earnings:write": ["earning"],
  "ledger:post": [],
  "campaigns:write": ["campaign", "budget", "deliverable"],
  "invitations:write": ["invitation"],
  "participants:write": ["participant"],
  "submissions:write": ["submission", "review"],
  "links:write": ["link"],
  "notifications:write": ["notification"],
  "messages:write": ["message"],
  "jobs:write": ["jobRun", "jobLease"],
} as const satisfies Partial<Record<Capability, readonly EntityName[]>>;

export type WriteCapability = keyof typeof writesOf;

/** Writes a change and answers with `reply`; see Changes.commit. */
export type Commit = <R>(change: Change, reply: R) => Promise<R>;

/** Posting journals is a right to commit them; it brings no port of its own. */
type NounOf<C extends Capability> = C extends "ledger:post"
  ? never
  : C extends `${infer N}:${string}`
    ? N & Noun
    : never;
type Committing<U extends Capability> =
  Extract<U, WriteCapability> extends never ? unknown : { readonly commit: Commit };

/** What `run` is handed. */
export type Granted<U extends Capability> = { readonly [N in NounOf<U>]: Ports[N] } & Committing<U>;

type EnvironmentNames<U extends Capability> = (typeof environmentOf)[U][number];
/** Every environment variable infra must be able to supply. */
export type EnvironmentName =
  EnvironmentNames<Capability> | (typeof runtimeEnvironment)[keyof typeof runtimeEnvironment][number];
export type EnvironmentFor<U extends Capability> = { readonly [N in EnvironmentNames<U>]: string };

/** Makes one port from the action's environment and, for those that store things, the table. */
export type AdapterFactory<U extends Capability, P> = (env: EnvironmentFor<U>, table: TableEngine) => P;

type AdapterFactories<U extends Capability> = { readonly [N in NounOf<U>]: AdapterFactory<U, Ports[N]> };
/** What a lambda names to be wired: the table, one adapter per noun, and the writer when it commits. */
export type Wiring<U extends Capability> = AdapterFactories<U> & {
  readonly table: (env: { readonly TABLE_NAME: string }) => TableEngine;
} & (Extract<U, WriteCapability> extends never ? unknown : { readonly changes: (table: TableEngine) => Changes });

export const isWrite = (capability: Capability): capability is WriteCapability => capability in writesOf;

/** Entities and ledger access that a set of capabilities may commit. */
export function committable(uses: readonly Capability[]): { entities: ReadonlySet<EntityName>; ledger: boolean } {
  const entities = uses.filter(isWrite).flatMap((capability): readonly EntityName[] => writesOf[capability]);
  return { entities: new Set(entities), ledger: uses.includes("ledger:post") };
}
