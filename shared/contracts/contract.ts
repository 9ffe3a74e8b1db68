/**
 * The shape of an action's contract. One entry here and one file in lambdas/ are an action; everything else (route,
 * role gate, validation, OpenAPI operation, IAM, environment, alarm, function name, permission row) is derived.
 */
import type * as z from "zod";
import type { ApiScope } from "#shared/domain/api-keys/api-key";
import type { EntityName } from "#shared/domain/entities";
import type { EventType } from "#shared/domain/events/events";
import type { JobName } from "#shared/domain/jobs/job-run";
import type { Role } from "#shared/domain/kernel/actor";
import type { Transition } from "#shared/domain/kernel/lifecycle";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import type { Capability } from "#shared/ports/catalogue";

interface Common<U extends Capability> {
  /** One line: what it does. Becomes the function's description and the OpenAPI summary. */
  readonly summary: string;
  /** Who is hurt and how when it fails: the alarm's text. */
  readonly ifItFails: string;
  readonly uses: readonly U[];
  /** Transitions of lifecycles that it may cause; who may call it and what it may refuse follow from them. */
  readonly causes?: readonly Transition[];
  /** What a stage must have for the action to exist there. Left out by those that exist on every stage. */
  readonly requires?: "testClock" | "social";
  /** Where the house's 10 s and 512 MB do not fit. */
  readonly runs?: {
    readonly timeoutSeconds?: number;
    readonly memoryMb?: number;
    /** Puts what is left into the queue that it works off, until nothing is. Others that come back to themselves are stopped. */
    readonly continues?: true;
  };
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Route = `${Method} /${string}`;

/** How long an action may take. What waits for it (a queue's messages, a job's lease) is measured by this. */
export const timeoutSecondsOf = ({ runs }: Pick<Contract, "runs">): number => runs?.timeoutSeconds ?? 10;

/** A page for people, or an image: what GET gives of what never changes, which clients may keep. */
export type ReplyType = "text/html" | "image/svg+xml" | "image/png";

/** Cognito groups, any of which may call; `public` needs no token. */
export type Audience = readonly Role[] | "public";

export interface HttpContract<
  U extends Capability = Capability,
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  L extends boolean = boolean,
  A extends Audience = Audience,
  K extends ApiScope | undefined = ApiScope | undefined,
> extends Common<U> {
  readonly trigger: "http";
  readonly route: Route;
  readonly roles: A;
  /** A brand's API key with this scope may call, too: with `X-Api-Key` in place of a token, past the gateway's authorizer. */
  readonly apiKey?: K;
  readonly path?: P;
  /** Query parameters besides `limit` and `cursor`, which every list has. */
  readonly query?: Q;
  readonly body?: B;
  /** The body is passed on as it came, for signatures; `body` is then left out. */
  readonly rawBody?: true;
  /** The reply's body; for a list, one of its items. */
  readonly reply: R;
  /** The reply is a page of `reply` items. */
  readonly list: L;
  readonly status?: 200 | 201 | 202 | 204;
  /** Answered instead of 201 when what was asked for was there already: the change made nothing new. */
  readonly statusWhenThere?: 200;
  /** Refusals of this action's own, besides those that follow from what it takes and causes: see `refusalsOf`. */
  readonly refuses: readonly RefusalCode[];
  /**
   * The thing whose version an `If-Match` names: of every PATCH and DELETE, and of who agrees to what the other side may have
   * changed since they read it. Its rule asks `requireVersion` of it.
   */
  readonly ifMatch?: EntityName;
  /** What the reply is, where it is no JSON; `reply` is then its text, or its bytes. */
  readonly replyType?: ReplyType;
  /** Commits page by page what is safe to repeat, and answers when all is done. Left out by what commits once, with its reply. */
  readonly inPages?: true;
  /** `required`: the key must be sent, and its response is kept for ever. */
  readonly idempotency?: "required";
  /**
   * The reply holds a secret that is nowhere else: what is stored of it for replays is sealed under the Idempotency-Key,
   * which only its client has.
   */
  readonly sealsReply?: true;
  /** Answers what no other route does. */
  readonly catchAll?: true;
}

export interface ScheduleContract<U extends Capability = Capability> extends Common<U> {
  readonly trigger: "schedule";
  /** The job's public name; every run leaves a record under it. */
  readonly job: JobName;
  /** EventBridge Scheduler: `rate(…)` or `cron(…)` with six fields. */
  readonly every: `rate(${string})` | `cron(${string})`;
  readonly timeZone: string;
}

/** How a queue is worked off. */
export interface Delivery {
  /** Messages a call is given. */
  readonly batchSize: number;
  /** Calls at once, from two. */
  readonly maxConcurrency: number;
}

export interface EventContract<U extends Capability = Capability, E extends EventType = EventType> extends Common<U> {
  readonly trigger: "onEvent";
  readonly events: readonly E[];
  /** Where ten events at once, in any number of calls at once, are more than what it asks can bear. */
  readonly delivers?: Delivery;
}

export interface StreamContract<U extends Capability = Capability> extends Common<U> {
  readonly trigger: "onStream";
  /**
   * `outbox`: new outbox items of the table. `appendOnly`: new items of the table that are sealed, and whatever happens
   * to one that is written once. `clicks`: raw hits in Kinesis.
   */
  readonly source: "outbox" | "appendOnly" | "clicks";
}

export interface QueueContract<U extends Capability = Capability> extends Common<U> {
  readonly trigger: "onQueue";
  readonly queue: "click-overflow" | "stripe-events" | "mail-feedback" | "announcements" | "social-accounts";
  readonly delivers: Delivery;
}

export interface UserPoolContract<U extends Capability = Capability> extends Common<U> {
  readonly trigger: "onUserPool";
  readonly on:
    | "preSignUp"
    | "postConfirmation"
    | "preTokenGeneration"
    | "defineAuthChallenge"
    | "createAuthChallenge"
    | "verifyAuthChallengeResponse"
    | "customMessage";
}

/** Behind CloudFront by Function URL: no gateway, no middleware, as small as it can be. */
export interface EdgeContract<U extends Capability = Capability> extends Common<U> {
  readonly trigger: "edge";
  readonly route: `GET /t/${string}`;
}

export type Contract =
  HttpContract | ScheduleContract | EventContract | StreamContract | QueueContract | UserPoolContract | EdgeContract;
export type Trigger = Contract["trigger"];

type Given<C> = Omit<C, "trigger" | "list">;

export const http = <
  U extends Capability,
  R extends z.ZodType,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  B extends z.ZodType = z.ZodUndefined,
  const A extends Audience = Audience,
  const K extends ApiScope | undefined = undefined,
>(
  contract: Given<HttpContract<U, P, Q, B, R, boolean, A, K>>,
): HttpContract<U, P, Q, B, R, false, A, K> => ({ trigger: "http", ...contract, list: false });

/** A list: replies with pages of `reply` and understands `limit` and `cursor`. */
export const list = <
  U extends Capability,
  R extends z.ZodType,
  P extends z.ZodType = z.ZodUndefined,
  Q extends z.ZodType = z.ZodUndefined,
  const A extends Audience = Audience,
>(
  contract: Given<HttpContract<U, P, Q, z.ZodUndefined, R, boolean, A, undefined>>,
): HttpContract<U, P, Q, z.ZodUndefined, R, true, A, undefined> => ({ trigger: "http", ...contract, list: true });

export const schedule = <U extends Capability>(contract: Given<ScheduleContract<U>>): ScheduleContract<U> => ({
  trigger: "schedule",
  ...contract,
});
export const onEvent = <U extends Capability, E extends EventType>(
  contract: Given<EventContract<U, E>>,
): EventContract<U, E> => ({
  trigger: "onEvent",
  ...contract,
});
export const onStream = <U extends Capability>(contract: Given<StreamContract<U>>): StreamContract<U> => ({
  trigger: "onStream",
  ...contract,
});
export const onQueue = <U extends Capability>(contract: Given<QueueContract<U>>): QueueContract<U> => ({
  trigger: "onQueue",
  ...contract,
});
export const onUserPool = <U extends Capability>(contract: Given<UserPoolContract<U>>): UserPoolContract<U> => ({
  trigger: "onUserPool",
  ...contract,
});
export const edge = <U extends Capability>(contract: Given<EdgeContract<U>>): EdgeContract<U> => ({
  trigger: "edge",
  ...contract,
});
