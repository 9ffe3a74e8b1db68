import { SimpleFetcher } from "aws-jwt-verify/https";
import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import { requireTime } from "#shared/ports/call-time";
import { REQUEST_MS } from "#shared/ports/outside";
import type { UserPoolKeys } from "#shared/ports/user-pool";

/** The pool's JWKS, where Cognito publishes it. */
export function cognitoPoolKeys({ USER_POOL_ID }: { readonly USER_POOL_ID: string }): UserPoolKeys {
  const region = USER_POOL_ID.split("_")[0] ?? "";
  const address = `https://cognito-idp.${region}.amazonaws.com/${USER_POOL_ID}/.well-known/jwks.json`;
  const fetcher = new SimpleFetcher({ defaultRequestOptions: { responseTimeout: REQUEST_MS } });
  return {
    fetch: async () => {
      requireTime();
      return new SimpleJwksCache({ fetcher }).getJwks(address);
    },
  };
}
