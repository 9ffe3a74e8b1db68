/** Commands of money with the whole runtime around them, on a stage's table and in its time. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { memory } from "#shared/adapters/memory/index";
import type { HttpContract } from "#shared/contracts/contract";
import type { Actor } from "#shared/domain/kernel/actor";
import { type IdKind, idPrefixes, type NewId } from "#shared/domain/kernel/ids";
import type { Instant } from "#shared/domain/kernel/time";
import { connect } from "#shared/runtime/connect";
import { type AnyRun, httpPipeline } from "#shared/runtime/pipelines";
import type { Item, TableEngine } from "#shared/table/engine";
import { isOf, itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { lambdaContext } from "./gateway.ts";
import { noteRefused } from "./refused.ts";
import type { TestStage } from "./stage.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "./tokens.ts";

const issuer = tokenIssuer();
Object.assign(process.env, { USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });

/** A lambda file's handler: its contract, and what it does. */
export interface Action {
  readonly contract: HttpContract;
  readonly run: unknown;
}
export interface Request {
  readonly actor: Actor;
  /** At least what the route names. */
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
}
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Whatever an action's environment would say. */
const given = new Proxy<Record<string, string>>({}, { get: (_, name) => String(name), has: () => true });

/** @param instead the stage's table, with something wrong with it */
export async function moneyApi(stage: TestStage, instead: TableEngine = stage.table) {
  const { platformFees, payoutRules } = stage.ports;
  const adapters = {
    ...memory(instead),
    payments: () => stage.payments,
    statements: () => stage.statements,
    platformFees: () => platformFees,
    payoutRules: () => payoutRules,
  };
  const world: { now: () => Instant; newId: NewId } = { now: () => stage.clock.now, newId: stage.newId };
  const around = { now: world.now, newId: (kind: IdKind) => world.newId(kind) };
  const pipelines = new Map<HttpContract, ReturnType<typeof httpPipeline>>();
  const tokens = new Map<string, string>();
  const jwks = { ...itemKey(items.signingKeys, {}), jwks: issuer.jwks };
  await stage.table.write({ kind: "put", item: jwks, when: { any: true } });

  const pipelineOf = ({ contract, run }: Action) => {
    const made =
      pipelines.get(contract) ?? httpPipeline(contract, connect(contract, adapters, given), run as AnyRun, around);
    pipelines.set(contract, made);
    return made;
  };
  const tokenOf = ({ userId, roles }: Actor): string => {
    const token = tokens.get(userId) ?? issuer.sign(userId, roles);
    tokens.set(userId, token);
    return token;
  };

  return {
    world,
    async send(action: Action, request: Request, key?: string): Promise<Reply> {
      const event = eventOf(action.contract, request, tokenOf(request.actor), key);
      const { statusCode = 0, headers, body = "" } = await pipelineOf(action)(event, lambdaContext());
      const parsed = JSON.parse(body === "" ? "null" : body) as Reply["body"];
      if (statusCode >= 400) noteRefused(action.contract, parsed["code"]);
      return { status: statusCode, headers: headers as Reply["headers"], text: body, body: parsed };
    },
  };
}

function eventOf({ route }: HttpContract, { path = {}, body, query = {} }: Request, token: string, key?: string) {
  const [method = "", template = ""] = route.split(" ");
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  return {
    version: "2.0",
    routeKey: route,
    rawPath: names.reduce((text, name) => text.replace(`{${name}}`, String(path[name])), template),
    rawQueryString: new URLSearchParams(query).toString(),
    queryStringParameters: query,
    headers: {
      authorization: `Bearer ${token}`,
      ...(key !== undefined && { "idempotency-key": key }),
      ...(body !== undefined && { "content-type": "application/json" }),
    },
    pathParameters: Object.fromEntries(names.map((name) => [name, String(path[name])])),
    requestContext: { requestId: "req", http: { method } },
    isBase64Encoded: false,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  } as unknown as APIGatewayProxyEventV2;
}

/** Ids of a second sequence, the same ones each time that it is begun. */
export function repeatableIds() {
  let count = 0;
  return (kind: IdKind): string => `${idPrefixes[kind]}_7${String((count += 1)).padStart(25, "0")}`;
}

/** Everything that is stored but the keys' own records. */
export const effectsIn = (stage: TestStage): readonly Item[] =>
  stage.table.all().filter((item) => !isOf(items.idempotencyRecord, item));

/** What DynamoDB does with what has expired, at the latest. */
export async function expire(stage: TestStage): Promise<void> {
  const nowSeconds = Date.parse(stage.clock.now) / 1_000;
  for (const { pk, sk, expiresAtSeconds } of stage.table.all()) {
    const key = { pk: String(pk), sk: String(sk) };
    if (Number(expiresAtSeconds) < nowSeconds) await stage.table.write({ kind: "remove", key, when: { any: true } });
  }
}
