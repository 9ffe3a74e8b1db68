import * as z from "zod";
import type { FormRecord } from "./form.ts";
import { invalidRequest, parameterMissing, parameterUnknown } from "./refusal.ts";
import type { StripeRefusal } from "./refusal.ts";

type Context = z.core.$RefinementCtx;

function reject(context: Context, input: unknown, message: string, code?: string): never {
  context.addIssue({ code: "custom", message, input, params: { code } });
  return z.NEVER;
}

function emptied(param: string): string {
  return `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a field; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`;
}

/** Text that must not be empty. */
export const text = () =>
  z
    .string()
    .transform((value, context) => (value === "" ? reject(context, value, "", "parameter_invalid_empty") : value));

/** Text that may be left out, which makes it null. */
export const optionalText = () => text().nullable().default(null);

/** Text that an empty value unsets. */
export const clearableText = () => z.string().transform((value) => (value === "" ? null : value));

/** An e-mail address that an empty value unsets. */
export const clearableEmail = () =>
  z.string().transform((value, context) => {
    if (value === "") return null;
    return /^[^\s@]+@[^\s@]+$/.test(value)
      ? value
      : reject(context, value, `Invalid email address: ${value}`, "email_invalid");
  });

/** A whole number within bounds, both inclusive. */
export const integer = (least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER) =>
  z.string().transform((value, context) => {
    const code = "parameter_invalid_integer";
    const number = Number(value);
    if (!/^-?\d+$/.test(value) || !Number.isSafeInteger(number)) {
      return reject(context, value, `Invalid integer: ${value}`, code);
    }
    if (number < least) return reject(context, value, `This value must be greater than or equal to ${least}.`, code);
    if (number > most) return reject(context, value, `This value must be less than or equal to ${most}.`, code);
    return number;
  });

/** `true` or `false`. */
export const boolean = () =>
  z.string().transform((value, context) => {
    if (value === "true" || value === "false") return value === "true";
    return reject(context, value, `Invalid boolean: ${value}`);
  });

const listed = (value: unknown): unknown =>
  typeof value === "object" && value !== null && Object.keys(value).every((key) => /^\d+$/.test(key))
    ? Object.values(value)
    : value;

/** An array. */
export const list = <T extends z.ZodType>(of: T) => z.preprocess(listed, z.array(of));

/** A filter on a time in seconds: one moment, or bounds. */
export const timeRange = () =>
  z.preprocess(
    (value) => (typeof value === "string" ? { gte: value, lte: value } : value),
    z.strictObject({
      gt: integer().default(-Infinity),
      gte: integer().default(-Infinity),
      lt: integer().default(Infinity),
      lte: integer().default(Infinity),
    }),
  );

/** A range of times in seconds; absent bounds are infinite. */
export type TimeRange = z.output<ReturnType<typeof timeRange>>;

const everything: TimeRange = { gt: -Infinity, gte: -Infinity, lt: Infinity, lte: Infinity };

/** Whether a time lies in the range; everything does when there is none. */
export function isWithin(seconds: number, range: TimeRange = everything): boolean {
  const { gt, gte, lt, lte } = range;
  return seconds > gt && seconds >= gte && seconds < lt && seconds <= lte;
}

/** A value as an update leaves it: absent parameters change nothing. */
export function updated<T>(current: T, change: T | undefined): T {
  return change === undefined ? current : change;
}

/** Parameters of every list. */
export const page = {
  limit: integer(1, 100).optional(),
  starting_after: text().optional(),
  ending_before: text().optional(),
};

/** The parameters of a route; `expand` belongs to all of them. */
export const parameters = <S extends z.core.$ZodShape>(shape: S) =>
  z.strictObject({ ...shape, expand: list(text()).optional() });

/**
 * Reads a form by a route's parameters.
 * @throws {@link StripeRefusal} with Stripe's code for the first thing that is wrong; unknown parameters come first.
 */
export function parseForm<S extends z.ZodType>(schema: S, form: FormRecord): z.output<S> {
  const result = schema.safeParse(form, { reportInput: true });
  if (result.success) return result.data;
  throw refusalOf(result.error.issues);
}

function refusalOf(issues: readonly z.core.$ZodIssue[]): StripeRefusal {
  const unknown = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => bracketed([...issue.path, key])) : [],
  );
  if (unknown.length > 0) return parameterUnknown(unknown);
  const absent = issues.find((issue) => issue.code !== "custom" && issue.input === undefined);
  if (absent) return parameterMissing(bracketed(absent.path));
  const [first] = issues;
  if (!first) return invalidRequest("Invalid request.");
  return wrongValue(first, bracketed(first.path));
}

function wrongValue(issue: z.core.$ZodIssue, param: string): StripeRefusal {
  if (issue.code === "invalid_value") {
    const choices = issue.values.map(String);
    const last = choices.pop() ?? "";
    const options = choices.length > 0 ? `${choices.join(", ")}, or ${last}` : last;
    return invalidRequest(`Invalid ${param}: must be one of ${options}`, { param });
  }
  if (issue.code !== "custom")
    return invalidRequest(`Invalid ${expectedKind(issue)}: ${shown(issue.input)}`, { param });
  const code: unknown = issue.params?.["code"];
  const message = code === "parameter_invalid_empty" ? emptied(param) : issue.message;
  return invalidRequest(message, typeof code === "string" ? { code, param } : { param });
}

function expectedKind(issue: z.core.$ZodIssue): string {
  if (issue.code !== "invalid_type") return "value";
  return issue.expected === "object" || issue.expected === "record" ? "object" : issue.expected;
}

function shown(input: unknown): string {
  return typeof input === "string" ? input : JSON.stringify(input);
}

function bracketed(path: readonly PropertyKey[]): string {
  return path.map((part, depth) => (depth === 0 ? String(part) : `[${String(part)}]`)).join("");
}
