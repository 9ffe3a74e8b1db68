import * as z from "zod";
import { refundLifecycle } from "#shared/domain/refunds/lifecycle";
import { depositLifecycle } from "#shared/domain/deposits/lifecycle";
import { webhookRefusals } from "#shared/domain/webhooks/refusals";
import { http, onQueue, schedule } from "./contract.ts";
import { askingStripe } from "./limits.ts";

export const receiveStripeWebhook = http({
  route: "POST /v1/webhooks/stripe",
  roles: "public",
  rawBody: true,
  reply: z.object({ received: z.literal(true) }),
  refuses: [webhookRefusals.badSignature],
  uses: ["payments:read", "stripeEvents:read", "stripeEvents:write", "eventQueue:send"],
  summary: "Keep what Stripe tells, and put it into the queue of its consumer",
  ifItFails: "what happens at Stripe is heard of when it is asked, or when Stripe tells it again, for three days",
});

export const processStripeEvent = onQueue({
  queue: "stripe-events",
  // Each asks Stripe some three times, which takes 25 questions a second at one endpoint (docs.stripe.com/rate-limits).
  delivers: { batchSize: 3, maxConcurrency: 5 },
  uses: [
    "accounts:listAdmins",
    "deposits:find",
    "deposits:followAny",
    "deposits:write",
    "refunds:write",
    "cardDisputes:write",
    "stripeEvents:read",
    "stripeEvents:write",
    "journal:post",
    "payments:follow",
  ],
  causes: [
    depositLifecycle.complete,
    depositLifecycle.fail,
    refundLifecycle.submit,
    refundLifecycle.succeed,
    refundLifecycle.fail,
  ],
  runs: askingStripe,
  summary: "Ask Stripe what holds now about what it told of, and bring the books there, once",
  ifItFails: "deposits, refunds, disputes and payouts are heard of late: by the sweeps, and when somebody asks",
});

export const sweepStripeEvents = schedule({
  job: "sweep-stripe-events",
  every: "rate(15 minutes)",
  timeZone: "UTC",
  uses: ["stripeEvents:listDue", "stripeEvents:write", "eventQueue:send"],
  runs: { timeoutSeconds: 240 },
  summary: "Bring back events of Stripe's that did not come to an end",
  ifItFails: "an event whose queue lost it is heard of only when somebody asks Stripe",
});
