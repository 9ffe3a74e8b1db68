import type { Route } from "../routes.ts";
import { balance } from "./balance.ts";
import { balanceTransactionRoutes } from "./balance-transactions.ts";
import { chargeRoutes } from "./charges.ts";
import { customerRoutes } from "./customers.ts";
import { eventRoutes } from "./events.ts";
import { paymentIntentRoutes } from "./payment-intents.ts";

/** Everything the fake serves. A resource is one file that declares its objects and routes, and one line here. */
export const resources: readonly (readonly Route[])[] = [
  customerRoutes,
  paymentIntentRoutes,
  chargeRoutes,
  balance,
  balanceTransactionRoutes,
  eventRoutes,
];
