/**
 * Where everything is stored. Nothing else in the repository spells a key.
 *
 * | item                | pk                     | sk                          | owner index                    | kind index        | due index          |
 * |---------------------|------------------------|-----------------------------|--------------------------------|-------------------|--------------------|
 * | account             | USER#id                | ACCOUNT                     | ADMINS / id (admins only)      | ACCOUNTS          |                    |
 * | wallet              | USER#id                | WALLET                      |                                | WALLETS           |                    |
 * | wallet transaction  | USER#id                | TRANSACTION#id              |                                |                   |                    |
 * | earning             | USER#creatorId         | EARNING#id                  |                                | EARNINGS          | DUE#earning        |
 * | notification        | USER#id                | NOTIFICATION#id             |                                |                   |                    |
 * | unread count        | USER#id                | UNREAD                      |                                |                   |                    |
 * | deposit             | DEPOSIT#id             | DEPOSIT                     | USER#id / DEPOSIT#id           |                   |                    |
 * | journal             | JOURNAL#key            | JOURNAL                     |                                | JOURNALS#month    |                    |
 * | campaign            | CAMPAIGN#id            | CAMPAIGN                    | BRAND#id / CAMPAIGN#id         | CAMPAIGNS         | DUE#campaign       |
 * | campaign budget     | CAMPAIGN#id            | BUDGET                      |                                | BUDGETS           |                    |
 * | deliverable         | CAMPAIGN#id            | DELIVERABLE#id              |                                |                   |                    |
 * | invitation          | CAMPAIGN#id            | INVITATION#creatorId        | CREATOR#id / INVITATION#at#cmp |                   | DUE#invitation     |
 * | participant         | CAMPAIGN#id            | PARTICIPANT#creatorId       | CREATOR#id / PARTICIPANT#cmp   | PARTICIPANTS      |                    |
 * | submission          | CAMPAIGN#id            | SUBMISSION#id               |                                |                   | DUE#submission     |
 * | review              | CAMPAIGN#id            | REVIEW#submissionId#id      |                                |                   |                    |
 * | link                | LINK#code              | LINK                        | CAMPAIGN#id / LINK#creator#id  |                   |                    |
 * | hit bucket          | TRACKING#campaignId    | day#shard#bucket            |                                |                   |                    |
 * | counted retry       | HIT#id                 | HIT                         |                                |                   |                    |
 * | visitor key         | VISITOR_KEY#day        | VISITOR_KEY                 |                                |                   |                    |
 * | audit entry         | AUDIT#stream           | sequence, 16 digits         | resource / AUDIT#at            | AUDIT#month       |                    |
 * | audit head          | AUDIT#stream           | HEAD                        |                                |                   |                    |
 * | outbox event        | OUTBOX#id              | OUTBOX                      |                                |                   |                    |
 * | idempotency record  | IDEMPOTENCY#digest     | IDEMPOTENCY                 |                                |                   |                    |
 * | mail                | MAIL#id                | MAIL                        |                                |                   |                    |
 * | job lease           | JOB#name               | LEASE                       |                                |                   |                    |
 * | job run             | JOB#name               | RUN#id                      |                                |                   |                    |
 * | signing keys        | SIGNING_KEYS           | SIGNING_KEYS                |                                |                   |                    |
 */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A part that comes from outside (a client's id, Stripe's id): it can never reach into another item's key. */
const part = (value: string): string => encodeURIComponent(value);
const single = (prefix: string, value: string): Key => ({ pk: `${prefix}#${part(value)}`, sk: prefix });
const inUser = (userId: string, sk: string): Key => ({ pk: `USER#${part(userId)}`, sk });
const inCampaign = (campaignId: string, sk: string): Key => ({ pk: `CAMPAIGN#${part(campaignId)}`, sk });
const month = (at: string): string => at.slice(0, 7);

