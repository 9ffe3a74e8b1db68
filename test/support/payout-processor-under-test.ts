import type { Disturbance } from "#shared/adapters/memory/payout-processor";
import type { Payout, PayoutStep } from "#shared/domain/payouts/payout";
import type { ConnectedAccounts, PayoutProcessor } from "#shared/ports/payouts";

export type WriteStep = Exclude<PayoutStep, "arrival">;

/** A processor, and everybody's hands there. Amounts are US cents. */
export interface PayoutProcessorUnderTest {
  readonly accounts: ConnectedAccounts;
  readonly processor: PayoutProcessor;
  fund(amountMinor: number): Promise<void>;
  standing(accountId: string, state: "enabled" | "restricted" | "disabled"): Promise<void>;
  settle(processorPayoutId: string, failureCode?: string): Promise<void>;
  /** All that is left of it, or this many cents. */
  takeBack(transferId: string, amountMinor?: number): Promise<void>;
  /** The next write of this step is disturbed, tries of the adapter's own included. */
  disturb(step: WriteStep, kind: Disturbance): Promise<void>;
  /** Nothing is disturbed any more. */
  calm(): Promise<void>;
  /** Keys are forgotten. */
  passDay(): void;
  held(): number;
  heldBy(accountId: string): number;
  /** Ids of what there is of a payout, looked up without asking. */
  objectsOf(payout: Pick<Payout, "id" | "processorAccountId">): ProcessorObjects;
}

export interface ProcessorObjects {
  readonly transfers: readonly string[];
  readonly payouts: readonly string[];
}
