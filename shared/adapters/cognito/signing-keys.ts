import { SimpleJwksCache } from "aws-jwt-verify/jwk";
import type { SigningKeys } from "#shared/ports/user-pool";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { signingKeys } from "#shared/table/items/users";

/** The pool's JWKS: read where Cognito publishes it, kept in the table. */
export function cognitoSigningKeys(
  { USER_POOL_ID }: { readonly USER_POOL_ID: string },
  table: TableEngine,
): SigningKeys {
  const region = USER_POOL_ID.split("_")[0] ?? "";
  const address = `https://cognito-idp.${region}.amazonaws.com/${USER_POOL_ID}/.well-known/jwks.json`;
  return {
    fetch: () => new SimpleJwksCache().getJwks(address),
    store: (jwks) => table.write({ kind: "put", item: { jwks, ...itemKey(signingKeys, {}) }, when: { any: true } }),
  };
}