/** One function per item. */
export const keys = {
  account: (userId: string) => inUser(userId, "ACCOUNT"),
  wallet: (userId: string) => inUser(userId, "WALLET"),
  walletTransaction: (userId: string, id: string) => inUser(userId, `TRANSACTION#${part(id)}`),
  earning: (creatorId: string, id: string) => inUser(creatorId, `EARNING#${part(id)}`),
  notification: (userId: string, id: string) => inUser(userId, `NOTIFICATION#${part(id)}`),
  unreadCount: (userId: string) => inUser(userId, "UNREAD"),
  deposit: (id: string) => single("DEPOSIT", id),
  journal: (journalKey: string) => single("JOURNAL", journalKey),
  campaign: (id: string) => inCampaign(id, "CAMPAIGN"),
  budget: (campaignId: string) => inCampaign(campaignId, "BUDGET"),
  deliverable: (campaignId: string, id: string) => inCampaign(campaignId, `DELIVERABLE#${part(id)}`),
  invitation: (campaignId: string, creatorId: string) => inCampaign(campaignId, `INVITATION#${part(creatorId)}`),
  participant: (campaignId: string, creatorId: string) => inCampaign(campaignId, `PARTICIPANT#${part(creatorId)}`),
  submission: (campaignId: string, id: string) => inCampaign(campaignId, `SUBMISSION#${part(id)}`),
  review: (campaignId: string, submissionId: string, id: string) =>
    inCampaign(campaignId, `REVIEW#${part(submissionId)}#${part(id)}`),
  link: (code: string) => single("LINK", code),
  hitBucket: (campaignId: string, day: string, shard: string, bucket: string): Key => ({
    pk: `TRACKING#${part(campaignId)}`,
    sk: `${part(day)}#${part(shard)}#${part(bucket)}`,
  }),
  countedHit: (hitId: string) => single("HIT", hitId),
  visitorKey: (day: string) => single("VISITOR_KEY", day),
  auditEntry: (stream: number, sequence: number): Key => ({
    pk: `AUDIT#${stream}`,
    sk: String(sequence).padStart(16, "0"),
  }),
  auditHead: (stream: number): Key => ({ pk: `AUDIT#${stream}`, sk: "HEAD" }),
  outbox: (eventId: string) => single("OUTBOX", eventId),
  idempotency: (digest: string) => single("IDEMPOTENCY", digest),
  mail: (id: string) => single("MAIL", id),
  jobLease: (job: string): Key => ({ pk: `JOB#${part(job)}`, sk: "LEASE" }),
  jobRun: (job: string, id: string): Key => ({ pk: `JOB#${part(job)}`, sk: `RUN#${part(id)}` }),
  signingKeys: (): Key => ({ pk: "SIGNING_KEYS", sk: "SIGNING_KEYS" }),
} as const;

/** One function per access pattern that is not a single item: a partition and, where it narrows, a sort-key prefix. */
export const patterns = {
  transactionsOfUser: (userId: string) => ({ pk: `USER#${part(userId)}`, prefix: "TRANSACTION#" }),
  earningsOfCreator: (creatorId: string) => ({ pk: `USER#${part(creatorId)}`, prefix: "EARNING#" }),
  notificationsOfUser: (userId: string) => ({ pk: `USER#${part(userId)}`, prefix: "NOTIFICATION#" }),
  deliverablesOfCampaign: (campaignId: string) => ({ pk: `CAMPAIGN#${part(campaignId)}`, prefix: "DELIVERABLE#" }),
  invitationsOfCreator: (creatorId: string) => ({ pk: `CREATOR#${part(creatorId)}`, prefix: "INVITATION#" }),
  linksOfCampaign: (campaignId: string, creatorId?: string) => ({
    pk: `CAMPAIGN#${part(campaignId)}`,
    prefix: creatorId === undefined ? "LINK#" : `LINK#${part(creatorId)}#`,
  }),
  invitationsOfCampaign: (campaignId: string) => ({ pk: `CAMPAIGN#${part(campaignId)}`, prefix: "INVITATION#" }),
  participantsOfCampaign: (campaignId: string) => ({ pk: `CAMPAIGN#${part(campaignId)}`, prefix: "PARTICIPANT#" }),
  submissionsOfCampaign: (campaignId: string) => ({ pk: `CAMPAIGN#${part(campaignId)}`, prefix: "SUBMISSION#" }),
  reviewsOfSubmission: (campaignId: string, submissionId: string) => ({
    pk: `CAMPAIGN#${part(campaignId)}`,
    prefix: `REVIEW#${part(submissionId)}#`,
  }),
  runsOfJob: (job: string) => ({ pk: `JOB#${part(job)}`, prefix: "RUN#" }),
  /** Buckets between two UTC days, both included: sort keys start with the day. */
  trackingOfCampaign: (campaignId: string, from: string, to: string) => ({
    pk: `TRACKING#${part(campaignId)}`,
    from: part(from),
    to: `${part(to)}#~`,
  }),
  auditStream: (stream: number) => ({ pk: `AUDIT#${stream}`, prefix: "0" }),
} as const;

/** Partition of the owner index that holds the accounts of admins. */
export const ADMINS = "ADMINS";

