import type { IBucket } from "aws-cdk-lib/aws-s3";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import type { Contract } from "#shared/contracts/contract";
import type { Features } from "#shared/contracts/index";
import { catalogue, type EnvironmentName } from "#shared/ports/catalogue";
import { capabilitiesOn } from "./capabilities.ts";
import { networkSettingsOf } from "./social-networks.ts";
import type { Stage } from "./stages.ts";
import type { Surroundings } from "./surroundings.ts";

/** Where each environment variable's value comes from. Exhaustive by type. */
const values: Readonly<Record<EnvironmentName, (around: Surroundings) => string>> = {
  TABLE_NAME: ({ table }) => table.tableName,
  OVERFLOW_QUEUE_URL: ({ overflowQueue }) => overflowQueue.queueUrl,
  STRIPE_EVENTS_QUEUE_URL: ({ stripeEventsQueue }) => stripeEventsQueue.queueUrl,
  ANNOUNCEMENT_QUEUE_URL: ({ announcementQueue }) => announcementQueue.queueUrl,
  CLICK_STREAM_NAME: ({ clickStream }) => clickStream.streamName,
  EVENT_BUS_NAME: ({ eventBus }) => eventBus.eventBusName,
  STRIPE_SECRET_ARN: ({ stripeSecretArn }) => stripeSecretArn,
  STRIPE_API_BASE: ({ stage }) => stage.stripe.apiBase,
  PAYOUT_MINIMUMS: ({ stage }) => JSON.stringify(stage.payoutMinimums),
  API_ORIGIN: originOf,
  APP_URL: ({ stage }) => stage.appUrl,
  STAGE_FEATURES: ({ stage }) => JSON.stringify(stage.social === false ? [] : ["social"]),
  PLATFORM_FEE_SCHEDULE: ({ stage }) => JSON.stringify(stage.platformFees),
  PROCESSOR_FEE_BOUNDS: ({ stage }) => JSON.stringify(stage.processorFeeBounds),
  MAIL_CONFIGURATION_SET: ({ mailSettings }) => mailSettings,
  SENDER_ADDRESS: ({ stage }) => stage.senderAddress,
  LINK_ORIGIN: ({ stage }) => stage.linkOrigin,
  ADMIN_SECOND_FACTOR: ({ stage }) => stage.adminSecondFactor,
  FILES_BUCKET: ({ files }) => files.bucketName,
  FILES_ORIGIN: ({ files, stage }) => bucketOrigin(files, stage),
  EXPORTS_BUCKET: ({ exports }) => exports.bucketName,
  EXPORTS_ORIGIN: ({ exports, stage }) => bucketOrigin(exports, stage),
  EXPORTS_REGION: ({ stage }) => stage.region,
  ARCHIVE_BUCKET: ({ clickArchive }) => clickArchive.bucketName,
  ARCHIVE_ORIGIN: ({ clickArchive, stage }) => bucketOrigin(clickArchive, stage),
  ARCHIVE_REGION: ({ stage }) => stage.region,
  FILES_REGION: ({ stage }) => stage.region,
  SOCIAL_NETWORKS: ({ stage }) => JSON.stringify(networkSettingsOf(stage)),
  SOCIAL_SECRET_ARN: (around) => socialOf(around).secretArn,
  SOCIAL_QUEUE_URL: (around) => socialQueueOf(around).queueUrl,
  TOKEN_KEY_ARN: (around) => socialOf(around).tokenKey.keyArn,
  TOKEN_KEY_ORIGIN: ({ stage }) => stage.filesEndpoint ?? `https://kms.${stage.region}.amazonaws.com`,
  USER_POOL_ID: ({ userPool }) => userPool.id,
  USER_POOL_CLIENT_ID: ({ userPool }) => userPool.clientIds.join(),
};

const bucketOrigin = (bucket: IBucket, { filesEndpoint }: Stage): string =>
  filesEndpoint === undefined ? `https://${bucket.bucketRegionalDomainName}` : `${filesEndpoint}/${bucket.bucketName}`;

/** @throws for an action that comes up before the API does: a defect. */
function originOf({ apiOrigin }: Surroundings): string {
  if (apiOrigin === undefined) throw new Error("the API's address is not known before there is one");
  return apiOrigin;
}

/** @throws for an action that is on a stage without networks: its contract does not say that it requires them. */
function socialOf({ social }: Surroundings): NonNullable<Surroundings["social"]> {
  if (social === undefined) throw new Error("the stage has no social networks");
  return social;
}

/** @throws for an action that is on a stage without networks: its contract does not say that it requires them. */
export function socialQueueOf({ socialQueue }: Surroundings): IQueue {
  if (socialQueue === undefined) throw new Error("the stage has no social networks");
  return socialQueue;
}

/** Exactly the variables that an action's capabilities need. */
export const environmentFor = (contract: Contract, around: Surroundings): Record<string, string> =>
  Object.fromEntries(environmentNamesOf(contract, around.stage).map((name) => [name, values[name](around)]));

/** Names of an action's variables on a stage. A user pool's triggers are told their pool by its events, not by the environment. */
export function environmentNamesOf(contract: Contract, features: Features): EnvironmentName[] {
  const names = new Set(
    capabilitiesOn(features, contract).flatMap(
      (capability): readonly EnvironmentName[] => catalogue[capability].environment,
    ),
  );
  if (contract.trigger === "onUserPool") names.delete("USER_POOL_ID");
  return [...names].sort();
}
