import { visitorOf } from "#shared/domain/tracking/visitor";
import type { Visitors } from "#shared/ports/tracking";
import { expiryOf, itemKey } from "#shared/table/item";
import { visitorKey } from "#shared/table/items/tracking";
import { EXPIRES_AT } from "#shared/table/schema";
import type { CallAws } from "./aws-json.ts";
import { heldSecret, newSecret, sharedSecret } from "./shared-secret.ts";

/**
 * Visitors under a secret of the day. Address and agent are only ever seen here; neither is kept.
 *
 * @param failed told of every time the day's key could not be had
 */
export function keyedVisitors(
  call: CallAws,
  tableName: string,
  now: () => number,
  failed: (error: unknown) => void,
): Visitors {
  const daySecret = (day: string) =>
    sharedSecret(call, tableName, itemKey(visitorKey, { day }), {
      [EXPIRES_AT]: { N: String(expiryOf(visitorKey, { day })) },
    });
  const secretOf = heldSecret(daySecret, now, failed);
  const spare = newSecret();
  return {
    identify: async ({ day, address, agent }) => visitorOf((await secretOf(day)) ?? spare, address, agent),
  };
}
