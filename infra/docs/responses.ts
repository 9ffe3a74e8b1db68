/** What may come back instead of a success: one shared response for each set of codes, named by them. */
import * as z from "zod";
import type { ZodOpenApiResponseObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { HttpContract } from "#shared/contracts/contract";
import { needsToken, refusalsOf } from "#shared/contracts/implied";
import { statusOf } from "#shared/contracts/statuses";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import { everyHeader } from "./parameters.ts";

export const Problem = z
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

const problem = { "application/problem+json": { schema: Problem } };
const gateway = { "application/json": { schema: GatewayRefusal } };

/** Statuses that the gateway may answer with before an action runs, and what it then means. */
const ofGateway = (contract: HttpContract): ReadonlyMap<number, string> =>
  new Map([
    ...(needsToken(contract) ? ([[401, "No token, or none of ours"]] as const) : []),
    ...((contract.body ?? contract.rawBody) ? ([[413, "The request is over 10 MB"]] as const) : []),
    // Source: API Gateway developer guide, quotas of HTTP APIs.
    [414, "The address is too long: request line and headers may have 10,240 bytes together"],
    [429, "More requests than the API takes at once; wait and try again"],
    [431, "The headers are too long: request line and headers may have 10,240 bytes together"],
    [503, "The action did not answer in time"],
  ]);

const defect: ZodOpenApiResponseObject = {
  id: "defect",
  description: "A defect; says nothing but the request's id",
  headers: everyHeader,
  content: problem,
};

/** Every refusal an action may give, by status, with its codes; and the gateway's own. */
export function problemsOf(contract: HttpContract): ZodOpenApiResponsesObject {
  const byStatus = Map.groupBy(refusalsOf(contract), ({ kind }) => statusOf[kind]);
  const byGateway = ofGateway(contract);
  const statuses = [...new Set([...byStatus.keys(), ...byGateway.keys()])].sort((a, b) => a - b);
  const responses = statuses.map((status): [number, ZodOpenApiResponseObject] => [
    status,
    responseOf(status, byStatus.get(status) ?? [], byGateway.get(status)),
  ]);
  return { ...Object.fromEntries(responses), 500: defect };
}

const made = new Map<string, ZodOpenApiResponseObject>();

/** One response for each set of codes, which are its name: the document has it once, as a component. */
function responseOf(
  status: number,
  refusals: readonly RefusalCode[],
  own: string | undefined,
): ZodOpenApiResponseObject {
  const titles = new Map(refusals.map(({ code, title }) => [code, title]));
  const codes = [...titles.keys()].sort();
  const id = [...codes, ...(own ? [`gateway-${status}`] : [])].join("-");
  const lines = codes.map((code) => `\`${code}\`: ${titles.get(code)}`);
  const response = made.get(id) ?? {
    id,
    description: [...lines, ...(own ? [`The gateway: ${own}`] : [])].join("\n\n"),
    headers: everyHeader,
    content: { ...(codes.length > 0 && problem), ...(own && gateway) },
  };
  made.set(id, response);
  return response;
}
