import type { IncomingHttpHeaders } from "node:http";
import type { Account, StripeState } from "./account.ts";
import { StripeRefusal, invalidRequest } from "./refusal.ts";

/**
 * The account a request acts for: the platform for any `sk_test_…` key, or the one of `Stripe-Account`.
 * @throws 401 without a test key, 403 for an account that is not connected, 400 for a malformed version.
 */
export function authenticate(headers: IncomingHttpHeaders, state: StripeState): Account {
  const key = keyOf(headers.authorization);
  if (key === undefined) throw unauthenticated(noKey);
  if (!/^sk_test_\w+$/.test(key)) throw unauthenticated(`Invalid API Key provided: ${masked(key)}`);
  const version = headers["stripe-version"];
  if (typeof version === "string" && !/^\d{4}-\d{2}-\d{2}(\.[a-z]+)?(; .*)?$/.test(version)) {
    throw invalidRequest(`Invalid Stripe API version: ${version}`);
  }
  const id = headers["stripe-account"];
  if (typeof id !== "string") return state.platform;
  const account = state.account(id);
  if (!account) throw noAccess(key, id);
  return account;
}

const noKey =
  "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.";

// Stripe also takes the key as the user name of basic authentication, as its curl examples do.
function keyOf(authorization: string | undefined): string | undefined {
  const [scheme, credentials] = (authorization ?? "").split(" ");
  if (!credentials) return undefined;
  if (scheme?.toLowerCase() === "bearer") return credentials;
  if (scheme?.toLowerCase() !== "basic") return undefined;
  return Buffer.from(credentials, "base64").toString("utf8").split(":")[0] || undefined;
}

function masked(key: string): string {
  const shown = /^(sk|pk|rk)_(test|live)_/.exec(key)?.[0] ?? "";
  const hidden = key.slice(shown.length, -4);
  return `${shown}${"*".repeat(hidden.length)}${key.slice(shown.length).slice(-4)}`;
}

function unauthenticated(message: string): StripeRefusal {
  return new StripeRefusal(
    401,
    { type: "invalid_request_error", message },
    { "www-authenticate": 'Basic realm="Stripe"' },
  );
}

/** A key that may not act for an account, or an account that there is not. */
export function noAccess(key: string, id: string): StripeRefusal {
  return new StripeRefusal(403, {
    type: "invalid_request_error",
    code: "account_invalid",
    message: `The provided key '${masked(key)}' does not have access to account '${id}' (or that account does not exist). Application access may have been revoked.`,
  });
}
