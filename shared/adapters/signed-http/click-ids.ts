import { clickIdOf } from "#shared/domain/conversions/click-id";
import type { ClickIds } from "#shared/ports/conversions";
import { itemKey } from "#shared/table/item";
import { clickKey } from "#shared/table/items/conversions";
import type { CallAws } from "./aws-json.ts";
import { heldSecret, sharedSecret } from "./shared-secret.ts";

/**
 * Click ids under the stage's secret, which a process reads once, for the first link that passes them on.
 *
 * @param failed told of every time the secret could not be had
 */
export function signedClickIds(
  call: CallAws,
  tableName: string,
  now: () => number,
  failed: (error: unknown) => void,
): ClickIds {
  const key = itemKey(clickKey, {});
  const secretOf = heldSecret(() => sharedSecret(call, tableName, key), now, failed);
  return {
    of: async (hitId, link) => {
      if (typeof link === "string" || !link.passClickId) return hitId;
      const secret = await secretOf(key.pk);
      return secret ? clickIdOf(secret, hitId, link.code) : hitId;
    },
  };
}
