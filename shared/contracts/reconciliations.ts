import * as z from "zod";
import { CalendarDay } from "#shared/domain/kernel/time";
import { reconciliationRefusals } from "#shared/domain/reconciliations/refusals";
import { Reconciliation } from "#shared/domain/reconciliations/reconciliation";
import { http, schedule } from "./contract.ts";

export const reconcilePayments = schedule({
  job: "reconcile-payments",
  // Stripe's day is over at midnight; what came in its last minutes is booked by now.
  every: "cron(30 3 * * ? *)",
  timeZone: "UTC",
  uses: ["reconciliations:read", "reconciliations:write", "journal:list", "journal:read", "statements:read"],
  runs: { timeoutSeconds: 600, memoryMb: 1024 },
  summary: "Compare the last days' books with the payment processor's, movement by movement",
  ifItFails: "nobody notices when our books and the processor's money drift apart",
});

export const getReconciliation = http({
  route: "GET /v1/admin/reconciliations/{date}",
  roles: ["admin"],
  path: z.strictObject({ date: CalendarDay }),
  reply: Reconciliation.omit({ version: true }).meta({ id: "Reconciliation" }),
  refuses: [reconciliationRefusals.notFound],
  uses: ["reconciliations:read"],
  summary: "Read how the books and the payment processor agree about a day",
  ifItFails: "admins do not see what does not agree",
});
