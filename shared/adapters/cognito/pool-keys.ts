import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { UserPoolKeys } from "#shared/ports/user-pool";

/** The pool's JWKS, where Cognito publishes it. */
export function cognitoPoolKeys({ USER_POOL_ID }: { readonly USER_POOL_ID: string }): UserPoolKeys {
  const region = USER_POOL_ID.split("_")[0] ?? "";
  const address = `https://cognito-idp.${region}.amazonaws.com/${USER_POOL_ID}/.well-known/jwks.json`;
  return { fetch: () => new SimpleJwksCache().getJwks(address) };
}
