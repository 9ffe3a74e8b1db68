/** Kinds of refusal; the runtime gives each its HTTP status. */
import { OwnError } from "./own-error.ts";
export type RefusalKind =
  | "invalid"
  | "unauthenticated"
  | "forbidden"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "gone"
  | "precondition_failed"
  | "too_large"
  | "unsupported_media_type"
  | "unprocessable"
  | "unavailable";

/** A refusal a client can rely on: `code` is stable and public, `title` the same sentence for every occurrence. */
export interface RefusalCode {
  readonly kind: RefusalKind;
  readonly code: string;
  readonly title: string;
}

/** One problem inside a request: an RFC 6901 pointer, a stable code, a sentence. */
export interface Problem {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** What a refusal may tell besides its sentence. */
export interface RefusalContext {
  /** State that made the command impossible, for conflicts. */
  readonly currentState?: string;
  /** Every problem of the request, not the first. */
  readonly errors?: readonly Problem[];
  readonly retryAfterSeconds?: number;
  /** HTTP methods the route knows, for `method_not_allowed`. */
  readonly allow?: readonly string[];
}

/** An expected "no". Anything else that is thrown is a defect. */
export class Refusal extends Error {
  readonly refusal: RefusalCode;
  readonly context: RefusalContext;

  constructor(refusal: RefusalCode, detail: string, context: RefusalContext = {}, options?: ErrorOptions) {
    super(detail, options);
    this.name = "Refusal";
    this.refusal = refusal;
    this.context = context;
  }
}

type Conflict = RefusalCode & { readonly kind: "conflict" };

/** What is said besides the code: of a conflict always the state that is in the way. */
type SaidOf<C extends RefusalCode> = [Extract<C, Conflict>] extends [never]
  ? readonly [detail?: string | undefined, context?: RefusalContext]
  : readonly [detail: string | undefined, context: RefusalContext & { readonly currentState: string }];

export const refuse = <C extends RefusalCode>(refusal: C, ...[detail, context]: SaidOf<C>): Refusal =>
  new Refusal(refusal, detail ?? refusal.title, context);

/** Gives back what was found; refuses what was not. "Not yours" and "not there" use the same code on purpose. */
export function found<T, C extends RefusalCode>(value: T | undefined, refusal: C, ...said: SaidOf<C>): T {
  if (value === undefined) throw refuse(refusal, ...said);
  return value;
}

/** What cannot be missing, because nothing removes it. @throws when it is missing all the same: a defect, not an answer. */
export function known<T>(thing: T | undefined, name: string): T {
  if (thing === undefined) throw new OwnError(`the ${name} is missing`);
  return thing;
}
