import { CognitoJwtVerifier } from "aws-jwt-verify";
import { FetchError } from "aws-jwt-verify/error";
import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import * as z from "zod";
import type { Actor } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import { beganWithFactor } from "#shared/domain/users/second-factor";
import type { Callers, Standing } from "#shared/ports/callers";
import { REQUEST_MS, Unavailable } from "#shared/ports/outside";
import { readEnvironment } from "./environment.ts";

/** Tells who calls by what they proved it with, or refuses. */
export type Authenticate = (proof: string | undefined) => Promise<Actor>;

const StoredKeys = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) });
const Claims = z.object({
  sub: z.string(),
  exp: z.number(),
  auth_time: z.number().optional(),
  "cognito:groups": z.array(z.string()).optional(),
});

/**
 * Verifies Cognito access tokens (signature, issuer, client, use, expiry) and the account behind them. The pool's keys
 * come from the table, where a job keeps them; a key that is not there is fetched from the pool.
 */
export function cognitoAuthenticator(callers: Callers): Authenticate {
  const env = readEnvironment(["USER_POOL_ID", "USER_POOL_CLIENT_ID"]);
  const jwksCache = new SimpleJwksCache({
    fetcher: new SimpleFetcher({ defaultRequestOptions: { responseTimeout: REQUEST_MS } }),
  });
  const verifier = CognitoJwtVerifier.create(
    {
      userPoolId: env.USER_POOL_ID,
      // One client, or several by comma.
      clientId: env.USER_POOL_CLIENT_ID.split(","),
      tokenUse: "access",
      // A signed token without an expiry is otherwise accepted for ever.
      customJwtCheck: ({ payload }) => void Claims.parse(payload),
    },
    { jwksCache },
  );
  let keysLoaded: Promise<void> | undefined;
  const loadKeys = async (): Promise<void> => {
    const stored = StoredKeys.safeParse(await callers.signingKeys());
    if (stored.success) verifier.cacheJwks(stored.data as Parameters<typeof verifier.cacheJwks>[0]);
  };
  return async (authorization) => {
    const token = bearerToken(authorization);
    keysLoaded ??= loadKeys().catch((error: unknown) => {
      // The next request tries again.
      keysLoaded = undefined;
      throw error;
    });
    await keysLoaded;
    const claims = await verifier.verify(token).then(
      (payload) => Claims.parse(payload),
      (error: unknown) => {
        // Nothing is known of the token yet: it is not the caller's to put right.
        if (error instanceof FetchError) throw new Unavailable("the user pool", { cause: error });
        throw refuse(accessRefusals.unauthenticated, reasonOf(error));
      },
    );
    return actorOf(claims, await callers.standing(claims.sub));
  };
}

function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? "")?.[1];
  if (token === undefined) throw refuse(accessRefusals.unauthenticated);
  return token;
}

/** The library's sentences name the claim that failed and never the token. */
const reasonOf = (error: unknown): string | undefined =>
  error instanceof Error && error.name !== "ZodError"
    ? `The token was not accepted: ${error.message.split(":")[0]}`
    : undefined;

/** @throws Refusal for somebody who has no account yet, or is suspended */
export function requireActive(standing: Standing | undefined): Standing {
  if (standing === undefined) throw refuse(accessRefusals.noAccount);
  if (standing.status !== "active") throw refuse(accessRefusals.suspended);
  return standing;
}

/**
 * Roles are what both the token's groups and the account say: one taken away is gone at once, one given needs a new token.
 * An admin's second factor is asked for here again: a refreshed token may be of a session from before there was one.
 */
function actorOf(claims: z.infer<typeof Claims>, account: Standing | undefined): Actor {
  const standing = requireActive(account);
  const groups = new Set(claims["cognito:groups"] ?? []);
  const mayBeAdmin = beganWithFactor(claims.auth_time, standing.secondFactorSince);
  const roles = standing.roles.filter((role) => groups.has(role) && (role !== "admin" || mayBeAdmin));
  return { userId: claims.sub, roles };
}
