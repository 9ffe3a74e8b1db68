/** What must hold before a decision is appealed. */
import { type Guard, notDue } from "../kernel/lifecycle.ts";
import { lifecycleRefusals } from "../kernel/refusals.ts";
import { type Instant, plusDays } from "../kernel/time.ts";
import type { Earning } from "../wallets/earning.ts";
import { APPEAL_DAYS, type Dispute } from "./dispute.ts";
import { disputeRefusals } from "./refusals.ts";

/** What an appeal, and a decision about one, look at. */
export interface AppealState {
  readonly dispute: Dispute;
  /** What the first decision gave the creator, when it gave them anything. */
  readonly earning: Earning | undefined;
}

/** What the creator has been given can be booked again for as long as it is on hold. */
const isOnHold = ({ earning }: AppealState): boolean => earning === undefined || earning.status === "pending";

const appealEndsAt = ({ decisions: [first] }: Dispute): Instant | undefined =>
  first && plusDays(first.decidedAt, APPEAL_DAYS);

export const mayBeAppealed: Guard<AppealState> = {
  says: "decided within the last seven days, what the creator got is still on hold",
  refuses: [disputeRefusals.appealClosed],
  stops: (state, { now }) => {
    const { dispute } = state;
    const endsAt = appealEndsAt(dispute);
    if (endsAt !== undefined && now < endsAt && isOnHold(state)) return [];
    const detail = `An appeal is possible for ${APPEAL_DAYS} days after the decision`;
    return [{ refusal: disputeRefusals.appealClosed, detail, currentState: dispute.status }];
  },
};

export const appealIsOpen: Guard<AppealState> = {
  says: "the appeal's time is not up, what the creator got is still on hold",
  refuses: [disputeRefusals.appealClosed],
  stops: (state, { now }) => {
    const { appeal, status } = state.dispute;
    if (appeal !== undefined && now < appeal.dueAt && isOnHold(state)) return [];
    const refusal = disputeRefusals.appealClosed;
    return [{ refusal, detail: "The appeal was not decided in time: the first decision stands", currentState: status }];
  },
};

export const appealIsOverdue: Guard<Dispute> = {
  says: "nobody decided about the appeal in time",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ appeal }, { now }) =>
    appeal !== undefined && appeal.dueAt <= now ? [] : [notDue(`It is to be decided by ${appeal?.dueAt ?? "nobody"}`)],
};

export const decisionIsOverdue: Guard<Dispute> = {
  says: "nobody decided in time",
  refuses: [lifecycleRefusals.notDue],
  stops: ({ dueAt }, { now }) => (dueAt <= now ? [] : [notDue(`It is to be decided by ${dueAt}`)]),
};
