import { statusOf } from "#shared/contracts/statuses";
import { type Problem, Refusal } from "#shared/domain/kernel/refusal";

export interface ProblemReply {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Names a kind of problem; nothing needs to be there to fetch. */
const typeOf = (code: string): string => `urn:atomic-influence:problem:${code}`;

/** An error as RFC 9457 wants it. What is not a refusal is a defect, and says nothing but the request's id. */
export function problemReply(
  error: unknown,
  request: { readonly path: string; readonly requestId: string },
): ProblemReply {
  const { statusCode, title, detail, code, retryable, extras, headers } =
    error instanceof Refusal ? fromRefusal(error) : defect;
  const body = {
    type: typeOf(code),
    title,
    status: statusCode,
    detail,
    instance: request.path,
    code,
    requestId: request.requestId,
    retryable,
    ...extras,
  };
  return {
    statusCode,
    headers: { "Content-Type": "application/problem+json", ...headers },
    body: JSON.stringify(body),
  };
}

const defect = {
  statusCode: 500,
  title: "Something went wrong on our side",
  detail: "The request may be sent again; mention the request id when you report it",
  code: "internal",
  retryable: true,
  extras: {},
  headers: {},
};

function fromRefusal(error: Refusal) {
  const { refusal, message, context } = error;
  const statusCode = statusOf[refusal.kind];
  return {
    statusCode,
    title: refusal.title,
    detail: message,
    code: refusal.code,
    retryable: context.retryAfterSeconds !== undefined,
    extras: {
      ...errorsOf(error, statusCode),
      ...(context.currentState !== undefined && { currentState: context.currentState }),
    },
    headers: {
      ...(context.retryAfterSeconds !== undefined && { "Retry-After": String(context.retryAfterSeconds) }),
      ...(context.allow && { Allow: context.allow.join(", ") }),
      ...(statusCode === 401 && { "WWW-Authenticate": "Bearer" }),
    },
  };
}

/** What is wrong with a request is always a list: of what concerns no one part of it, one entry about the whole. */
function errorsOf(
  { refusal: { code }, message, context }: Refusal,
  statusCode: number,
): { readonly errors?: readonly Problem[] } {
  const whole = statusCode === 400 || statusCode === 422 ? [{ pointer: "", code, detail: message }] : undefined;
  const errors = context.errors ?? whole;
  return errors ? { errors } : {};
}
