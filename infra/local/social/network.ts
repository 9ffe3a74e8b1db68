/** What a network is, as its own file plays it. */
import type { IncomingHttpHeaders } from "node:http";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { Grant, Given, Grants, Lives } from "./grants.ts";
import type { Members } from "./members.ts";

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What a request is for: faults and limits name it so. */
export const operations = ["exchange", "refresh", "revoke", "profile", "posts"] as const;
export type Operation = (typeof operations)[number];

/** One request, read whole. */
export interface Call {
  readonly method: string;
  /** Below the network's name. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly grants: Grants;
  readonly members: Members;
  readonly client: { readonly id: string; readonly secret: string };
  readonly nowSeconds: number;
}

export interface Route {
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly operation: (call: Call) => Operation;
  readonly answer: (call: Call) => Reply;
}

export interface Network {
  readonly platform: SocialPlatform;
  readonly lives: Lives;
  /** Its page of consent. */
  readonly consent: {
    readonly path: string;
    /** Its name for the client's id. */
    readonly client: string;
    readonly scopeSeparator: string;
    readonly isPkceRequired: boolean;
    /** What it appends to where people are sent back. */
    readonly suffix: string;
  };
  readonly routes: readonly Route[];
  /** Units of its limit, in so many seconds, of one token or of the whole app. */
  readonly limit: { readonly units: number; readonly windowSeconds: number; readonly of: "token" | "app" };
  /** How it says "later"; `resetSeconds` is how long its window still has. */
  readonly busy: (resetSeconds: number, nowSeconds: number) => Reply;
  /** How it says that a code or token is not good. */
  readonly refused: (operation: Operation) => Reply;
  readonly failed: Reply;
}

export const ok = (body: unknown): Reply => ({ status: 200, body });

/** RFC 6749, 5.2. */
export const oauthProblem = (status: number, error: string, error_description: string): Reply => ({
  status,
  body: { error, error_description },
});

/** RFC 6749, 5.1; what is undefined is left out. */
export const tokenAnswer = ({ accessToken, expiresIn, refreshToken }: Given) => ({
  access_token: accessToken,
  token_type: "Bearer",
  expires_in: expiresIn,
  refresh_token: refreshToken,
});

export const bearerOf = ({ headers, query }: Call): string | undefined =>
  headers.authorization?.replace(/^Bearer /, "") ?? query.get("access_token") ?? undefined;

/** What a token opens, or the network's no. */
export const withGrant =
  (refused: Network["refused"], operation: Operation, answer: (grant: Grant, call: Call) => Reply) =>
  (call: Call): Reply => {
    const grant = call.grants.byAccess(bearerOf(call));
    return grant ? answer(grant, call) : refused(operation);
  };

/** What an access token is asked for by its form: one address serves a code and a refresh token. */
export const byGrantType = ({ form }: Call): Operation =>
  form.get("grant_type") === "refresh_token" ? "refresh" : "exchange";

/** The same for every OAuth network: a code or a refresh token for tokens. */
export function givenFor(call: Call): Given | undefined {
  const { form, grants } = call;
  if (byGrantType(call) === "refresh") {
    const grant = grants.byRefresh(form.get("refresh_token"));
    return grant && grants.give(grant);
  }
  return grants.redeem(form.get("code") ?? "", {
    redirectUri: form.get("redirect_uri") ?? "",
    verifier: form.get("code_verifier"),
  });
}
