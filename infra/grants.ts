/**
 * What each capability may do on AWS: named actions on named resources, and in the table only what it names kind by kind:
 * each has partitions of its own. Exhaustive by type: a capability without a grant does not compile.
 */
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type Contract } from "#shared/contracts/contract";
import { type Capability, isWrite } from "#shared/ports/catalogue";
import { leadingKey } from "#shared/table/item";
import { declarations, type ListedKind, type StoredKind } from "#shared/table/items/index";
import { schema } from "#shared/table/schema";

/** Kinds of stored things, by what may be done to them. */
interface TableAccess {
  /** By their keys and partitions in the table. */
  readonly reads?: readonly StoredKind[];
  /** By their listings in the indexes. */
  readonly lists?: readonly ListedKind[];
  /** Put, changed and removed; the append-only ones put alone. */
  readonly writes?: readonly StoredKind[];
  /** Changed in place, by signed numbers and no other way. */
  readonly adds?: readonly StoredKind[];
  /** Made a condition of a commit. */
  readonly checks?: readonly StoredKind[];
}
/** Access to anything else: actions on some of the stage's resources. */
interface ResourceAccess {
  readonly actions: readonly string[];
  readonly on: readonly (keyof ResourceArns)[];
}
type Grant = TableAccess & { readonly also?: ResourceAccess };

/** Resources besides the table, by the names that grants use. */
export interface ResourceArns {
  readonly clickStream: string;
  readonly overflowQueue: string;
  readonly eventBus: string;
  readonly stripeSecret: string;
  readonly userPool: string;
  readonly senderIdentity: string;
  readonly mailSettings: string;
}

const READ = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"];
const LIST = ["dynamodb:Query"];
const APPEND = ["dynamodb:PutItem"];
const WRITE = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
const ADD = ["dynamodb:UpdateItem"];
const CHECK = ["dynamodb:ConditionCheckItem"];

/** A creator's campaigns are found by their invitations, and told by their participations. */
const readCampaigns = {
  reads: ["campaign", "budget", "deliverable", "participant"],
  lists: ["campaign", "invitation"],
} as const satisfies TableAccess;
const readSecret: ResourceAccess = { actions: ["secretsmanager:GetSecretValue"], on: ["stripeSecret"] };

export const grants: Readonly<Record<Capability, Grant>> = {
  "accounts:read": { reads: ["account"], lists: ["account"] },
  "accounts:write": { reads: ["account"], lists: ["account"], writes: ["account"] },
  "wallets:read": { reads: ["wallet", "walletTransaction"] },
  "wallets:write": { reads: ["wallet", "walletTransaction"], writes: ["wallet"] },
  "deposits:read": { reads: ["deposit"] },
  "deposits:write": { reads: ["deposit"], writes: ["deposit"] },
  "earnings:read": { reads: ["earning"], lists: ["earning"] },
  "earnings:write": { reads: ["earning"], lists: ["earning"], writes: ["earning"] },
  /** Figures are the table's own; the indexes say which there are. */
  "ledger:read": {
    reads: ["wallet", "budget", "walletTransaction"],
    lists: ["wallet", "budget", "participant", "journal"],
  },
  "ledger:post": { writes: ["journal", "walletTransaction"], adds: ["wallet", "budget"] },
  "campaigns:read": readCampaigns,
  "campaigns:write": { ...readCampaigns, writes: ["campaign", "budget", "deliverable"] },
  "invitations:read": { reads: ["invitation"], lists: ["invitation"] },
  "invitations:write": { reads: ["invitation"], lists: ["invitation"], writes: ["invitation"] },
  "participants:read": { reads: ["participant"] },
  "participants:write": { reads: ["participant"], writes: ["participant"] },
  "submissions:read": { reads: ["submission", "review"] },
  "submissions:write": { reads: ["submission", "review"], writes: ["submission", "review"] },
  "links:read": { reads: ["link"], lists: ["link"] },
  "links:write": { reads: ["link"], lists: ["link"], writes: ["link"] },
  "linkCodes:make": {},
  "linkUrls:make": {},
  "tracking:read": { reads: ["trackingPage"] },
  "tracking:count": { reads: ["trackingPage", "countedHit"], writes: ["trackingPage", "countedHit"] },
  "clickStream:append": { also: { actions: ["kinesis:PutRecord"], on: ["clickStream"] } },
  "notifications:read": { reads: ["notification", "unreadCount"] },
  "notifications:write": {
    reads: ["notification", "unreadCount"],
    writes: ["notification"],
    adds: ["unreadCount"],
  },
  "messages:read": { reads: ["message"] },
  "messages:write": { reads: ["message"], writes: ["message"] },
  "emails:send": { also: { actions: ["ses:SendRawEmail"], on: ["senderIdentity", "mailSettings"] } },
  "jobs:read": { reads: ["jobLease", "jobRun"] },
  "jobs:write": { reads: ["jobLease", "jobRun"], writes: ["jobLease", "jobRun"] },
  "payments:charge": { also: readSecret },
  "payments:read": { also: readSecret },
  "userPoolGroups:set": {
    also: {
      actions: [
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminRemoveUserFromGroup",
      ],
      on: ["userPool"],
    },
  },
  "signingKeys:store": { writes: ["signingKeys"] },
  "eventBus:publish": { also: { actions: ["events:PutEvents"], on: ["eventBus"] } },
};

