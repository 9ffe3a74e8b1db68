import * as z from "zod";
import { collectionOf } from "../account.ts";
import type { Call } from "../call.ts";
import { randomCharacters } from "../identifiers.ts";
import { parameters, text } from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { completeOnboarding, connectedAccounts } from "./connected-account.ts";

interface AccountLink {
  readonly id: string;
  readonly object: "account_link";
  readonly account: string;
  readonly created: number;
  readonly expiresAtSeconds: number;
  readonly refreshUrl: string;
  readonly returnUrl: string;
  readonly isUsed: boolean;
}

const links = collectionOf<AccountLink>("account_link");

// https://docs.stripe.com/api/account_links: a link is used once, and expires within minutes.
const validSeconds = 300;

const creation = parameters({
  account: text(),
  collect: z.enum(["currently_due", "eventually_due"]).optional(),
  collection_options: z
    .strictObject({
      fields: z.enum(["currently_due", "eventually_due"]).optional(),
      future_requirements: z.enum(["include", "omit"]).optional(),
    })
    .optional(),
  refresh_url: text(),
  return_url: text(),
  type: z.enum(["account_onboarding", "account_update"]),
});

export const accountLinkRoutes = [
  route("POST /v1/account_links", creation, (input, call) => {
    const { account, refresh_url: refreshUrl, return_url: returnUrl } = input;
    if (!connectedAccounts(call.account).get(account)) throw resourceMissing("account", account, "account", 400);
    const created = call.nowSeconds;
    const expiresAtSeconds = created + validSeconds;
    const id = randomCharacters(12);
    links(call.account).put({
      ...{ id, object: "account_link", account, created, expiresAtSeconds, refreshUrl, returnUrl, isUsed: false },
    });
    const url = `${call.settings.origin}/setup/e/${account}/${id}`;
    return { object: "account_link", created, expires_at: expiresAtSeconds, url };
  }),
];

/**
 * Somebody opens the address of a link: their onboarding is complete. Whom Stripe has rejected stays rejected.
 * @returns where their browser goes then: the platform's `return_url`, or its `refresh_url` when the link is spent.
 */
export function openAccountLink(call: Call, token: string): string | undefined {
  const link = links(call.state.platform).get(token);
  const account = link && connectedAccounts(call.state.platform).get(link.account);
  if (!account) return undefined;
  if (link.isUsed || call.nowSeconds >= link.expiresAtSeconds) return link.refreshUrl;
  links(call.state.platform).put({ ...link, isUsed: true });
  const isRejected = account.requirements.disabled_reason?.startsWith("rejected.") ?? false;
  if (!isRejected) completeOnboarding(call, account);
  return link.returnUrl;
}
