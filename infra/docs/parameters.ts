/** What requests and responses carry besides bodies. What several operations know is a component of the document. */
import * as z from "zod";
import type { ZodOpenApiParameters } from "zod-openapi";
import type { HttpContract } from "#shared/contracts/contract";
import { isTagged, takesDryRun, takesKeys } from "#shared/contracts/implied";
import { DryRun } from "#shared/contracts/rehearsal";
import { IdempotencyKey, MAX_CURSOR_CHARACTERS, pageSize } from "#shared/contracts/limits";

const sameAgain = "Same key and body: the first response again";
const keys = {
  required: IdempotencyKey.meta({ description: sameAgain, param: { id: "idempotencyKeyRequired" } }),
  optional: IdempotencyKey.optional().meta({ description: sameAgain, param: { id: "idempotencyKey" } }),
};
const dryRun = DryRun.optional().meta({
  description: "`true`: nothing is done; the answer, always 200, is a `Rehearsal` of what would be",
  param: { id: "dryRun" },
});
const ifMatch = z
  .string()
  .optional()
  .meta({ description: "The `ETag` that was read", param: { id: "ifMatch" } });
const ifNoneMatch = z
  .string()
  .optional()
  .meta({ description: "The `ETag` of what there is already: 304 while it is the same", param: { id: "ifNoneMatch" } });
const paging = {
  limit: z
    .int()
    .min(1)
    .max(pageSize.max)
    .optional()
    .meta({ description: `${pageSize.default} when left out`, param: { id: "limit" } }),
  cursor: z
    .string()
    .max(MAX_CURSOR_CHARACTERS)
    .optional()
    .meta({ description: "`page.next` of the page before", param: { id: "cursor" } }),
};

const ofPath = new Map<string, z.ZodType>();

/** The component of a path's parameter: one name means one thing in every path. */
function inPath(name: string, schema: z.ZodType): z.ZodType {
  const known = ofPath.get(name) ?? schema.meta({ param: { id: name } });
  ofPath.set(name, known);
  return known;
}

const shapeOf = (fields: z.ZodType | undefined): [string, z.ZodType][] =>
  fields instanceof z.ZodObject ? Object.entries<z.ZodType>(fields.shape) : [];

/** Parameters of an operation, by where they are sent. */
export function parametersOf(contract: HttpContract): ZodOpenApiParameters {
  const { path, query, list, ifMatch: precondition, idempotency = "optional" } = contract;
  return {
    path: z.object(Object.fromEntries(shapeOf(path).map(([name, schema]) => [name, inPath(name, schema)]))),
    query: z.object({
      ...Object.fromEntries(shapeOf(query)),
      ...(list && paging),
      ...(takesDryRun(contract) && { dryRun }),
    }),
    header: z.object({
      ...(takesKeys(contract) && { "Idempotency-Key": keys[idempotency] }),
      ...(precondition && { "If-Match": ifMatch }),
      ...(isTagged(contract) && { "If-None-Match": ifNoneMatch }),
    }),
  };
}

const said = (id: string, description: string) => z.string().optional().meta({ description, header: { id } });
const requestId = said("X-Request-Id", "Names the request; mention it when you report something");
const etag = said("ETag", "Names what was sent: for `If-Match` where it has a version, and for `If-None-Match`");
const replayed = said("Idempotency-Replayed", "`true` when the response was given before");

/** Headers of every response. */
export const everyHeader = z.object({ "X-Request-Id": requestId });

/** What a client hears that has it all already. */
export const notModified = {
  id: "notModified",
  description: "What `If-None-Match` names is what there is",
  headers: everyHeader.extend({ ETag: etag }),
};

/** Headers of a success that tell a client something. */
export function successHeadersOf(contract: HttpContract): z.ZodObject {
  const { reply, list } = contract;
  const versioned = !list && reply instanceof z.ZodObject && "version" in reply.shape;
  return everyHeader.extend({
    ...((versioned || isTagged(contract)) && { ETag: etag }),
    ...(takesKeys(contract) && { "Idempotency-Replayed": replayed }),
  });
}
