/** The API's description, made of the contracts. */
import * as z from "zod";
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiResponseObject,
} from "zod-openapi";
import type { HttpContract } from "#shared/contracts/contract";
import { type Action, actions } from "#shared/contracts/index";
import { isTagged, takesApiKey, takesDryRun } from "#shared/contracts/implied";
import { Rehearsal } from "#shared/contracts/rehearsal";
import { Currency } from "#shared/domain/kernel/money";
import { everyHeader, notModified, parametersOf, successHeadersOf } from "./parameters.ts";
import { problemsOf } from "./responses.ts";

const Page = z
  .object({
    limit: z.int(),
    next: z.string().nullable().meta({
      description:
        "Cursor of the next page, null on the last; a page may hold fewer than `limit`, or none, and have one",
    }),
  })
  .meta({ id: "Page" });

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
  const described: ZodOpenApiObject = {
    openapi: "3.1.0",
    info: { title: "Atomic Influence API", version: "1.0.0", license: { name: "MIT" } },
    servers: [{ url: "/" }],
    security: [{ accessToken: [] }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: { Currency },
      securitySchemes: {
        apiKey: {
          type: "apiKey",
          in: "header",
          name: "X-Api-Key",
          description:
            "A brand's API key, made by `POST /v1/api-keys`; it needs the scope that the operation's 403 names",
        },
        accessToken: {
          type: "http",
          scheme: "bearer",
          bearerFormat: "JWT",
          description:
            "Cognito access token, good for an hour; refreshed by Cognito's GetTokensFromRefreshToken, each time with a new refresh token",
        },
      },
    },
  };
  return createDocument(described, { override: ({ jsonSchema }) => withoutSafeBounds(jsonSchema) });
}

/** Every integer is within what a double holds exactly; only a bound of the field's own is worth saying. */
function withoutSafeBounds(schema: { minimum?: number; maximum?: number }): void {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
}

function operationOf({ name, area, contract }: HttpAction): ZodOpenApiOperationObject {
  const { roles, body, rawBody, summary } = contract;
  return {
    operationId: name,
    tags: [area],
    summary,
    ...securityOf(contract),
    ...{ "x-roles": roles },
    requestParams: parametersOf(contract),
    ...((body ?? rawBody) && {
      requestBody: requestBodyOf(contract),
    }),
    responses: { ...successOf(contract), ...problemsOf(contract) },
  };
}

/** How callers prove themselves, where it is not by a token alone. */
function securityOf(contract: HttpContract): Pick<ZodOpenApiOperationObject, "security"> {
  if (contract.roles === "public") return { security: [] };
  return takesApiKey(contract) ? { security: [{ accessToken: [] }, { apiKey: [] }] } : {};
}

/** A page's form is sent as forms are, and need not be: what it commands is in its path. */
const requestBodyOf = ({ body, replyType }: HttpContract) =>
  replyType === "text/html"
    ? { content: { "application/x-www-form-urlencoded": { schema: z.looseObject({}) } } }
    : { required: true, content: { "application/json": { schema: body ?? z.looseObject({}) } } };

const rehearsed: ZodOpenApiResponseObject = {
  id: "rehearsal",
  description: "Asked with `dryRun=true`: what would happen",
  headers: everyHeader,
  content: { "application/json": { schema: Rehearsal } },
};

/** Bytes are described by their type alone (OpenAPI 3.1.0, "Considerations for File Uploads"): their schema is any. */
const contentOf = ({ reply, list, replyType }: HttpContract) => ({
  [replyType ?? "application/json"]: {
    schema: list ? z.object({ data: z.array(reply), page: Page }) : replyType === "image/png" ? {} : reply,
  },
});

function successOf(contract: HttpContract): Record<string, ZodOpenApiResponseObject> {
  const { status = 200, summary } = contract;
  const headers = successHeadersOf(contract);
  if (status === 204) {
    const done = { 204: { description: summary, headers } };
    return takesDryRun(contract) ? { ...done, 200: rehearsed } : done;
  }
  const success = { description: summary, headers, content: contentOf(contract) };
  if (contract.statusWhenThere) return { [status]: success, [contract.statusWhenThere]: success };
  if (isTagged(contract)) return { [status]: success, 304: notModified };
  if (!takesDryRun(contract)) return { [status]: success };
  if (status !== 200) return { [status]: success, 200: rehearsed };
  return { 200: { ...success, content: { "application/json": { schema: z.union([contract.reply, Rehearsal]) } } } };
}
