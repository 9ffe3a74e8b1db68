/**
 * What each capability may do on AWS: named actions on named resources, and in the table only the kinds of things that its
 * row of the catalogue names: each kind has partitions of its own.
 */
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { type Capability, catalogue } from "#shared/ports/catalogue";
import { type Touched, touchedBy } from "#shared/ports/touched";
import { leadingKey } from "#shared/table/item";
import { declarations, listingNamed, type StoredKind } from "#shared/table/items/index";
import { schema } from "#shared/table/schema";

/** What a capability may do besides the table: actions on some of the stage's resources. */
interface ResourceGrant {
  readonly actions: readonly string[];
  readonly on: readonly (keyof ResourceArns)[];
  readonly conditions?: Conditions;
}
type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Resources besides the table, by the names that grants use. */
export interface ResourceArns {
  readonly clickStream: string;
  readonly overflowQueue: string;
  readonly stripeEventsQueue: string;
  readonly announcementQueue: string;
  readonly eventBus: string;
  readonly stripeSecret: string;
  readonly userPool: string;
  readonly senderIdentity: string;
  readonly mailSettings: string;
  readonly clickArchive: string;
  readonly archivedClicks: string;
  readonly files: string;
  readonly fileObjects: string;
  readonly exports: string;
  readonly exportObjects: string;
  /** Of a stage with networks. */
  readonly socialSecret?: string | undefined;
  readonly tokenKey?: string | undefined;
  readonly socialQueue?: string | undefined;
}

const GET = ["dynamodb:GetItem", "dynamodb:BatchGetItem"];
const QUERY = ["dynamodb:Query"];
const PUT = ["dynamodb:PutItem"];
const REMOVE = ["dynamodb:DeleteItem"];
const ADD = ["dynamodb:UpdateItem"];
const CHECK = ["dynamodb:ConditionCheckItem"];

const readSecret: ResourceGrant = { actions: ["secretsmanager:GetSecretValue"], on: ["stripeSecret"] };
const readSocialSecret: ResourceGrant = { actions: ["secretsmanager:GetSecretValue"], on: ["socialSecret"] };
/**
 * Only where it is said whose the token is and of which network, and nothing else: `ForAllValues` holds for no context at all,
 * too. Source: KMS developer guide, "kms:EncryptionContext:context-key", "kms:EncryptionContextKeys".
 */
const underOwner: Conditions = {
  "ForAllValues:StringEquals": { "kms:EncryptionContextKeys": ["userId", "platform"] },
  Null: { "kms:EncryptionContext:userId": "false", "kms:EncryptionContext:platform": "false" },
};
const putRecord: ResourceGrant = { actions: ["kinesis:PutRecord"], on: ["clickStream"] };

