import { memoryConnectedAccounts } from "#shared/adapters/memory/connected-accounts";
import { memoryPayoutProcessor } from "#shared/adapters/memory/payout-processor";
import type { PayoutProcessorUnderTest } from "./payout-processor-under-test.ts";

const DAY_MS = 86_400_000;

/** The processor in memory. */
export function memoryPayouts(nowMs?: () => number) {
  let passedMs = 0;
  const accounts = memoryConnectedAccounts();
  const processor = memoryPayoutProcessor(accounts, () => (nowMs?.() ?? 0) + passedMs);
  const put = { enabled: accounts.onboard, restricted: accounts.restrict, disabled: accounts.reject };
  const under: PayoutProcessorUnderTest = {
    accounts,
    processor,
    fund: (amount) => Promise.resolve(processor.fund("USD", amount)),
    standing: (id, state) => Promise.resolve(put[state](id)),
    settle: (id, code) => Promise.resolve(processor.settle(id, code)),
    takeBack: (id, amount) => Promise.resolve(processor.takeBack(id, amount)),
    disturb: (step, kind) => Promise.resolve(processor.disturb((asked) => (asked === step ? kind : undefined))),
    calm: () => Promise.resolve(processor.disturb(() => undefined)),
    passDay: () => {
      passedMs += DAY_MS;
    },
    held: () => processor.held("USD"),
    heldBy: (accountId) => processor.heldByCreators("USD", accountId),
    objectsOf({ id }) {
      const ours = (all: readonly { readonly id: string; readonly payoutId: string }[]) =>
        all.filter(({ payoutId }) => payoutId === id).map((one) => one.id);
      return { transfers: ours(processor.transfers()), payouts: ours(processor.bankPayouts()) };
    },
  };
  return { ...under, processor };
}
