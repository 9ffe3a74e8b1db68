import { type Change, changed, created, differences } from "../change.ts";
import type { EventDetail } from "../events/events.ts";
import type { Instant } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import { knownAccount } from "../users/access.ts";
import type { PayoutAccount, PayoutAccountStatus, ProcessorAccount } from "./payout-account.ts";

/** Whose account is opened at the processor. */
export function holderOf(account: Account | undefined): { readonly creatorId: string; readonly email: string } {
  const { id: creatorId, email } = knownAccount(account);
  return { creatorId, email };
}

/** The account that an object of the processor's is; undefined for other objects. */
export const accountToFollow = ({
  objectType,
  objectId,
}: EventDetail<"processor.object_changed">): string | undefined => (objectType === "account" ? objectId : undefined);

const isReady = ({ transfersEnabled, payoutsEnabled }: ProcessorAccount): boolean => transfersEnabled && payoutsEnabled;

function statusOf(account: ProcessorAccount): PayoutAccountStatus {
  if (isReady(account)) return "active";
  return account.detailsSubmitted && account.disabledReason !== null ? "restricted" : "onboarding";
}

interface Followed {
  readonly change: Change | undefined;
  readonly account: PayoutAccount;
}

/**
 * The account as the processor has it now; nothing to write when it was known so, or when it is another than the creator is
 * paid on: one that was opened and never kept does not take its place.
 */
export const followAccount = (
  creatorId: string,
  known: PayoutAccount | undefined,
  account: ProcessorAccount,
  now: Instant,
): Followed =>
  known !== undefined && known.processorAccountId !== account.processorAccountId
    ? { change: undefined, account: known }
    : takeAccount(creatorId, known, account, now);

/** The same of an account that its creator looks at. Where nobody sees into it any more nobody is paid on it. */
export const lookedAt = (known: PayoutAccount, account: ProcessorAccount | undefined, now: Instant): Followed =>
  followAccount(known.creatorId, known, account ?? outOfSight(known), now);

const outOfSight = ({ processorAccountId, creatorId }: PayoutAccount): ProcessorAccount => ({
  processorAccountId,
  creatorId,
  transfersEnabled: false,
  payoutsEnabled: false,
  disabledReason: "account_invalid",
  detailsSubmitted: true,
  requirementsDue: [],
  currencies: [],
});

/** The account that a creator is paid on from now on, also where it was another one, which is out of sight. */
export function takeAccount(
  creatorId: string,
  known: PayoutAccount | undefined,
  account: ProcessorAccount,
  now: Instant,
): Followed {
  const next = {
    creatorId,
    processorAccountId: account.processorAccountId,
    status: statusOf(account),
    payoutsEnabled: isReady(account),
    requirementsDue: [...account.requirementsDue],
    currencies: [...account.currencies],
    createdAt: known?.createdAt ?? now,
    updatedAt: now,
  };
  const audit = (changes: ReturnType<typeof differences>) => ({
    action: known ? "payout_account.changed" : "payout_account.opened",
    resource: { type: "payout_account", id: creatorId },
    changes: changes ?? [],
  });
  if (known === undefined) {
    const opened = created("payoutAccount", next);
    return { change: { entities: [opened], audit: audit([]) }, account: opened.next };
  }
  const changes = differences(known, { ...known, ...next }, [
    "processorAccountId",
    "status",
    "payoutsEnabled",
    "requirementsDue",
    "currencies",
  ]);
  if (changes?.length === 0) return { change: undefined, account: known };
  const update = changed("payoutAccount", known, next);
  return { change: { entities: [update], audit: audit(changes) }, account: update.next };
}

/** For its creator: with where the processor asks for what is missing, while something is and it can be seen there. */
export const accountView = async (
  account: PayoutAccount,
  links: { onboardingUrl(processorAccountId: string): Promise<string> } | undefined,
): Promise<PayoutAccount & { readonly onboardingUrl?: string }> =>
  account.payoutsEnabled || links === undefined
    ? account
    : { ...account, onboardingUrl: await links.onboardingUrl(account.processorAccountId) };