/** Index attributes an item carries, and the partitions they are queried by. */
export const indexed = {
  adminAccount: (id: string) => ({ ownerPk: ADMINS, ownerSk: part(id) }),
  campaignOfBrand: (brandId: string, id: string) => ({
    ownerPk: `BRAND#${part(brandId)}`,
    ownerSk: `CAMPAIGN#${part(id)}`,
  }),
  invitationOfCreator: (creatorId: string, at: string, campaignId: string) => ({
    ownerPk: `CREATOR#${part(creatorId)}`,
    ownerSk: `INVITATION#${at}#${part(campaignId)}`,
  }),
  participantOfCreator: (creatorId: string, campaignId: string) => ({
    ownerPk: `CREATOR#${part(creatorId)}`,
    ownerSk: `PARTICIPANT#${part(campaignId)}`,
  }),
  linkOfCampaign: (campaignId: string, creatorId: string, at: string, code: string) => ({
    ownerPk: `CAMPAIGN#${part(campaignId)}`,
    ownerSk: `LINK#${part(creatorId)}#${at}#${part(code)}`,
  }),
  depositOfUser: (userId: string, id: string) => ({ ownerPk: `USER#${part(userId)}`, ownerSk: `DEPOSIT#${part(id)}` }),
  auditOfResource: (type: string, id: string, at: string, entryId: string) => ({
    ownerPk: `RESOURCE#${part(type)}#${part(id)}`,
    ownerSk: `AUDIT#${at}#${part(entryId)}`,
  }),
  everyOne: (kind: Kind, sk: string) => ({ kindPk: kind, kindSk: sk }),
  /** Journals and audit entries are kept for ever: one partition per month, so none grows without bound. */
  everyMonth: (kind: "JOURNALS" | "AUDIT", at: string, id: string) => ({
    kindPk: `${kind}#${month(at)}`,
    kindSk: `${at}#${part(id)}`,
  }),
  due: (queue: DueQueue, at: string, id: string) => ({ duePk: `DUE#${queue}`, dueSk: `${at}#${part(id)}` }),
} as const;

/** What of a due queue has fallen due by an instant: the whole queue up to it. */
export const dueBy = (queue: DueQueue, now: string) => ({
  partition: `DUE#${queue}`,
  between: ["0", `${now}#~`] as const,
});

/** No journal is older than the ledger. */
export const FIRST_MONTH = "2026-11";

/** Partitions of every month's journals, from the ledger's first month to `now`'s. */
export function journalMonths(first: string, now: string): string[] {
  const months: string[] = [];
  const at = new Date(`${first}-01T00:00:00.000Z`);
  while (month(at.toISOString()) <= month(now)) {
    months.push(`JOURNALS#${month(at.toISOString())}`);
    at.setUTCMonth(at.getUTCMonth() + 1);
  }
  return months;
}

/** Kinds that can be listed whole. */
export type Kind = "ACCOUNTS" | "WALLETS" | "EARNINGS" | "CAMPAIGNS" | "BUDGETS" | "PARTICIPANTS";
/** Queues of the due index: one per job that looks for what has fallen due. */
export type DueQueue = "campaign" | "invitation" | "submission" | "earning";

/** Patterns of partition keys, of the table and its indexes, for IAM (`dynamodb:LeadingKeys`). */
export const leadingKeys = {
  users: "USER#*",
  deposits: "DEPOSIT#*",
  journals: "JOURNAL#*",
  campaigns: "CAMPAIGN#*",
  links: "LINK#*",
  tracking: "TRACKING#*",
  countedHits: "HIT#*",
  visitorKeys: "VISITOR_KEY#*",
  audit: "AUDIT#*",
  outbox: "OUTBOX#*",
  idempotency: "IDEMPOTENCY#*",
  mails: "MAIL#*",
  jobs: "JOB#*",
  signingKeys: "SIGNING_KEYS",
  ofBrands: "BRAND#*",
  ofCreators: "CREATOR#*",
  admins: ADMINS,
  allAccounts: "ACCOUNTS",
  allWallets: "WALLETS",
  allEarnings: "EARNINGS",
  allCampaigns: "CAMPAIGNS",
  allBudgets: "BUDGETS",
  allParticipants: "PARTICIPANTS",
  allJournals: "JOURNALS#*",
  dueCampaigns: "DUE#campaign",
} as const;

export type LeadingKey = keyof typeof leadingKeys;

/** Start of the partition keys of new outbox items, for the stream's filter. */
export const OUTBOX_PREFIX = "OUTBOX#";
