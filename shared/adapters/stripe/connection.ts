import Stripe from "stripe";
import { jsonSecret } from "#shared/adapters/aws/secret";
import { PaymentKeys } from "#shared/ports/payment-keys";
import { answeredByStripe, asked, stripeAt } from "./client.ts";

export interface StripeEnvironment {
  readonly STRIPE_SECRET_ARN: string;
  readonly STRIPE_API_BASE: string;
}

/** Stripe under the keys of the moment. There is no stand-in for missing ones: without them every call throws. */
export function connectionTo({ STRIPE_SECRET_ARN, STRIPE_API_BASE }: StripeEnvironment) {
  const keys = jsonSecret(STRIPE_SECRET_ARN, PaymentKeys);
  let client: { readonly key: string; readonly stripe: Stripe } | undefined;
  const connected = async (): Promise<Stripe> => {
    const { secretKey } = await keys();
    if (client?.key !== secretKey) client = { key: secretKey, stripe: stripeAt(STRIPE_API_BASE, secretKey) };
    return client.stripe;
  };
  return { keys, connected };
}

/** What only reads: asked again as often as it is worth it. */
export const read = <R>(ask: () => Promise<R>): Promise<R> => answeredByStripe(() => asked(ask));

interface Page<T> {
  readonly data: readonly T[];
  readonly has_more: boolean;
}
const PAGE = 100;

/** Everything of a list, page by page; each page is asked for as any other thing. */
export async function* everyOf<T extends { readonly id: string }>(
  list: (page: { readonly limit: number; readonly starting_after?: string }) => Promise<Page<T>>,
): AsyncGenerator<T> {
  let after: string | undefined;
  for (;;) {
    const { data, has_more } = await asked(() =>
      list({ limit: PAGE, ...(after !== undefined && { starting_after: after }) }),
    );
    yield* data;
    after = data.at(-1)?.id;
    if (!has_more || after === undefined) return;
  }
}

/** The first of a list that is it. */
export async function firstOf<T>(things: AsyncIterable<T>, isIt: (thing: T) => boolean): Promise<T | undefined> {
  for await (const thing of things) if (isIt(thing)) return thing;
  return undefined;
}

/**
 * Creates something of which two would move no money. A 500 says neither that it happened nor that it did not, nor that it will
 * not yet, and Stripe repeats it under the key for a day: then the thing is looked for, and only when it is nowhere made under
 * the key's second form.
 * Sources: docs.stripe.com/error-low-level, "Server errors"; docs.stripe.com/api/idempotent_requests.
 */
export async function createdOnce<T>(
  key: string,
  create: (options: { readonly idempotencyKey: string }) => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  const createUnder = (idempotencyKey: string) => asked(() => create({ idempotencyKey }));
  return answeredByStripe(async () => {
    try {
      return await createUnder(key);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeAPIError) || error.statusCode !== 500) throw error;
      return (await find()) ?? createUnder(`${key}-again`);
    }
  });
}