/** What capabilities touch besides the table and Stripe's secret; what they touch of the table is in their rows of the catalogue. */
const resourceGrants: Partial<Readonly<Record<Capability, readonly ResourceGrant[]>>> = {
  "clickStream:append": [putRecord],
  "clicks:record": [putRecord, { actions: ["sqs:SendMessage"], on: ["overflowQueue"] }],
  "mailSender:send": [{ actions: ["ses:SendRawEmail"], on: ["senderIdentity", "mailSettings"] }],
  "eventQueue:send": [{ actions: ["sqs:SendMessage"], on: ["stripeEventsQueue"] }],
  "announcementQueue:send": [{ actions: ["sqs:SendMessage"], on: ["announcementQueue"] }],
  "userPoolGroups:set": [
    {
      actions: [
        "cognito-idp:AdminListGroupsForUser",
        "cognito-idp:AdminAddUserToGroup",
        "cognito-idp:AdminRemoveUserFromGroup",
      ],
      on: ["userPool"],
    },
  ],
  "secondFactors:ask": [{ actions: ["cognito-idp:AdminGetUser"], on: ["userPool"] }],
  "userPoolPeople:link": [
    {
      actions: [
        "cognito-idp:AdminGetUser",
        "cognito-idp:AdminCreateUser",
        "cognito-idp:AdminSetUserPassword",
        "cognito-idp:AdminLinkProviderForUser",
      ],
      on: ["userPool"],
    },
  ],
  "userPoolSessions:end": [{ actions: ["cognito-idp:AdminUserGlobalSignOut"], on: ["userPool"] }],
  "clickArchive:read": [
    { actions: ["s3:GetObject"], on: ["archivedClicks"] },
    { actions: ["s3:ListBucket"], on: ["clickArchive"] },
  ],
  // A form may do what whoever signed it may.
  "files:receive": [{ actions: ["s3:PutObject", "s3:PutObjectTagging"], on: ["fileObjects"] }],
  // Without the right to list, S3 says of what is not there that it is forbidden.
  "files:inspect": [
    { actions: ["s3:GetObject"], on: ["fileObjects"] },
    { actions: ["s3:ListBucket"], on: ["files"] },
  ],
  "files:hand-out": [{ actions: ["s3:GetObjectVersion"], on: ["fileObjects"] }],
  "files:keep": [{ actions: ["s3:DeleteObjectVersionTagging"], on: ["fileObjects"] }],
  // A multipart upload is begun, put and completed by the right to put; whether its file is there, by those to get and to list.
  // Source: Amazon S3 user guide, "Multipart upload API and permissions".
  "exportFiles:write": [
    { actions: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject"], on: ["exportObjects"] },
    { actions: ["s3:ListBucket"], on: ["exports"] },
  ],
  "exportFiles:link": [{ actions: ["s3:GetObject"], on: ["exportObjects"] }],
  "socialNetworks:ask": [readSocialSecret],
  "socialQueue:send": [{ actions: ["sqs:SendMessage"], on: ["socialQueue"] }],
  "tokenSeals:use": [{ actions: ["kms:Encrypt", "kms:Decrypt"], on: ["tokenKey"], conditions: underOwner }],
  "eventBus:publish": [{ actions: ["events:PutEvents"], on: ["eventBus"] }],
};

/** Whoever is told which secret is Stripe's reads it. */
const namesSecret = (capability: Capability): boolean =>
  catalogue[capability].environment.some((name) => name === "STRIPE_SECRET_ARN");

/** Everything that one function may do with these capabilities, and no more. */
export function statementsFor(
  capabilities: readonly Capability[],
  tableArn: string,
  arns: ResourceArns,
): PolicyStatement[] {
  const grants = [
    ...capabilities.flatMap((capability) => resourceGrants[capability] ?? []),
    ...(capabilities.some(namesSecret) ? [readSecret] : []),
  ];
  return [
    ...tableStatements(touchedBy(capabilities), tableArn),
    ...grants.map(
      ({ actions, on, conditions }) =>
        new PolicyStatement({
          actions: [...actions],
          resources: on.map((name) => present(arns, name)),
          ...(conditions && { conditions }),
        }),
    ),
  ];
}

/** @throws for what the stage lacks: the contract does not say that it requires it. */
function present(arns: ResourceArns, name: keyof ResourceArns): string {
  const arn = arns[name];
  if (arn === undefined) throw new Error(`the stage has no ${name}`);
  return arn;
}

function tableStatements(touched: Touched, tableArn: string): PolicyStatement[] {
  const declared = (kinds: readonly StoredKind[]) => kinds.map((kind) => declarations[kind]);
  // Index by index: a partition of one is none of another's business.
  const listings = Map.groupBy(touched.lists.map(listingNamed), ({ index }) => schema.indexes[index].name);
  return [
    ...tableStatement(GET, declared(touched.gets), [tableArn]),
    ...tableStatement(QUERY, declared(touched.queries), [tableArn]),
    ...[...listings].sort().flatMap(([name, listed]) => tableStatement(QUERY, listed, [`${tableArn}/index/${name}`])),
    ...tableStatement(PUT, declared(touched.writes), [tableArn]),
    ...tableStatement(REMOVE, declared(touched.removes), [tableArn]),
    ...tableStatement(ADD, declared(touched.adds), [tableArn]),
    ...tableStatement(CHECK, declared(touched.checks), [tableArn]),
  ];
}

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
