import type { ReceivedEvent } from "#shared/domain/processor/payment";
import { connectionTo, everyOf, type StripeEnvironment } from "./connection.ts";
import { eventOf } from "./shapes.ts";

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000);

/**
 * Stripe's own list of events between two instants, newest first, each as a webhook would bring it.
 * It goes back thirty days. Source: Stripe API reference, "List all events".
 *
 * @param account a connected one's; left out, the platform's own
 */
export async function* listStripeEvents(
  env: StripeEnvironment,
  { from, to, account }: { readonly from: Date; readonly to: Date; readonly account?: string | undefined },
): AsyncGenerator<{ readonly event: ReceivedEvent; readonly rawBody: string }> {
  const { events } = await connectionTo(env).connected();
  const created = { gte: seconds(from), lte: seconds(to) };
  const options = account === undefined ? {} : { stripeAccount: account };
  for await (const told of everyOf((page) => events.list({ created, ...page }, options))) {
    const event = eventOf(told);
    if (event !== undefined) yield { event, rawBody: JSON.stringify(told) };
  }
}
