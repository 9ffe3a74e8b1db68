/**
 * What happens around every action, in the order it is read here: a middleware's `before` runs from the top down, `after`
 * and `onError` from the bottom up. Each middleware is a file of its own in middleware/.
 */
import middy, { type MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 as GatewayReply, Context } from "aws-lambda";
import {
  type HttpContract,
  type ScheduleContract,
  timeoutSecondsOf,
  type UserPoolContract,
} from "#shared/contracts/contract";
import { isForCreators, isGuarded, isTagged, takesApiKey, takesKeys } from "#shared/contracts/implied";
import type { JobRun } from "#shared/domain/jobs/job-run";
import type { StoredReply } from "#shared/ports/idempotency";
import { apiKeyAuthenticator } from "./api-key.ts";
import { cognitoAuthenticator } from "./authenticate.ts";
import { machineNowOf, systemInvocation, type World } from "./call.ts";
import { type Connected, portOf } from "./connect.ts";
import { authentication, publicCaller } from "./middleware/authentication.ts";
import { idempotency } from "./middleware/idempotency.ts";
import { notModified } from "./middleware/not-modified.ts";
import { parsing } from "./middleware/parsing.ts";
import { type BatchReply, type FailedRecords, partialBatch } from "./middleware/partial-batch.ts";
import { poolEvent, type PoolContext } from "./middleware/pool-event.ts";
import { problems } from "./middleware/problems.ts";
import { type AnyCall, type CallMiddleware, type RequestContext } from "./middleware/request.ts";
import { requestLog } from "./middleware/request-log.ts";
import { roleGate } from "./middleware/role-gate.ts";
import { type RunContext, runRecord } from "./middleware/run-record.ts";
import { sighting } from "./middleware/sighting.ts";
import { securityHeaders } from "./middleware/security-headers.ts";
import { rehearsalReply } from "./rehearsal.ts";
import { inTime, inTimeForRecord, timed } from "./time-limit.ts";
import { untilDecided } from "./until-decided.ts";

/** Time is kept in one place, time-limit.ts: middy's own limit knows nothing of what was cut off. */
const untilItEnds = { timeoutEarlyInMillis: 0 };

/** Any action's `run`, whose parts the contract has checked where the lambda named them. */
export type AnyRun = (call: AnyCall, ports: unknown) => Promise<unknown>;

/** From the gateway's event to the gateway's reply; never throws. */
export const httpPipeline = (contract: HttpContract, connected: Connected, run: AnyRun, world: World) => {
  const answer = callPipeline(contract, connected, run, world);
  return timed(
    middy<APIGatewayProxyEventV2, GatewayReply>(untilItEnds)
      .use(requestLog(contract.route, () => Date.parse(world.now())))
      .use(securityHeaders(contract))
      .use(problems())
      .use(isTagged(contract) ? [notModified()] : [])
      .handler(async (event, context) => gatewayReply(await inTime(() => answer(event, context as RequestContext)))),
  );
};

/** One call: it is refused by what comes first, or answered. */
const callPipeline = (contract: HttpContract, connected: Connected, run: AnyRun, world: World) =>
  middy<APIGatewayProxyEventV2, StoredReply, Error, RequestContext>(untilItEnds)
    .use(guardsOf(contract, connected, world))
    .use(parsing(contract, world, contract.list ? portOf(connected, "cursors") : undefined))
    .use(takesKeys(contract) ? [idempotency(contract, portOf(connected, "idempotency"))] : [])
    .handler(async (_event, { call, answer }) => {
      const result = await untilDecided(() => run(call, connected.portsFor(call, answer)));
      if (answer.isRehearsal) return rehearsalReply(answer.present(result, answer.rehearsed), answer.rehearsed);
      // What was stored with the change is what is sent.
      return answer.committed ?? answer.present(result);
    });

function guardsOf(contract: HttpContract, connected: Connected, world: World): CallMiddleware[] {
  if (!isGuarded(contract) || contract.roles === "public") return [publicCaller(contract.route)];
  const callers = portOf(connected, "callers");
  const byKey = takesApiKey(contract)
    ? apiKeyAuthenticator({ apiKeys: portOf(connected, "apiKeys"), callers }, contract.apiKey, world.now)
    : undefined;
  const seen = isForCreators(contract) ? [sighting(portOf(connected, "sightings"), world.now)] : [];
  return [authentication(cognitoAuthenticator(callers), byKey), ...seen, roleGate(contract.roles)];
}

/** What is told to be base64 reaches the client as the bytes. Source: API Gateway's payload format 2.0 for Lambda. */
const gatewayReply = ({ status, headers, body, isBase64 }: StoredReply): GatewayReply => ({
  statusCode: status,
  headers: { ...headers },
  ...(status !== 204 && { body }),
  ...(isBase64 && { isBase64Encoded: true }),
});

/** Records of a queue or stream, of which some may fail. A throw, which `failures` sees, fails them all. */
export const batchPipeline = <E>(
  failures: MiddlewareObj,
  work: (event: E, context: Context) => Promise<FailedRecords>,
) => timed(middy<E, FailedRecords | BatchReply>(untilItEnds).use(failures).use(partialBatch()).handler(work));

/** One run of a job, from lease to record. */
export const jobPipeline = (
  contract: ScheduleContract,
  connected: Connected,
  work: (context: RunContext) => Promise<void>,
  world: World,
) =>
  timed(
    middy<unknown, JobRun | undefined, Error, RunContext>(untilItEnds)
      .before(({ context }) => {
        const occasion = systemInvocation(contract.job, context.awsRequestId, world);
        const invocation = { ...occasion, receivedAt: machineNowOf(world) };
        Object.assign(context, { invocation, ports: connected.portsFor(invocation), counts: {} });
      })
      .use(
        runRecord({
          job: contract.job,
          leaseMs: timeoutSecondsOf(contract) * 1000,
          nowMs: () => Date.parse(world.now()),
          machineNow: () => machineNowOf(world),
        }),
      )
      .handler(async (_event, context) => {
        await inTimeForRecord(() => work(context));
        return undefined;
      }),
  );

/** How long Cognito waits for a trigger. Source: Cognito developer guide, "Customizing user pool workflows with Lambda triggers". */
const POOL_WAITS_MS = 5_000;

/** A user pool's trigger: its event is a call, and a refusal stops the flow. */
export const poolPipeline = (
  { on }: UserPoolContract,
  world: World,
  work: (context: PoolContext) => Promise<unknown>,
) =>
  timed(
    middy<unknown, unknown, Error, PoolContext>(untilItEnds)
      .use(poolEvent(on, world))
      .handler((_event, context) => inTime(() => work(context))),
    POOL_WAITS_MS,
  );
