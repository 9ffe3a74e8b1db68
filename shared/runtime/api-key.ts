import type { ApiKeySeen, ApiScope } from "#shared/domain/api-keys/api-key";
import { isWorthNoting } from "#shared/domain/api-keys/last-use";
import { isSecretOf, keyIdOf } from "#shared/domain/api-keys/secret";
import { refuse } from "#shared/domain/kernel/refusal";
import { accessRefusals } from "#shared/domain/kernel/refusals";
import type { Instant } from "#shared/domain/kernel/time";
import type { ApiKeys } from "#shared/ports/api-keys";
import type { Callers } from "#shared/ports/callers";
import { type Authenticate, requireActive } from "./authenticate.ts";

interface KeyPorts {
  readonly apiKeys: Pick<ApiKeys, "find" | "noteUse">;
  readonly callers: Callers;
}

/**
 * Verifies API keys and the accounts behind them. Who calls with one is its brand, as a brand and as nothing else, however
 * many roles they hold; a ban stops their keys with the next request.
 *
 * @param scope what the key must be good for
 */
export const apiKeyAuthenticator =
  ({ apiKeys, callers }: KeyPorts, scope: ApiScope, now: () => Instant): Authenticate =>
  async (secret = "") => {
    const key = await provenKey(apiKeys, secret);
    const { roles } = requireActive(await callers.standing(key.brandId));
    if (!key.scopes.includes(scope)) throw refuse(accessRefusals.scopeMissing, `The API key lacks the scope ${scope}`);
    const usedAt = now();
    if (isWorthNoting(key.lastUsedAt, usedAt)) await apiKeys.noteUse(key.id, usedAt);
    return { userId: key.brandId, roles: roles.filter((role) => role === "brand"), apiKeyId: key.id };
  };

/** One answer for what is no key, for a key that is gone, and for another secret than its own. */
async function provenKey(apiKeys: KeyPorts["apiKeys"], secret: string): Promise<ApiKeySeen> {
  const keyId = keyIdOf(secret);
  const key = keyId === undefined ? undefined : await apiKeys.find(keyId);
  if (key === undefined || !isSecretOf(key, secret)) throw refuse(accessRefusals.unknownKey);
  return key;
}
