import type { ProcessorAccount } from "#shared/domain/payouts/payout-account";
import { currencyExponents } from "#shared/domain/kernel/money";
import { known } from "#shared/domain/kernel/refusal";
import type { ConnectedAccounts } from "#shared/ports/payouts";

/** Creators' accounts in memory, and the hands of the processor's reviewers. */
export interface MemoryConnectedAccounts extends ConnectedAccounts {
  /** Whatever was asked for is given: money can be sent there and on. */
  onboard(processorAccountId: string): void;
  /** Money may still be sent there, but not on. */
  restrict(processorAccountId: string): void;
  /** Neither. */
  reject(processorAccountId: string): void;
  /** Its banks take these alone. */
  bankIn(processorAccountId: string, currencies: readonly string[]): void;
  /** Somebody closes it there: nobody sees into it any more. */
  close(processorAccountId: string): void;
  /** As it is now; undefined when there is none. */
  peek(processorAccountId: string): ProcessorAccount | undefined;
}

const FIRST_DUE = ["external_account", "individual.first_name", "tos_acceptance.date"];

export function memoryConnectedAccounts(): MemoryConnectedAccounts {
  const accounts = new Map<string, ProcessorAccount>();
  let opened = 0;
  const existing = (id: string) => known(accounts.get(id), "account at the processor");
  const put = (account: ProcessorAccount): ProcessorAccount => {
    accounts.set(account.processorAccountId, account);
    return account;
  };
  const ofCreator = (creatorId: string) => [...accounts.values()].find((account) => account.creatorId === creatorId);
  return {
    open: ({ creatorId }) =>
      Promise.resolve(
        ofCreator(creatorId) ??
          put({
            processorAccountId: `acct_${(opened += 1)}`,
            creatorId,
            transfersEnabled: false,
            payoutsEnabled: false,
            disabledReason: "requirements.past_due",
            detailsSubmitted: false,
            requirementsDue: FIRST_DUE,
            currencies: Object.keys(currencyExponents),
          }),
      ),
    retrieve: (id) => Promise.resolve(accounts.get(id)),
    onboardingUrl: (id) => Promise.resolve(`https://connect.example.com/${existing(id).processorAccountId}`),
    onboard: (id) =>
      void put({
        ...existing(id),
        transfersEnabled: true,
        payoutsEnabled: true,
        disabledReason: null,
        detailsSubmitted: true,
        requirementsDue: [],
      }),
    restrict: (id) =>
      void put({
        ...existing(id),
        payoutsEnabled: false,
        disabledReason: "requirements.past_due",
        requirementsDue: ["individual.verification.document"],
      }),
    reject: (id) =>
      void put({
        ...existing(id),
        transfersEnabled: false,
        payoutsEnabled: false,
        disabledReason: "rejected.fraud",
      }),
    bankIn: (id, currencies) => void put({ ...existing(id), currencies }),
    close: (id) => void accounts.delete(id),
    peek: (id) => accounts.get(id),
  };
}
