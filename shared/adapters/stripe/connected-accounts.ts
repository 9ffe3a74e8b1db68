import Stripe from "stripe";
import type { ConnectedAccounts } from "#shared/ports/payouts";
import { unlessOutOfSight } from "./answer-once.ts";
import { answeredByStripe, asked } from "./client.ts";
import { connectionTo, type StripeEnvironment } from "./connection.ts";
import { accountOf } from "./connect-shapes.ts";

/** How far back an account is looked for that may have been opened a moment ago: Stripe cannot search accounts. */
const LOOKED_AT = 1_000;
const PAGE = 100;

/**
 * Express accounts: Stripe asks creators for what it must know. Their money leaves only with payouts of
 * ours, so Stripe makes none by itself. Sources: docs.stripe.com/connect/express-accounts, /connect/manual-payouts.
 */
export function stripeConnectedAccounts(env: StripeEnvironment & { readonly APP_URL: string }): ConnectedAccounts {
  const { connected } = connectionTo(env);
  const page = (name: string) => new URL(`/payouts/onboarding/${name}`, env.APP_URL).href;
  return {
    async open({ creatorId, email, instead }) {
      const { accounts } = await connected();
      const open = (idempotencyKey: string) =>
        accounts.create(
          {
            type: "express",
            email,
            capabilities: { transfers: { requested: true } },
            settings: { payouts: { schedule: { interval: "manual" } } },
            metadata: { creatorId },
          },
          { idempotencyKey },
        );
      // Under the first key Stripe would give the account again that is gone.
      const key = instead === undefined ? `account-${creatorId}` : `account-${creatorId}-instead-of-${instead}`;
      return accountOf(await openedOnce(key, open, () => openedLately(accounts, creatorId)));
    },
    async retrieve(id) {
      const { accounts } = await connected();
      const found = await answeredByStripe(() => asked(() => accounts.retrieve(id))).catch(unlessOutOfSight);
      return found && accountOf(found);
    },
    async onboardingUrl(account) {
      const { accountLinks } = await connected();
      const link = await answeredByStripe(() =>
        asked(() =>
          accountLinks.create({
            account,
            refresh_url: page("refresh"),
            return_url: page("return"),
            type: "account_onboarding",
          }),
        ),
      );
      return link.url;
    },
  };
}

/** Under the key is an outcome that says nothing of ours: a 500 that is repeated for a day, or an address that has changed. */
const saysNothing = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeIdempotencyError ||
  (error instanceof Stripe.errors.StripeError && error.statusCode === 500);

/**
 * Opens under the creator's own key; where that gives no outcome, the account is looked for, and only when it is nowhere
 * opened under the key's second form. Two accounts would hold no money twice: payouts go to the one that we know.
 * Source: docs.stripe.com/error-low-level, "Server errors".
 */
const openedOnce = <T>(
  key: string,
  open: (idempotencyKey: string) => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> =>
  answeredByStripe(async () => {
    try {
      return await asked(() => open(key));
    } catch (error) {
      if (!saysNothing(error)) throw error;
      return (await asked(find)) ?? (await asked(() => open(`${key}-again`)));
    }
  });

/** Newest first. */
async function openedLately(accounts: Stripe["accounts"], creatorId: string) {
  let seen = 0;
  for await (const account of accounts.list({ limit: PAGE })) {
    if (account.metadata?.["creatorId"] === creatorId) return account;
    if ((seen += 1) >= LOOKED_AT) return undefined;
  }
  return undefined;
}
