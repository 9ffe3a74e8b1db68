import type { Change } from "../change.ts";
import type { Actor } from "../kernel/actor.ts";
import { actingFor } from "../kernel/occasion.ts";
import type { Instant } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import { accountView, holderOf, takeAccount } from "./follow-account.ts";
import type { PayoutAccount, ProcessorAccount } from "./payout-account.ts";

/** Where accounts are found, here and at the processor. */
interface AccountSources {
  readonly accounts: { get(userId: string): Promise<Account | undefined> };
  readonly payoutAccounts: { get(creatorId: string): Promise<PayoutAccount | undefined> };
  readonly connectedAccounts: {
    retrieve(processorAccountId: string): Promise<ProcessorAccount | undefined>;
    open(holder: ReturnType<typeof holderOf> & { readonly instead: string | undefined }): Promise<ProcessorAccount>;
    onboardingUrl(processorAccountId: string): Promise<string>;
  };
}

/** The account that a creator is paid on: theirs, or another one, where there is none that anybody sees into. */
export async function openAccount(
  creatorId: string,
  { accounts, payoutAccounts, connectedAccounts }: AccountSources,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Promise<{ readonly change: Change | undefined; readonly view: Awaited<ReturnType<typeof accountView>> }> {
  const known = await payoutAccounts.get(creatorId);
  // Stripe forgets after a day what it was asked for under a key: an account that is known is not opened again.
  const instead = known?.processorAccountId;
  const inSight = instead === undefined ? undefined : await connectedAccounts.retrieve(instead);
  const holder = holderOf(await accounts.get(creatorId));
  const atProcessor = inSight ?? (await connectedAccounts.open({ ...holder, instead }));
  const { change, account } = takeAccount(creatorId, known, atProcessor, now);
  const view = await accountView(account, connectedAccounts);
  return { change: noted(change, { ...actingFor(actor, creatorId), view }), view };
}

/**
 * For whom it was done. Whoever has a link may say where somebody's money goes: that an admin was given one is kept each time, and
 * told to them.
 */
function noted(
  change: Change | undefined,
  { onBehalfOf, view }: { readonly onBehalfOf?: string; readonly view: Awaited<ReturnType<typeof accountView>> },
): Change | undefined {
  if (onBehalfOf === undefined) return change;
  const given = view.onboardingUrl !== undefined;
  if (!given && change === undefined) return undefined;
  const resource = { type: "payout_account", id: onBehalfOf };
  const audit = change?.audit ?? { action: "payout_account.link_given", resource };
  return {
    ...{ entities: [], ...change },
    ...(given && { events: [{ type: "payout_account.link_given", detail: { creatorId: onBehalfOf } }] }),
    audit: { ...audit, onBehalfOf },
  };
}
