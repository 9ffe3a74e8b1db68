/** The API's description, made of the contracts. */
import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from "zod-openapi";
import type { HttpContract } from "#shared/contracts/contract";
import { type Action, actions } from "#shared/contracts/index";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import { accessRefusals, idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { commitsOf } from "#shared/ports/catalogue";
import { statusOf } from "#shared/contracts/statuses";

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    code: z.string(),
    requestId: z.string(),
    retryable: z.boolean(),
    currentState: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457; `code` is stable" });
const GatewayRefusal = z
  .object({ message: z.string() })
  .meta({ id: "GatewayRefusal", description: "An answer of the gateway itself, before any action has run" });
const Page = z.object({ limit: z.int(), next: z.string().nullable() }).meta({ id: "Page" });

type HttpAction = Action & { readonly contract: HttpContract };
const isHttp = (action: Action): action is HttpAction =>
  action.contract.trigger === "http" && !action.contract.catchAll;

/** The whole document, in order of path. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const action of actions.filter(isHttp)) {
    const [method = "", path = ""] = action.contract.route.split(" ");
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(action) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: { title: "Atomic Influence API", version: "1.0.0", license: { name: "MIT" } },
    servers: [{ url: "/" }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      securitySchemes: {
        accessToken: { type: "http", scheme: "bearer", bearerFormat: "JWT", description: "Cognito access token" },
      },
    },
  });
}

function operationOf({ name, area, contract }: HttpAction): ZodOpenApiOperationObject {
  const { roles, path, body, rawBody, summary } = contract;
  return {
    operationId: name,
    tags: [area],
    summary,
    security: roles === "public" ? [] : [{ accessToken: [] }],
    ...{ "x-roles": roles },
    requestParams: {
      ...(path instanceof z.ZodObject && { path }),
      query: queryOf(contract),
      header: headersOf(contract),
    },
    ...((body ?? rawBody) && {
      requestBody: { required: true, content: { "application/json": { schema: body ?? z.looseObject({}) } } },
    }),
    responses: { ...successOf(contract), ...problemsOf(contract) },
  };
}

function queryOf({ query, list }: HttpContract): z.ZodObject {
  const filters = query instanceof z.ZodObject ? query.shape : {};
  const paging = {
    limit: z.int().min(1).max(100).optional().meta({ description: "25 when left out" }),
    cursor: z.string().max(2_000).optional().meta({ description: "`page.next` of the page before" }),
  };
  return z.object({ ...filters, ...(list && paging) });
}

function headersOf({ route, idempotency, roles }: HttpContract): z.ZodObject {
  const key = z.string().min(1).max(255).meta({ description: "Same key and body: the first response again" });
  const keyed = route.startsWith("POST ") && roles !== "public";
  return z.object({
    ...(keyed && { "Idempotency-Key": idempotency === "required" ? key : key.optional() }),
    ...(/^(PATCH|DELETE) /.test(route) && {
      "If-Match": z.string().optional().meta({ description: "The `ETag` that was read" }),
    }),
  });
}

const said = (description: string) => z.string().optional().meta({ description });
const RequestId = { "X-Request-Id": said("Names the request; mention it when you report something") };

/** Headers of a success that tell a client something. */
function successHeadersOf(contract: HttpContract): z.ZodObject {
  const { reply, list, route, roles } = contract;
  const versioned = !list && reply instanceof z.ZodObject && "version" in reply.shape;
  const keyed = route.startsWith("POST ") && roles !== "public";
  return z.object({
    ...RequestId,
    ...(versioned && { ETag: said("The resource's version, for `If-Match`") }),
    ...(keyed && { "Idempotency-Replayed": said("`true` when the response was given before") }),
  });
}

function successOf(contract: HttpContract): Record<string, ZodOpenApiResponseObject> {
  const { status = 200, reply, list, summary } = contract;
  const headers = successHeadersOf(contract);
  if (status === 204) return { 204: { description: summary, headers } };
  const schema = list ? z.object({ data: z.array(reply), page: Page }) : reply;
  return { [status]: { description: summary, headers, content: { "application/json": { schema } } } };
}

const problem = { "application/problem+json": { schema: Problem } };
const gateway = { "application/json": { schema: GatewayRefusal } };
/** Statuses that the gateway may answer with before an action runs, and what it then means. */
const ofGateway = (contract: HttpContract): ReadonlyMap<number, string> =>
  new Map([
    ...(contract.roles === "public" ? [] : ([[401, "No token, or none of ours"]] as const)),
    ...((contract.body ?? contract.rawBody) ? ([[413, "The request is over 10 MB"]] as const) : []),
    [429, "More requests than the API takes at once; wait and try again"],
    [503, "The action did not answer in time"],
  ]);

/** Every refusal an action may give, by status, with its codes; and the gateway's own. */
function problemsOf(contract: HttpContract): Record<string, ZodOpenApiResponseObject> {
  const byStatus = Map.groupBy(refusalsOf(contract), ({ kind }) => statusOf[kind]);
  const byGateway = ofGateway(contract);
  const statuses = [...new Set([...byStatus.keys(), ...byGateway.keys()])].sort((a, b) => a - b);
  const responses = statuses.map((status): [number, ZodOpenApiResponseObject] => {
    const refusals = (byStatus.get(status) ?? []).map(({ code, title }) => `\`${code}\`: ${title}`);
    const own = byGateway.get(status);
    const description = [...new Set(refusals), ...(own ? [`The gateway: ${own}`] : [])].join("\n\n");
    const content = { ...(refusals.length > 0 && problem), ...(own && gateway) };
    return [status, { description, headers: z.object(RequestId), content }];
  });
  const defect = {
    description: "A defect; says nothing but the request's id",
    headers: z.object(RequestId),
    content: problem,
  };
  return { ...Object.fromEntries(responses), 500: defect };
}

function refusalsOf(contract: HttpContract): RefusalCode[] {
  return [
    ...accessRefusalsOf(contract),
    ...requestRefusalsOf(contract),
    ...keyRefusalsOf(contract),
    ...contract.refuses,
  ];
}

const accessRefusalsOf = ({ roles }: HttpContract): RefusalCode[] => {
  const { unauthenticated, roleNotAllowed, suspended, noAccount } = accessRefusals;
  return roles === "public" ? [] : [unauthenticated, roleNotAllowed, suspended, noAccount];
};

function requestRefusalsOf({ body, rawBody, list, uses }: HttpContract): RefusalCode[] {
  const { invalid, malformedBody, notJson, bodyTooLarge, cursorInvalid, contended } = requestRefusals;
  const cases: [unknown, RefusalCode[]][] = [
    // What a request does not have is checked as well: an unknown parameter, a body where none belongs.
    [true, [invalid]],
    [body, [malformedBody, notJson]],
    [body ?? rawBody, [bodyTooLarge]],
    [list, [cursorInvalid]],
    [commitsOf(uses).length > 0, [contended]],
  ];
  return cases.flatMap(([applies, refusals]) => (applies ? refusals : []));
}

function keyRefusalsOf({ route, roles, idempotency }: HttpContract): RefusalCode[] {
  if (roles === "public" || !route.startsWith("POST ")) return [];
  const { keyMissing, keyInvalid, keyReused, inProgress } = idempotencyRefusals;
  return [keyInvalid, keyReused, inProgress, ...(idempotency === "required" ? [keyMissing] : [])];
}
