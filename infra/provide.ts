import type { Contract } from "#shared/contracts/contract";
import { environmentOf, type EnvironmentName, isWrite, runtimeEnvironment } from "#shared/ports/catalogue";
import { capabilitiesOf } from "./grants.ts";
import type { Surroundings } from "./surroundings.ts";

/** Where each environment variable's value comes from. Exhaustive by type. */
const values: Readonly<Record<EnvironmentName, (around: Surroundings) => string>> = {
  TABLE_NAME: ({ table }) => table.tableName,
  CLICK_STREAM_NAME: ({ clickStream }) => clickStream.streamName,
  EVENT_BUS_NAME: ({ eventBus }) => eventBus.eventBusName,
  STRIPE_SECRET_ARN: ({ stripeSecretArn }) => stripeSecretArn,
  STRIPE_API_BASE: ({ stage }) => stage.stripe.apiBase,
  SENDER_ADDRESS: ({ stage }) => stage.senderAddress,
  LINK_ORIGIN: ({ stage }) => stage.linkOrigin,
  USER_POOL_ID: ({ userPool }) => userPool.id,
  USER_POOL_CLIENT_ID: ({ userPool }) => userPool.clientId,
};

/** Exactly the variables an action declared, and those its trigger's runtime needs. */
export function environmentFor(contract: Contract, around: Surroundings): Record<string, string> {
  if (contract.trigger === "edge") {
    const { table, clickStream, overflowQueue } = around;
    return {
      TABLE_NAME: table.tableName,
      CLICK_STREAM_NAME: clickStream.streamName,
      OVERFLOW_QUEUE_URL: overflowQueue.queueUrl,
    };
  }
  return Object.fromEntries(environmentNamesOf(contract).map((name) => [name, values[name](around)]));
}

/** Names of an action's variables. A user pool's triggers are told their pool by its events, not by the environment. */
export function environmentNamesOf(contract: Exclude<Contract, { trigger: "edge" }>): EnvironmentName[] {
  const capabilities = capabilitiesOf(contract);
  const guarded = contract.trigger === "http" && contract.roles !== "public";
  const names = new Set<EnvironmentName>([
    "TABLE_NAME",
    ...capabilities.flatMap((capability): readonly EnvironmentName[] => environmentOf[capability]),
    ...(guarded ? runtimeEnvironment.http : []),
    ...(capabilities.some(isWrite) ? runtimeEnvironment.commits : []),
  ]);
  if (contract.trigger === "onUserPool") names.delete("USER_POOL_ID");
  return [...names].sort();
}
