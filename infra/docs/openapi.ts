/** The API's description, made of the contracts. */
import * as z from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiResponseObject } from "zod-openapi";
import type { HttpContract } from "#shared/contracts/contract";
import { type Action, actions } from "#shared/contracts/index";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import { accessRefusals, idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import { isWrite } from "#shared/ports/catalogue";
import { statusOf } from "#shared/contracts/statuses";

const Problem = z
  .object({
    type: z.string(), title: z.string(), status: z.int(), detail: z.string(), instance: z.string(), code: z.string(),
    requestId: z.string(), retryable: z.boolean(), currentState: z.string().optional(),
    errors: z.array(z.object({ pointer: z.string(), code: z.string(), detail: z.string() })).optional(),
  })
  .meta({ id: "Problem", description: "RFC 9457; `code` is stable" }); // prettier-ignore
const GatewayRefusal = z
  .object({ message: z.string() })
  .meta({ id: "GatewayRefusal", description: "A 401 of the gateway itself" });
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
  const { roles, path, body, summary } = contract;
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
    ...(body && { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: { ...successOf(contract), ...problemsOf(contract) },
  };
}

function queryOf({ query, list }: HttpContract): z.ZodObject {
  const filters = query instanceof z.ZodObject ? query.shape : {};
  const paging = {
    limit: z.string().optional().meta({ description: "1 to 100; 25 when left out" }),
    cursor: z.string().optional(),
  };
  return z.object({ ...filters, ...(list && paging) });
}

function headersOf({ route, idempotency, roles }: HttpContract): z.ZodObject {
  const key = z.string().meta({ description: "Same key and body: the first response again" });
  const keyed = route.startsWith("POST ") && roles !== "public";
  return z.object({
    ...(keyed && { "Idempotency-Key": idempotency === "required" ? key : key.optional() }),
    ...(/^(PATCH|DELETE) /.test(route) && { "If-Match": z.string().optional() }),
  });
}

function successOf({ status = 200, reply, list, summary }: HttpContract): Record<string, ZodOpenApiResponseObject> {
  if (status === 204) return { 204: { description: summary } };
  const schema = list ? z.object({ data: z.array(reply), page: Page }) : reply;
  return { [status]: { description: summary, content: { "application/json": { schema } } } };
}

/** Every refusal an action may give, by status, with its codes. */
function problemsOf(contract: HttpContract): Record<string, ZodOpenApiResponseObject> {
  const byStatus = Map.groupBy(refusalsOf(contract), ({ kind }) => statusOf[kind]);
  const responses = [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, refusals]): [number, ZodOpenApiResponseObject] => {
      const description = [...new Set(refusals.map(({ code, title }) => `\`${code}\`: ${title}`))].join("\n\n");
      const gateway = status === 401 ? { "application/json": { schema: GatewayRefusal } } : {};
      return [status, { description, content: { "application/problem+json": { schema: Problem }, ...gateway } }];
    });
  const defect = {
    description: "A defect; says nothing but the request's id",
    content: { "application/problem+json": { schema: Problem } },
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

function requestRefusalsOf({ body, rawBody, list, query, uses }: HttpContract): RefusalCode[] {
  const { invalid, malformedBody, notJson, bodyTooLarge, cursorInvalid, contended } = requestRefusals;
  const cases: [unknown, RefusalCode[]][] = [
    [body ?? query ?? list, [invalid]],
    [body, [malformedBody, notJson]],
    [body ?? rawBody, [bodyTooLarge]],
    [list, [cursorInvalid]],
    [uses.some(isWrite), [contended]],
  ];
  return cases.flatMap(([applies, refusals]) => (applies ? refusals : []));
}

function keyRefusalsOf({ route, roles, idempotency }: HttpContract): RefusalCode[] {
  if (roles === "public" || !route.startsWith("POST ")) return [];
  const { keyMissing, keyInvalid, keyReused, inProgress } = idempotencyRefusals;
  return [keyInvalid, keyReused, inProgress, ...(idempotency === "required" ? [keyMissing] : [])];
}
