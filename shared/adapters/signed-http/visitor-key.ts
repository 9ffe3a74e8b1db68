import { visitorOf } from "#shared/domain/tracking/visitor";
import type { Visitors } from "#shared/ports/tracking";
import { expiryOf, itemKey } from "#shared/table/item";
import { visitorKey } from "#shared/table/items/tracking";
import { EXPIRES_AT } from "#shared/table/schema";
import type { CallAws } from "./aws-json.ts";
import { newSecret, sharedSecret } from "./shared-secret.ts";

const daySecret = (call: CallAws, tableName: string, day: string): Promise<string> =>
  sharedSecret(call, tableName, itemKey(visitorKey, { day }), {
    [EXPIRES_AT]: { N: String(expiryOf(visitorKey, { day })) },
  });

/**
 * Visitors under a secret of the day. Address and agent are only ever seen here; neither is kept.
 *
 * @param failed told of every time the day's key could not be had
 */
export function keyedVisitors(call: CallAws, tableName: string, failed: (error: unknown) => void): Visitors {
  let held: { readonly day: string; readonly secret: Promise<string> } | undefined;
  const spare = newSecret();
  const secretFor = async (day: string): Promise<string> => {
    const current = held?.day === day ? held : (held = { day, secret: daySecret(call, tableName, day) });
    try {
      return await current.secret;
    } catch (error) {
      if (held === current) held = undefined;
      failed(error);
      return spare;
    }
  };
  return {
    identify: async ({ day, address, agent }) => visitorOf(await secretFor(day), address, agent),
  };
}
