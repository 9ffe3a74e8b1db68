import { CognitoJwtVerifier } from "aws-jwt-verify";
import * as z from "zod";
import { type Actor, Role } from "#shared/domain/kernel/actor";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { account, signingKeys } from "#shared/table/items/users";
import { readEnvironment } from "./environment.ts";

/** Tells who calls, or refuses. */
export type Authenticate = (authorization: string | undefined) => Promise<Actor>;

/** The part of an account that decides what its owner may do. Read on every request: a ban holds from the next one on. */
const Standing = z.object({ roles: z.array(Role), status: z.enum(["active", "suspended"]) });
const StoredKeys = z.object({ jwks: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }) });
const Claims = z.object({
  sub: z.string(),
  exp: z.number(),
  "cognito:groups": z.array(z.string()).optional(),
});

/**
 * Verifies Cognito access tokens (signature, issuer, client, use, expiry) and the account behind them. The pool's keys
 * come from the table, where a job keeps them; a key that is not there is fetched from the pool.
 */
export function cognitoAuthenticator(table: TableEngine): Authenticate {
  const env = readEnvironment(["USER_POOL_ID", "USER_POOL_CLIENT_ID"]);
  const verifier = CognitoJwtVerifier.create({
    userPoolId: env.USER_POOL_ID,
    clientId: env.USER_POOL_CLIENT_ID,
    tokenUse: "access",
    // A signed token without an expiry is otherwise accepted for ever.
    customJwtCheck: ({ payload }) => void Claims.parse(payload),
  });
  let keysLoaded: Promise<void> | undefined;
  const loadKeys = async (): Promise<void> => {
    const stored = StoredKeys.safeParse(await table.get(itemKey(signingKeys, {})));
    if (stored.success) verifier.cacheJwks(stored.data.jwks as Parameters<typeof verifier.cacheJwks>[0]);
  };
  return async (authorization) => {
    const token = bearerToken(authorization);
    keysLoaded ??= loadKeys();
    await keysLoaded;
    const claims = await verifier.verify(token).then(
      (payload) => Claims.parse(payload),
      (error: unknown) => {
        throw refuse(accessRefusals.unauthenticated, reasonOf(error));
      },
    );
    return actorOf(claims, await table.get(itemKey(account, { id: claims.sub })));
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

/** Roles are what both the token's groups and the account say: one taken away is gone at once, one given needs a new token. */
function actorOf(claims: z.infer<typeof Claims>, stored: unknown): Actor {
  const standing = Standing.safeParse(stored);
  if (!standing.success) throw refuse(accessRefusals.noAccount);
  if (standing.data.status !== "active") throw refuse(accessRefusals.suspended);
  const groups = new Set(claims["cognito:groups"] ?? []);
  return { userId: claims.sub, roles: standing.data.roles.filter((role) => groups.has(role)) };
}
