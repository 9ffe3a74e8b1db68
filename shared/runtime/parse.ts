import type { APIGatewayProxyEventV2 } from "aws-lambda";
import * as z from "zod";
import type { HttpContract } from "#shared/contracts/contract";
import { absenceOf, takesDryRun } from "#shared/contracts/implied";
import { DryRun } from "#shared/contracts/rehearsal";
import { MAX_BODY_BYTES, MAX_CURSOR_CHARACTERS, pageSize } from "#shared/contracts/limits";
import { type Problem, refuse } from "#shared/domain/kernel/refusal";
import { requestRefusals } from "#shared/domain/kernel/refusals";

export interface ParsedRequest {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly limit: number;
  readonly cursor: string | undefined;
  /** Asked only what would happen. */
  readonly isRehearsal: boolean;
  readonly rawBody: string;
}

/** Checks a request against its contract. Refuses with every problem of query and body together. */
export function parseRequest(contract: HttpContract, event: APIGatewayProxyEventV2): ParsedRequest {
  const rawBody = bodyOf(event);
  if (contract.catchAll) return { ...nothingAsked, rawBody };
  const problems: Problem[] = repeatedParameters(event.rawQueryString);
  const { paging, filters, rehearsal } = queryOf(contract, event.queryStringParameters ?? {});
  const parsed = {
    query: check(contract.query ?? nothing, filters, "/query", problems),
    body: parseBody(contract, event, rawBody, problems),
    ...(check(Paging, paging, "/query", problems) ?? { limit: pageSize.default, cursor: undefined }),
    isRehearsal: check(Rehearsing, rehearsal, "/query", problems)?.dryRun === "true",
    rawBody,
  };
  if (problems.length > 0) throw refuse(requestRefusals.invalid, summaryOf(problems), { errors: problems });
  // What is wrong with a request is told before what it is about turns out not to be there.
  return { ...parsed, path: pathOf(contract, event.pathParameters ?? {}) };
}

/** An id that no resource could have names none: not there, like any other that is not. */
function pathOf(contract: HttpContract, parameters: unknown): unknown {
  if (contract.path === undefined) return undefined;
  const parsed = contract.path.safeParse(parameters);
  if (!parsed.success) throw refuse(absenceOf(contract));
  return parsed.data;
}

type Parameters = Readonly<Record<string, string | undefined>>;

/** Every list has `limit` and `cursor`, every command of money `dryRun`; elsewhere they are unknown like any other. */
function queryOf(
  contract: HttpContract,
  parameters: Parameters,
): { paging: object; rehearsal: object; filters: Parameters } {
  if (contract.list) {
    const { limit, cursor, ...filters } = parameters;
    return { paging: { limit, cursor }, rehearsal: {}, filters };
  }
  if (!takesDryRun(contract)) return { paging: {}, rehearsal: {}, filters: parameters };
  const { dryRun, ...filters } = parameters;
  return { paging: {}, rehearsal: { dryRun }, filters };
}

const nothingAsked = {
  path: undefined,
  query: undefined,
  body: undefined,
  limit: 1,
  cursor: undefined,
  isRehearsal: false,
};
const Rehearsing = z.object({ dryRun: DryRun.optional() });

function parseBody(
  contract: HttpContract,
  event: APIGatewayProxyEventV2,
  rawBody: string,
  problems: Problem[],
): unknown {
  if (contract.rawBody) return undefined;
  if (contract.body) return check(contract.body, jsonOf(event, rawBody), "", problems);
  // A command without a body may be sent with an empty object or nothing, and with the blanks that JSON knows. They are taken
  // out in one pass: a pattern that allows them on both sides tries every way to share them out, for hours of a body of blanks.
  if (!["", "{}"].includes(rawBody.replaceAll(/[ \t\r\n]/g, "")))
    problems.push(problem("", "unexpected_body", "this request takes no body"));
  return undefined;
}

/** Parameters of a route that has none. */
const nothing = z.strictObject({});
const Paging = z
  .object({
    limit: z
      .string()
      .regex(/^\d{1,4}$/, "must be a whole number")
      .transform(Number)
      .pipe(z.int().min(1).max(pageSize.max))
      .optional(),
    cursor: z.string().min(1).max(MAX_CURSOR_CHARACTERS).optional(),
  })
  .transform(({ limit, cursor }) => ({ limit: limit ?? pageSize.default, cursor }));

function check<S extends z.ZodType>(
  shape: S,
  value: unknown,
  at: string,
  problems: Problem[],
): z.output<S> | undefined {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  problems.push(...result.error.issues.flatMap((issue) => problemsOf(issue, at)));
  return undefined;
}

/** One problem for each unknown field, one for anything else. Pointers are RFC 6901, below `/query` or the body. */
function problemsOf(issue: z.core.$ZodIssue, at: string): Problem[] {
  const pointer = at + issue.path.map(stepTo).join("");
  if (issue.code !== "unrecognized_keys") return [problem(pointer, issue.code, issue.message)];
  return issue.keys.map((key) => problem(pointer + stepTo(key), "unknown_field", "is not a field of this request"));
}

const stepTo = (name: PropertyKey): string => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`;
const problem = (pointer: string, code: string, detail: string): Problem => ({ pointer, code, detail });

const summaryOf = (problems: readonly Problem[]): string =>
  problems.length === 1
    ? `${problems[0]?.pointer || "/"} ${problems[0]?.detail}`
    : `${problems.length} problems; see errors`;

function bodyOf(event: APIGatewayProxyEventV2): string {
  const body = event.body ?? "";
  const raw = event.isBase64Encoded ? Buffer.from(body, "base64") : Buffer.from(body, "utf8");
  if (raw.byteLength > MAX_BODY_BYTES) throw refuse(requestRefusals.bodyTooLarge);
  return raw.toString("utf8");
}

function jsonOf(event: APIGatewayProxyEventV2, body: string): unknown {
  const mediaType = (event.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (body === "" && mediaType === "") return undefined;
  if (mediaType !== "application/json") throw refuse(requestRefusals.notJson);
  try {
    return JSON.parse(body, wellFormed);
  } catch (error) {
    throw refuse(requestRefusals.malformedBody, error instanceof SyntaxError ? error.message : undefined);
  }
}

/** Half a character (`"\\ud800"`) is JSON, and no text: it could be stored nowhere. */
function wellFormed(key: string, value: unknown): unknown {
  if (!key.isWellFormed() || (typeof value === "string" && !value.isWellFormed()))
    throw new SyntaxError("half a character");
  return value;
}

/** API Gateway joins repeated parameters with commas; a filter given twice would silently become a third value. */
function repeatedParameters(rawQuery: string): Problem[] {
  const names = [...new URLSearchParams(rawQuery).keys()];
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return [...repeated].map((name) => problem(`/query/${name}`, "repeated", "may be given once"));
}