/** What the runtime does for every action that answers signed-in people. */
const guarding: TableAccess = { reads: ["account", "signingKeys"] };
const keyed: TableAccess = { reads: ["idempotencyRecord"], writes: ["idempotencyRecord"] };
/** What every commit does beside the change: it writes events and the audit chain, and checks the actor's account. */
const committing: TableAccess = {
  reads: ["auditHead"],
  writes: ["outboxEvent", "auditEntry", "auditHead"],
  checks: ["account"],
};

/** Everything one action may do, and no more. */
export function statementsFor(contract: Contract, tableArn: string, arns: ResourceArns): PolicyStatement[] {
  const accesses = accessesOf(contract);
  const kinds = (mode: keyof TableAccess) =>
    accesses.flatMap((access) => access[mode] ?? []).map((kind) => declarations[kind]);
  const writes = kinds("writes");
  const listings = kinds("lists").flatMap((declaration) => Object.values(declaration.listings ?? {}));
  const indexes = [...new Set(listings.map(({ index }) => `${tableArn}/index/${schema.indexes[index].name}`))];
  const others = accesses.flatMap(({ also }) => (also ? [also] : []));
  return [
    ...tableStatement(READ, kinds("reads"), [tableArn]),
    ...tableStatement(LIST, listings, indexes.sort()),
    ...tableStatement(
      APPEND,
      writes.filter(({ appendOnly }) => appendOnly),
      [tableArn],
    ),
    ...tableStatement(
      WRITE,
      writes.filter(({ appendOnly }) => !appendOnly),
      [tableArn],
    ),
    ...tableStatement(ADD, kinds("adds"), [tableArn]),
    ...tableStatement(CHECK, kinds("checks"), [tableArn]),
    ...others.map(
      ({ actions, on }) => new PolicyStatement({ actions: [...actions], resources: on.map((name) => arns[name]) }),
    ),
  ];
}

function accessesOf(contract: Contract): Grant[] {
  if (contract.trigger === "edge") return edgeAccess;
  const own: Grant[] = capabilitiesOf(contract).map((capability) => grants[capability]);
  const touched = own.flatMap(({ reads = [], writes = [], adds = [] }) => [...reads, ...writes, ...adds]);
  const guarded = contract.trigger === "http" && contract.roles !== "public";
  if (guarded) own.push(guarding);
  if (guarded && contract.route.startsWith("POST ")) own.push(keyed);
  // What an action has read, it may commit under the condition that it is still so.
  if (capabilitiesOf(contract).some(isWrite)) own.push(committing, { checks: touched });
  return own;
}

/** Declared capabilities, and the run record that every job leaves. */
export const capabilitiesOf = ({ trigger, uses }: Contract): readonly Capability[] =>
  trigger === "schedule" ? [...uses, "jobs:write"] : uses;

/** The click path has no capabilities: it reads links and the day's key, and writes hits down. */
const edgeAccess: Grant[] = [
  { reads: ["link", "visitorKey"], writes: ["visitorKey"] },
  { also: { actions: ["kinesis:PutRecord"], on: ["clickStream"] } },
  { also: { actions: ["sqs:SendMessage"], on: ["overflowQueue"] } },
];

function tableStatement(
  actions: readonly string[],
  places: readonly Parameters<typeof leadingKey>[0][],
  resources: string[],
): PolicyStatement[] {
  if (places.length === 0) return [];
  const conditions = {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...new Set(places.map(leadingKey))].sort() },
    // `ForAllValues` holds for no keys at all, too.
    Null: { "dynamodb:LeadingKeys": "false" },
  };
  return [new PolicyStatement({ actions: [...actions], resources, conditions })];
}
