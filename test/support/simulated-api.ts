/**
 * The whole API in one process and one simulated time: real rules, repositories and pipelines, on a table where people meet.
 * No jest in here: benchmarks use it as well.
 */
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { memory } from "#shared/adapters/memory/index";
import { memoryPayments } from "#shared/adapters/memory/payments";
import { type HttpContract, timeoutSecondsOf } from "#shared/contracts/contract";
import type { Actor, Role } from "#shared/domain/kernel/actor";
import { withinTime } from "#shared/ports/call-time";
import { type World } from "#shared/runtime/call";
import { connect } from "#shared/runtime/connect";
import { type AnyRun, httpPipeline } from "#shared/runtime/pipelines";
import { entityItem } from "#shared/table/entity";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { anAccount } from "./builders.ts";
import { aWallet, aWalletProfile } from "./money-builders.ts";
import { lambdaContext } from "./gateway.ts";
import { type Simulated, simulated } from "./simulated-table.ts";
import { sequentialIds } from "./stage.ts";
import { noteRefused } from "./refused.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "./tokens.ts";

const issuer = tokenIssuer();

/** A lambda file's handler: its contract, and what it does. */
interface Action {
  readonly contract: HttpContract;
  readonly run: unknown;
}
export interface Sent {
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** In lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}
export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** From the request to its answer, in simulated time. */
  readonly tookMs: number;
}

export interface SimulatedApi extends Simulated {
  readonly payments: ReturnType<typeof memoryPayments>;
  /** Somebody with an account and an empty wallet in dollars. */
  person(role: Role): Promise<Actor>;
  /** One request, under a key of its own. */
  send(actor: Actor, action: Action, sent?: Sent): Promise<Answered>;
}

export async function simulatedApi(seed = 1): Promise<SimulatedApi> {
  Object.assign(process.env, { USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });
  const world = simulated(seed);
  const payments = memoryPayments();
  const adapters = { ...memory(world.table), payments: () => payments, platformFees: () => ({ schedule: [] }) };
  const began = Date.now();
  const around: World = { now: () => new Date(began + world.clock.nowMs()).toISOString(), newId: sequentialIds() };
  const pipelines = new Map<HttpContract, ReturnType<typeof httpPipeline>>();
  const tokens = new Map<string, string>();
  let people = 0;
  let requests = 0;

  const given = new Proxy<Record<string, string>>({}, { get: (_, name) => String(name), has: () => true });
  const pipelineOf = ({ contract, run }: Action) => {
    const known = pipelines.get(contract);
    if (known) return known;
    const made = httpPipeline(contract, connect(contract, adapters, given), run as AnyRun, around);
    pipelines.set(contract, made);
    return made;
  };
  const put = (item: object) => world.table.driver.write({ kind: "put", item: item as never, when: { any: true } });
  await put({ ...itemKey(items.signingKeys, {}), jwks: issuer.jwks });

  return {
    ...world,
    payments,
    async person(role) {
      const userId = `00000000-0000-4000-8000-${String((people += 1)).padStart(12, "0")}`;
      await put(entityItem("account", anAccount({ id: userId, email: `${userId}@example.com`, roles: [role] })));
      await put(entityItem("wallet", aWallet({ userId })));
      await put(entityItem("walletProfile", aWalletProfile({ userId })));
      tokens.set(userId, issuer.sign(userId, [role]));
      return { userId, roles: [role] };
    },
    async send(actor, action, sent = {}) {
      const event = requestOf(action.contract, sent, String(tokens.get(actor.userId)), (requests += 1));
      const context = lambdaContext(timeoutSecondsOf(action.contract) * 1_000);
      const from = world.clock.nowMs();
      const reply = await withinTime(Infinity, () => pipelineOf(action)(event, context), world.clock);
      const answer = answerOf(reply);
      if (answer.status >= 400) noteRefused(action.contract, answer.body["code"]);
      return { ...answer, tookMs: world.clock.nowMs() - from };
    },
  };
}

function answerOf({ statusCode = 0, body = "null" }: APIGatewayProxyStructuredResultV2): Omit<Answered, "tookMs"> {
  return { status: statusCode, body: JSON.parse(body) as Answered["body"] };
}

function requestOf({ route }: HttpContract, { path = {}, body, headers = {} }: Sent, token: string, count: number) {
  const [method = "", template = ""] = route.split(" ");
  return {
    version: "2.0",
    routeKey: route,
    rawPath: template.replace(/\{(\w+)\}/g, (_, name: string) => String(path[name])),
    rawQueryString: "",
    headers: {
      authorization: `Bearer ${token}`,
      "idempotency-key": `key-${count}`,
      ...headers,
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    pathParameters: { ...path },
    requestContext: { requestId: `req-${count}`, http: { method } },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2;
}

/** A request that belongs to the setting. @throws when it is refused. */
export async function done(answer: Promise<Answered>): Promise<Answered["body"]> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`the setting was refused: ${status} ${JSON.stringify(body)}`);
  return body;
}
