import { type Change, removed } from "../change.ts";
import { requireVersion } from "../kernel/if-match.ts";
import type { Occasion } from "../kernel/occasion.ts";
import { found, refuse } from "../kernel/refusal.ts";
import type { ApiKey } from "./api-key.ts";
import { apiKeyRefusals } from "./refusals.ts";

/** Ends a key of one's own: the next request with it is a stranger's. */
export function revokeApiKey(apiKey: ApiKey | undefined, occasion: Occasion): Change {
  const key = found(apiKey, apiKeyRefusals.notFound);
  if (key.brandId !== occasion.actor.userId) throw refuse(apiKeyRefusals.notFound);
  requireVersion(key, occasion);
  return {
    entities: [removed("apiKey", key)],
    audit: { action: "api_key.revoked", resource: { type: "api_key", id: key.id } },
  };
}
