/**
 * What each capability may do on AWS: named actions on named resources, and in the table only partitions that its
 * keys name. Exhaustive by type: a capability without a grant does not compile.
 */
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type Contract } from "#shared/contracts/contract";
import { type Capability, isWrite } from "#shared/ports/catalogue";
import { type LeadingKey, leadingKeys } from "#shared/table/keys";
import { schema } from "#shared/table/schema";

/** Partitions of the table a capability reads, changes, and may make a condition of its commit. */
interface TableAccess {
  readonly read?: readonly LeadingKey[];
  readonly write?: readonly LeadingKey[];
  /** Besides those it reads and writes. */
  readonly check?: readonly LeadingKey[];
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
const WRITE = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
const CHECK = ["dynamodb:ConditionCheckItem"];

const campaignPartitions: readonly LeadingKey[] = [
  "campaigns",
  "ofBrands",
  "ofCreators",
  "allCampaigns",
  "dueCampaigns",
];
const readSecret: ResourceAccess = { actions: ["secretsmanager:GetSecretValue"], on: ["stripeSecret"] };

export const grants: Readonly<Record<Capability, Grant>> = {
  "accounts:read": { read: ["users", "admins", "allAccounts"] },
  "accounts:write": { read: ["users", "admins", "allAccounts"], write: ["users"] },
  "wallets:read": { read: ["users"] },
  "wallets:write": { read: ["users"], write: ["users"] },
  "deposits:read": { read: ["deposits"] },
  "deposits:write": { read: ["deposits"], write: ["deposits"] },
  "earnings:read": { read: ["users", "allEarnings"] },
  "earnings:write": { read: ["users", "allEarnings"], write: ["users"] },
  "ledger:read": { read: ["users", "campaigns", "allWallets", "allBudgets", "allParticipants", "allJournals"] },
  "ledger:post": { write: ["journals", "users", "campaigns"] },
  "campaigns:read": { read: campaignPartitions },
  "campaigns:write": { read: campaignPartitions, write: ["campaigns"] },
  "invitations:read": { read: ["campaigns", "ofCreators"] },
  "invitations:write": { read: ["campaigns", "ofCreators"], write: ["campaigns"] },
  "participants:read": { read: ["campaigns"] },
  "participants:write": { read: ["campaigns"], write: ["campaigns"] },
  "submissions:read": { read: ["campaigns"] },
  "submissions:write": { read: ["campaigns"], write: ["campaigns"] },
  "links:read": { read: ["links", "campaigns"] },
  "links:write": { read: ["links", "campaigns"], write: ["links"] },
  "linkCodes:make": {},
  "linkUrls:make": {},
  "tracking:read": { read: ["tracking"] },
  "tracking:count": { read: ["tracking", "countedHits"], write: ["tracking", "countedHits"] },
  "clickStream:append": { also: { actions: ["kinesis:PutRecord"], on: ["clickStream"] } },
  "notifications:read": { read: ["users"] },
  "notifications:write": { read: ["users"], write: ["users"] },
  "mails:read": { read: ["mails"] },
  "mails:write": { read: ["mails"], write: ["mails"] },
  "mailSender:send": { also: { actions: ["ses:SendRawEmail"], on: ["senderIdentity", "mailSettings"] } },
  "jobs:read": { read: ["jobs"] },
  "jobs:write": { read: ["jobs"], write: ["jobs"] },
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
  "signingKeys:store": { write: ["signingKeys"] },
  "eventBus:publish": { also: { actions: ["events:PutEvents"], on: ["eventBus"] } },
};

/** What the runtime does for every action that answers signed-in people. */
const guarding: TableAccess = { read: ["users", "signingKeys"] };
const keyed: TableAccess = { read: ["idempotency"], write: ["idempotency"] };
/** What every commit does beside the change: it writes events and the audit chain, and checks the actor's account. */
const committing: TableAccess = { read: ["audit"], write: ["outbox", "audit"], check: ["users"] };

/** Everything one action may do, and no more. */
export function statementsFor(contract: Contract, tableArn: string, arns: ResourceArns): PolicyStatement[] {
  const accesses = accessesOf(contract);
  const union = (mode: keyof TableAccess): LeadingKey[] => accesses.flatMap((access) => access[mode] ?? []);
  const [read, write, check] = [union("read"), union("write"), union("check")];
  const others = accesses.flatMap(({ also }) => (also ? [also] : []));
  return [
    ...tableStatement(READ, read, [
      tableArn,
      ...Object.values(schema.indexes).map(({ name }) => `${tableArn}/index/${name}`),
    ]),
    ...tableStatement(WRITE, write, [tableArn]),
    // What an action has read, it may commit under the condition that it is still so.
    ...(check.length === 0 ? [] : tableStatement(CHECK, [...read, ...write, ...check], [tableArn])),
    ...others.map(
      ({ actions, on }) => new PolicyStatement({ actions: [...actions], resources: on.map((name) => arns[name]) }),
    ),
  ];
}

function accessesOf(contract: Contract): Grant[] {
  if (contract.trigger === "edge") return edgeAccess;
  const own: Grant[] = capabilitiesOf(contract).map((capability) => grants[capability]);
  const guarded = contract.trigger === "http" && contract.roles !== "public";
  if (guarded) own.push(guarding);
  if (guarded && contract.route.startsWith("POST ")) own.push(keyed);
  if (capabilitiesOf(contract).some(isWrite)) own.push(committing);
  return own;
}

/** Declared capabilities, and the run record that every job leaves. */
export const capabilitiesOf = ({ trigger, uses }: Contract): readonly Capability[] =>
  trigger === "schedule" ? [...uses, "jobs:write"] : uses;

/** The click path has no capabilities: it reads links and the day's key, and writes hits down. */
const edgeAccess: Grant[] = [
  { read: ["links", "visitorKeys"], write: ["visitorKeys"] },
  { also: { actions: ["kinesis:PutRecord"], on: ["clickStream"] } },
  { also: { actions: ["sqs:SendMessage"], on: ["overflowQueue"] } },
];

function tableStatement(
  actions: readonly string[],
  keys: readonly LeadingKey[],
  resources: string[],
): PolicyStatement[] {
  if (keys.length === 0) return [];
  const conditions = {
    "ForAllValues:StringLike": { "dynamodb:LeadingKeys": [...new Set(keys.map((key) => leadingKeys[key]))].sort() },
    // `ForAllValues` holds for no keys at all, too.
    Null: { "dynamodb:LeadingKeys": "false" },
  };
  return [new PolicyStatement({ actions: [...actions], resources, conditions })];
}
