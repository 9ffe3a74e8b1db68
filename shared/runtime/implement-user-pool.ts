import middy from "@middy/core";
import * as z from "zod";
import type { UserPoolContract } from "#shared/contracts/contract";
import { Refusal } from "#shared/domain/kernel/refusal";
import type { Capability, Granted, Wiring } from "#shared/ports/catalogue";
import type { Invocation } from "./call.ts";
import { connect, type Connected } from "./connect.ts";
import { systemOccasion } from "./implement-consumer.ts";
import { describeError, log } from "./log.ts";
import { untilDecided } from "./until-decided.ts";

/** The part of a Cognito trigger event that our triggers read. Source: Cognito developer guide, Lambda triggers. */
const TriggerEvent = z.looseObject({
  userPoolId: z.string(),
  triggerSource: z.string(),
  userName: z.string(),
  request: z.looseObject({
    userAttributes: z.record(z.string(), z.string()),
    groupConfiguration: z.looseObject({ groupsToOverride: z.array(z.string()).nullish() }).nullish(),
  }),
  response: z.looseObject({}),
});

/** What a trigger is told. */
export interface PoolCall extends Invocation {
  readonly triggerSource: string;
  readonly userName: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
}

/**
 * Makes the Lambda handler of a user-pool trigger. What `run` gives back becomes the event's response; a refusal stops
 * the flow and its sentence is shown to the person.
 */
export function implementUserPool<U extends Capability>(
  contract: UserPoolContract<U>,
  wiring: NoInfer<Wiring<U>>,
  run: (call: PoolCall, ports: Granted<U>) => Promise<Readonly<Record<string, unknown>>>,
) {
  let connected: Connected | undefined;
  const handler = middy<unknown, unknown>().handler(async (raw, context) => {
    const event = TriggerEvent.parse(raw);
    // The pool is told by its event: the environment of a pool's own trigger could only name it in a circle.
    connected ??= connect(contract.uses, wiring, [], { USER_POOL_ID: event.userPoolId });
    const occasion = systemOccasion(contract.on, context.awsRequestId);
    const call: PoolCall = {
      ...occasion,
      triggerSource: event.triggerSource,
      userName: event.userName,
      attributes: event.request.userAttributes,
      groups: event.request.groupConfiguration?.groupsToOverride ?? [],
    };
    const ports = connected.portsFor(occasion) as Granted<U>;
    try {
      return { ...event, response: { ...event.response, ...(await untilDecided(() => run(call, ports))) } };
    } catch (error) {
      if (error instanceof Refusal) {
        log("trigger.refused", { trigger: contract.on, refusal: error.refusal.code });
        // Cognito passes the message on to the person and nothing else.
        throw new Error(error.message, { cause: error });
      }
      log("trigger.failed", { trigger: contract.on, ...describeError(error) });
      throw error;
    }
  });
  return Object.assign(handler, { run, contract });
}
