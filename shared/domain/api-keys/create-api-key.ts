import { type Change, created } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import type { ApiKeySeen, NewApiKey } from "./api-key.ts";
import { digestOf, prefixOf, secretOf } from "./secret.ts";

/** A new key, and its secret, which is never seen again. @param random `SECRET_BYTES` that nobody can guess */
export function createApiKey(
  { name, scopes }: NewApiKey,
  random: Uint8Array,
  { actor, now, newId }: Occasion,
): { readonly change: Change; readonly apiKey: ApiKeySeen & { readonly secret: string } } {
  const id = newId("key");
  const secret = secretOf(id, random);
  const addition = created("apiKey", {
    id,
    brandId: actor.userId,
    name,
    scopes: [...new Set(scopes)],
    prefix: prefixOf(id),
    digest: digestOf(secret),
    createdAt: now,
  });
  const changes = [{ field: "scopes", before: null, after: addition.next.scopes }];
  const change: Change = {
    entities: [addition],
    audit: { action: "api_key.created", resource: { type: "api_key", id }, changes },
  };
  return { change, apiKey: { ...addition.next, secret, lastUsedAt: null } };
}
