/** What must hold before a campaign's status changes. */
import { type Guard, notDue, type Stop } from "../kernel/lifecycle.ts";
import { formatMoney } from "../kernel/money.ts";
import { accessRefusals, lifecycleRefusals } from "../kernel/refusals.ts";
import type { Instant } from "../kernel/time.ts";
import type { Account } from "../users/account.ts";
import type { Wallet } from "../wallets/wallet.ts";
import type { Budget, Campaign } from "./campaign.ts";
import type { Deliverable } from "./deliverable.ts";
import { campaignRefusals } from "./refusals.ts";

/** What publication looks at. */
export interface PublicationState {
  readonly campaign: Campaign;
  readonly deliverables: readonly Deliverable[];
  /** Of the campaign's brand. */
  readonly wallet: Wallet | undefined;
}

/** What time and money look at, and people who pause a campaign or let it go on. */
export interface RunningState {
  readonly campaign: Campaign;
  readonly budget: Budget;
}

export const hasStarted = ({ timeline }: Campaign, now: Instant): boolean => timeline.start <= now;

const publicationRefusals = [
  accessRefusals.ownerSuspended,
  campaignRefusals.endNotFuture,
  campaignRefusals.noDeliverables,
  campaignRefusals.unfunded,
];

/** The campaign can be paid and made, and its start is still to come. */
export const readyToSchedule: Guard<PublicationState> = {
  says: "ends in the future, asks for something, the wallet holds the budget; its start is still to come",
  refuses: [...publicationRefusals, lifecycleRefusals.notDue],
  stops: (state, { now }) => [
    ...publicationStops(state, now),
    ...stopIf(hasStarted(state.campaign, now), notDue(`It has started: ${state.campaign.timeline.start}`)),
  ],
};

/** The campaign can be paid and made, and its start has come. */
export const readyToLaunch: Guard<PublicationState> = {
  says: "ends in the future, asks for something, the wallet holds the budget; its start has come",
  refuses: [...publicationRefusals, lifecycleRefusals.notDue],
  stops: (state, { now }) => [...publicationStops(state, now), ...startStops(state.campaign, now)],
};

export const startHasCome: Guard<RunningState> = {
  says: "its start has come",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ campaign }, { now }) => startStops(campaign, now),
};

export const endHasCome: Guard<RunningState> = {
  says: "its end has come",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ campaign }, { now }) => stopIf(campaign.timeline.end > now, notDue(`It ends on ${campaign.timeline.end}`)),
};

export const budgetIsSpent: Guard<RunningState> = {
  says: "nothing is left that could be promised or paid",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ budget }) => stopIf(!isSpent(budget), notDue("Its budget is not spent")),
};

export const notEnded: Guard<RunningState> = {
  says: "its end is still to come",
  refuses: [campaignRefusals.ended],
  stops: ({ campaign }, { now }) => endStops(campaign, now),
};

/** What money of a brand's own comes out of, or goes to; by it the brand itself is known to be active. */
export interface FundingState extends RunningState {
  /** The brand's. */
  readonly wallet: Wallet | undefined;
}

/** Money comes home: nobody moves it for a brand that is suspended. */
export const readyToCancel: Guard<FundingState> = {
  says: "its end is still to come, its brand is active",
  refuses: [campaignRefusals.ended, accessRefusals.ownerSuspended],
  stops: ({ campaign, wallet }, { now }) => [...endStops(campaign, now), ...ownerStops(wallet)],
};

/** What a brand's ban, and the end of one, look at. */
export interface StandingState extends RunningState {
  /** The brand's. */
  readonly account: Account;
}

export const brandIsBanned: Guard<StandingState> = {
  says: "its brand is banned",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ account }) => stopIf(account.status === "active", notDue("Its brand is not banned")),
};

/** What would be stopped again at once does not go on, and what people paused stays paused. */
export const banIsOver: Guard<StandingState> = {
  says: "it was paused by a ban that is over, its end is still to come, something is left that can be promised or paid",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ account, campaign, budget }, { now }) => [
    ...stopIf(!campaign.pausedForBan || account.status !== "active", notDue("No ban that is over has paused it")),
    ...stopIf(campaign.timeline.end <= now || isSpent(budget), notDue("It has ended, or its budget is spent")),
  ],
};

/** A campaign that the hourly job, or its brand's ban, would pause again does not go on. */
export const readyToResume: Guard<FundingState> = {
  says: "its end is still to come, its brand is active, something is left that can be promised or paid",
  refuses: [campaignRefusals.ended, accessRefusals.ownerSuspended, campaignRefusals.insufficientFunds],
  stops: ({ campaign, budget, wallet }, { now }) => [
    ...endStops(campaign, now),
    ...ownerStops(wallet),
    ...spentStops(campaign, budget),
  ],
};

/** Nothing of it is left that could be promised or paid, and some of it was paid. */
export const isSpent = ({ unassigned, secured, spent }: Budget): boolean =>
  spent > 0 && unassigned === 0 && secured === 0;

const stopIf = (holds: boolean, stop: Stop): readonly Stop[] => (holds ? [stop] : []);

const ownerStops = (wallet: Wallet | undefined): readonly Stop[] =>
  stopIf(wallet?.ownerStatus === "suspended", {
    refusal: accessRefusals.ownerSuspended,
    detail: accessRefusals.ownerSuspended.title,
    currentState: "suspended",
  });

const startStops = (campaign: Campaign, now: Instant): readonly Stop[] =>
  stopIf(!hasStarted(campaign, now), notDue(`It starts on ${campaign.timeline.start}`));

const endStops = ({ timeline, status }: Campaign, now: Instant): readonly Stop[] =>
  stopIf(timeline.end <= now, {
    refusal: campaignRefusals.ended,
    detail: `The campaign ended on ${timeline.end}`,
    currentState: status,
  });

function spentStops({ status }: Campaign, budget: Budget): readonly Stop[] {
  const total = formatMoney({ amount: budget.spent, currency: budget.currency });
  return stopIf(isSpent(budget), {
    refusal: campaignRefusals.insufficientFunds,
    detail: `The budget is spent: of ${total} nothing is left that could be promised or paid`,
    currentState: status,
  });
}

/** Everything that stops publication at any time, rules before funds. */
function publicationStops({ campaign, deliverables, wallet }: PublicationState, now: Instant): readonly Stop[] {
  const { plannedBudget, timeline, status: currentState } = campaign;
  const missing = plannedBudget.amount - (wallet?.currency === plannedBudget.currency ? wallet.available : 0);
  return [
    ...ownerStops(wallet),
    ...stopIf(timeline.end <= now, {
      refusal: campaignRefusals.endNotFuture,
      detail: `The campaign's end, ${timeline.end}, has passed`,
      currentState,
    }),
    ...stopIf(deliverables.length === 0, {
      refusal: campaignRefusals.noDeliverables,
      detail: "Add at least one deliverable",
      currentState,
    }),
    ...stopIf(missing > 0, {
      refusal: campaignRefusals.unfunded,
      detail: `The budget is ${formatMoney(plannedBudget)}; the wallet is short of ${formatMoney({ ...plannedBudget, amount: Math.max(missing, 0) })}`,
      currentState,
    }),
  ];
}
