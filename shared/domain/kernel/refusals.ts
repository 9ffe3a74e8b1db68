import type { RefusalCode } from "./refusal.ts";

/** Refusals any action may give. */
export const requestRefusals = {
  invalid: { kind: "invalid", code: "request.invalid", title: "The request is not valid" },
  malformedBody: { kind: "invalid", code: "request.malformed_body", title: "The body is not valid JSON" },
  unknownRoute: { kind: "not_found", code: "route.not_found", title: "There is no such route" },
  methodNotAllowed: {
    kind: "method_not_allowed",
    code: "route.method_not_allowed",
    title: "The route does not know this method",
  },
  bodyTooLarge: { kind: "too_large", code: "request.body_too_large", title: "The body is over 256 kB" },
  notJson: { kind: "unsupported_media_type", code: "request.not_json", title: "The body must be application/json" },
  contended: {
    kind: "unavailable",
    code: "request.contended",
    title: "Others are changing the same things; try again",
  },
  unavailable: {
    kind: "unavailable",
    code: "request.unavailable",
    title: "Something that this needs does not answer right now; try again",
  },
  timedOut: {
    kind: "unavailable",
    code: "request.timed_out",
    title: "There was no answer in time: it may be done or not; send it again, under the same key",
  },
  cursorInvalid: { kind: "invalid", code: "cursor.invalid", title: "The cursor is not one of this list" },
  versionChanged: {
    kind: "precondition_failed",
    code: "version.changed",
    title: "The resource has changed since it was read",
  },
} as const satisfies Record<string, RefusalCode>;

export const accessRefusals = {
  unauthenticated: { kind: "unauthenticated", code: "auth.invalid_token", title: "A valid access token is needed" },
  unknownKey: { kind: "unauthenticated", code: "auth.invalid_api_key", title: "A valid API key is needed" },
  scopeMissing: { kind: "forbidden", code: "access.scope_missing", title: "The API key's scopes do not cover this" },
  roleNotAllowed: { kind: "forbidden", code: "access.role_not_allowed", title: "Your role may not do this" },
  suspended: { kind: "forbidden", code: "account.suspended", title: "The account is suspended" },
  /** Of whoever's money it is: the same, said to somebody who is not suspended themselves. */
  ownerSuspended: {
    kind: "conflict",
    code: "account.suspended",
    title: "The account whose money this is is suspended",
  },
  noAccount: { kind: "forbidden", code: "account.missing", title: "The account is not ready yet" },
  conflictOfInterest: {
    kind: "conflict",
    code: "access.conflict_of_interest",
    title: "One person cannot be brand and creator of one campaign",
  },
} as const satisfies Record<string, RefusalCode>;

export const lifecycleRefusals = {
  notDue: { kind: "conflict", code: "transition.not_due", title: "It is not time for this" },
} as const satisfies Record<string, RefusalCode>;

export const idempotencyRefusals = {
  keyMissing: {
    kind: "invalid",
    code: "idempotency.key_missing",
    title: "This request needs an Idempotency-Key header",
  },
  keyInvalid: {
    kind: "invalid",
    code: "idempotency.key_invalid",
    title: "An Idempotency-Key has 1 to 255 visible characters",
  },
  keyReused: { kind: "unprocessable", code: "idempotency.key_reused", title: "The key was used for another request" },
  inProgress: {
    kind: "conflict",
    code: "idempotency.in_progress",
    title: "The first request with this key is still being worked on",
  },
} as const satisfies Record<string, RefusalCode>;
