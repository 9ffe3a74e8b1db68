import type { Money } from "#shared/domain/kernel/money";
import type { Instant } from "#shared/domain/kernel/time";
import type { Payout } from "#shared/domain/payouts/payout";
import type { PayoutAccount, ProcessorAccount } from "#shared/domain/payouts/payout-account";
import type { PayoutMinimums } from "#shared/domain/payouts/minimum";
import type { Ask, PayoutNews, StepAnswer } from "#shared/domain/payouts/steps";
import type { EventDetail } from "#shared/domain/events/events";
import type { Page, PageRequest } from "./page.ts";

export interface Payouts {
  /** Strongly consistent. */
  get(payoutId: string): Promise<Payout | undefined>;
  /** Newest first. */
  ofCreator(creatorId: string, page: PageRequest): Promise<Page<Payout>>;
  /** A creator's that are short on their account at the processor: by an index, so that the newest may lack. */
  short(creatorId: string): Promise<readonly Payout[]>;
  /** Everybody's that are not over, in no order. */
  underWay(): Promise<readonly Payout[]>;
  /** Those that must be looked at, the paid ones too, longest overdue first in each part; parts may be read side by side. */
  due(now: Instant): readonly AsyncIterable<Payout>[];
}

export interface PayoutAccounts {
  /** Strongly consistent. */
  get(creatorId: string): Promise<PayoutAccount | undefined>;
}

/** What the stage is configured with. */
export interface PayoutRules {
  readonly minimums: PayoutMinimums;
}

/** Creators' accounts at the payment processor. */
export interface ConnectedAccounts {
  /**
   * Opens a creator's account, once: the same creator gives the same account, also after a lost reply.
   * @param of `instead` of one that is out of sight: then it is another one
   */
  open(of: {
    readonly creatorId: string;
    readonly email: string;
    readonly instead?: string | undefined;
  }): Promise<ProcessorAccount>;
  /** As it is now; undefined where nobody sees into it any more. */
  retrieve(processorAccountId: string): Promise<ProcessorAccount | undefined>;
  /** Where its creator tells the processor what it still asks for. Good once, for some minutes. */
  onboardingUrl(processorAccountId: string): Promise<string>;
}

/** The processor's side of payouts. */
export interface PayoutProcessor {
  /**
   * Carries one step out, or finds that it has been: the same step of the same payout happens once, after any number of
   * lost replies and any time between them.
   * @throws Unavailable when the processor could not be asked: nothing was begun.
   */
  carryOut(ask: Ask): Promise<StepAnswer>;
  /** What a creator's account there holds, available or not yet; undefined where nobody sees into it any more. */
  heldOn(processorAccountId: string): Promise<readonly Money[] | undefined>;
  /** Which payout of ours an object is part of, and what it says of it. */
  whatChanged(of: EventDetail<"processor.object_changed">): Promise<PayoutNews | undefined>;
}
