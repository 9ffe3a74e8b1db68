import type { Control } from "../controls.ts";
import type { Route } from "../routes.ts";
import { accountLinkRoutes } from "./account-links.ts";
import { accountControls, accountRoutes } from "./accounts.ts";
import { balance } from "./balance.ts";
import { balanceTransactionControls, balanceTransactionRoutes } from "./balance-transactions.ts";
import { chargeRoutes } from "./charges.ts";
import { customerRoutes } from "./customers.ts";
import { disputeControls, disputeRoutes } from "./disputes.ts";
import { eventRoutes } from "./events.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";
import { payoutControls, payoutRoutes } from "./payouts.ts";
import { refundControls, refundRoutes } from "./refunds.ts";
import { topupControls, topupRoutes } from "./topups.ts";
import { transferReversalControls, transferReversalRoutes } from "./transfer-reversals.ts";
import { transferRoutes } from "./transfers.ts";

/** Everything the fake serves. A resource is one file that declares its objects and routes, and one line here. */
export const resourceRoutes: readonly (readonly Route[])[] = [
  customerRoutes,
  paymentIntentRoutes,
  chargeRoutes,
  balance,
  balanceTransactionRoutes,
  eventRoutes,
  accountRoutes,
  accountLinkRoutes,
  transferRoutes,
  transferReversalRoutes,
  topupRoutes,
  payoutRoutes,
  refundRoutes,
  disputeRoutes,
];

/** The switches by which a person plays the other side: the bank, the cardholder, Stripe's reviewers. */
export const resourceControls: readonly (readonly Control[])[] = [
  accountControls,
  balanceTransactionControls,
  transferReversalControls,
  payoutControls,
  topupControls,
  refundControls,
  disputeControls,
];
