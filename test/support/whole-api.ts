/** Every HTTP action there is with the whole runtime around it, on a stage's table: what a test asks of all routes, it asks here. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { memory } from "#shared/adapters/memory/index";
import type { HttpContract } from "#shared/contracts/contract";
import { actions } from "#shared/contracts/index";
import { idPrefixes } from "#shared/domain/kernel/ids";
import { connect } from "#shared/runtime/connect";
import { type AnyRun, httpPipeline } from "#shared/runtime/pipelines";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { lambdaContext } from "./gateway.ts";
import { noteRefused } from "./refused.ts";
import type { TestStage } from "./stage.ts";
import { CLIENT_ID, tokenIssuer, USER_POOL_ID } from "./tokens.ts";

export const issuer = tokenIssuer();
Object.assign(process.env, { USER_POOL_ID, USER_POOL_CLIENT_ID: CLIENT_ID });

export interface HttpAction {
  readonly name: string;
  readonly contract: HttpContract;
  readonly run: AnyRun;
}
export interface Asked {
  readonly authorization?: string | undefined;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** As it is, instead of `body`. */
  readonly raw?: string;
  /** JSON, unless said otherwise. */
  readonly contentType?: string;
  readonly key?: string;
  readonly apiKey?: string;
}
export interface Said {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, any>>; // eslint-disable-line @typescript-eslint/no-explicit-any
}

/** Every route but the one for routes that there are not. */
export const everyRoute: Promise<readonly HttpAction[]> = Promise.all(
  actions.flatMap(({ name, area, kebabName, contract }) =>
    contract.trigger === "http" && !contract.catchAll
      ? [
          import(`#lambdas/${area}/${kebabName}`).then(
            ({ handler }: { readonly handler: { readonly run: AnyRun } }) => ({
              ...{ name, contract, run: handler.run },
            }),
          ),
        ]
      : [],
  ),
);

/** Whatever an action's environment would say. */
const given = new Proxy<Record<string, string>>({}, { get: (_, name) => String(name), has: () => true });
const none = "0".repeat(25) + "9";
/** A path that is well-formed and names nothing that is there, unless a test says what it names. */
const nowhere: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(idPrefixes).map(([kind, prefix]) => [`${kind}Id`, `${prefix}_${none}`])),
  ...Object.fromEntries(["userId", "creatorId"].map((name) => [name, "00000000-0000-4000-8000-000000000099"])),
  ...{ platform: "instagram", job: "advance-campaigns", date: "2026-11-24" },
};

/** Asks an action; each has one process, as long as the stage is there. */
export async function wholeApi(stage: TestStage) {
  const ports = Object.fromEntries(Object.entries(stage.ports).map(([noun, port]) => [noun, () => port]));
  const adapters = { ...ports, ...memory(stage.table) };
  const around = { now: () => stage.clock.now, newId: stage.newId };
  const pipelines = new Map<HttpContract, ReturnType<typeof httpPipeline>>();
  const jwks = { ...itemKey(items.signingKeys, {}), jwks: issuer.jwks };
  await stage.table.write({ kind: "put", item: jwks, when: { any: true } });
  return async ({ contract, run }: Pick<HttpAction, "contract" | "run">, asked: Asked): Promise<Said> => {
    const pipeline = pipelines.get(contract) ?? httpPipeline(contract, connect(contract, adapters, given), run, around);
    pipelines.set(contract, pipeline);
    const { statusCode = 0, headers, body = "" } = await pipeline(eventOf(contract, asked), lambdaContext());
    const said: Said = {
      status: statusCode,
      headers: headers as Said["headers"],
      body: body.startsWith("{") ? (JSON.parse(body) as object) : {},
    };
    if (statusCode >= 400) noteRefused(contract, said.body["code"]);
    // Of every conflict that any test comes to.
    if (statusCode === 409 && typeof said.body["currentState"] !== "string")
      throw new Error(`${contract.route}: ${body} does not say which state is in the way`);
    return said;
  };
}
export type WholeApi = Awaited<ReturnType<typeof wholeApi>>;

function eventOf({ route }: HttpContract, asked: Asked) {
  const { authorization, path = {}, query = {}, body, raw, contentType = "application/json", key, apiKey } = asked;
  const [method = "", template = ""] = route.split(" ");
  const names = [...template.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  return {
    version: "2.0",
    routeKey: route,
    rawPath: names.reduce(
      (spelled, name) => spelled.replace(`{${name}}`, path[name] ?? nowhere[name] ?? "none"),
      template,
    ),
    rawQueryString: new URLSearchParams(query).toString(),
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    headers: {
      ...(authorization !== undefined && { authorization }),
      ...(key !== undefined && { "idempotency-key": key }),
      ...(apiKey !== undefined && { "x-api-key": apiKey }),
      ...(text !== undefined && { "content-type": contentType }),
    },
    pathParameters: Object.fromEntries(names.map((name) => [name, path[name] ?? nowhere[name] ?? "none"])),
    requestContext: { requestId: "req", http: { method } },
    isBase64Encoded: false,
    ...(text !== undefined && { body: text }),
  } as unknown as APIGatewayProxyEventV2;
}
