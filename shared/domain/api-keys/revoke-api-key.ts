import { type Change, removed } from "../change.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { ApiKey } from "./api-key.ts";
import { apiKeyRefusals } from "./refusals.ts";

/** Ends a key of one's own: the next request with it is a stranger's. */
export function revokeApiKey(apiKey: ApiKey | undefined, { actor }: Occasion): Change {
  const key = found(apiKey, apiKeyRefusals.notFound);
  if (key.brandId !== actor.userId) throw refuse(apiKeyRefusals.notFound);
  return {
    entities: [removed("apiKey", key)],
    audit: { action: "api_key.revoked", resource: { type: "api_key", id: key.id } },
  };
}
