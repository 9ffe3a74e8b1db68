import type { MiddlewareObj } from "@middy/core";
import type { Context } from "aws-lambda";
import * as z from "zod";
import { OwnError } from "#shared/domain/kernel/own-error";
import { Refusal } from "#shared/domain/kernel/refusal";
import type { Instant } from "#shared/domain/kernel/time";
import { type Invocation, machineNowOf, realWorld, systemInvocation, type World } from "../call.ts";
import { describeError } from "../describe-error.ts";
import { log } from "../log.ts";
import { failureOf } from "./failure-log.ts";

/** The part of a Cognito trigger event that our triggers read. Source: Cognito developer guide, Lambda triggers. */
const TriggerEvent = z.looseObject({
  userPoolId: z.string(),
  triggerSource: z.string(),
  userName: z.string(),
  request: z.looseObject({
    // None of a person whom nobody knows, for whom a sign-in goes on all the same.
    userAttributes: z.record(z.string(), z.string()).nullish(),
    session: z.array(z.looseObject({ challengeName: z.string(), challengeResult: z.boolean() })).nullish(),
    challengeAnswer: z.string().nullish(),
    codeParameter: z.string().nullish(),
    usernameParameter: z.string().nullish(),
    groupConfiguration: z.looseObject({ groupsToOverride: z.array(z.string()).nullish() }).nullish(),
  }),
  response: z.looseObject({}),
});

/** What a trigger is told. */
export interface PoolCall extends Invocation {
  readonly triggerSource: string;
  readonly userName: string;
  /** When it came, by the machine's clock. */
  readonly receivedAt: Instant;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  /** Of a sign-in in several rounds: those that are over, and what is answered now. */
  readonly rounds: readonly { readonly challengeName: string; readonly challengeResult: boolean }[];
  readonly challengeAnswer: string;
  /** What stands in a mail for the code and the user's name, until the pool puts them there. */
  readonly marks: { readonly code: string; readonly userName: string };
}

export interface PoolContext extends Context {
  /** By this middleware. */
  call: PoolCall;
  userPoolId: string;
}

/**
 * Says no to a pool's flow, which takes an error, and Lambda logs it as one. The metric filter leaves it out by the class's
 * name, which no minifier may change: anyone could ring the alarm otherwise. Its message is shown to the person.
 */
export class FlowRefused extends OwnError {
  static override readonly name = "FlowRefused";

  constructor({ refusal }: Refusal) {
    super(refusal.title);
    this.name = FlowRefused.name;
  }
}

/** What a trigger's request says, each kind of trigger's a part of it. */
const told = (request: z.output<typeof TriggerEvent>["request"]) => ({
  attributes: request.userAttributes ?? {},
  rounds: request.session ?? [],
  challengeAnswer: request.challengeAnswer ?? "",
  marks: { code: request.codeParameter ?? "", userName: request.usernameParameter ?? "" },
});

/**
 * A user pool's event as a call, and what `run` gives back as the event's response. A refusal stops the flow; Cognito
 * shows its sentence to the person and passes nothing else on.
 */
export const poolEvent = (trigger: string, world?: World): MiddlewareObj<unknown, unknown, Error, PoolContext> => ({
  before: ({ event, context }) => {
    const { userPoolId, triggerSource, userName, request } = TriggerEvent.parse(event);
    context.userPoolId = userPoolId;
    context.call = {
      ...systemInvocation(trigger, context.awsRequestId, world),
      triggerSource,
      userName,
      receivedAt: machineNowOf(world ?? realWorld),
      groups: request.groupConfiguration?.groupsToOverride ?? [],
      ...told(request),
    };
  },
  after: (request) => {
    const event = TriggerEvent.parse(request.event);
    const added = z.looseObject({}).parse(request.response);
    request.response = { ...event, response: { ...event.response, ...added } };
  },
  onError: (request) => {
    const { error } = request;
    if (error instanceof Refusal) {
      log("trigger.refused", { trigger, refusal: error.refusal.code });
      request.error = new FlowRefused(error);
    } else {
      log("trigger.failed", { trigger, ...describeError(error) });
      request.error = failureOf("trigger.failed");
    }
  },
});
