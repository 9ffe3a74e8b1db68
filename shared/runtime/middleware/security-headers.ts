import type { HttpContract } from "#shared/contracts/contract";
import type { ReplyMiddleware } from "./request.ts";

const always = {
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "X-Content-Type-Options": "nosniff",
};
const NOT_STORED = "no-store";

/** Headers of every reply. What anybody may read is kept for a minute; nothing else, and no problem, is kept at all. */
export function securityHeaders({ roles, route }: HttpContract): ReplyMiddleware {
  const cacheControl = roles === "public" && route.startsWith("GET ") ? "public, max-age=60" : NOT_STORED;
  const add =
    (control: string): NonNullable<ReplyMiddleware["after"]> =>
    (request) => {
      const { requestId } = request.event.requestContext;
      const headers = { ...always, "X-Request-Id": requestId, "Cache-Control": control, ...request.response?.headers };
      request.response = { ...request.response, headers };
    };
  return { after: add(cacheControl), onError: add(NOT_STORED) };
}
