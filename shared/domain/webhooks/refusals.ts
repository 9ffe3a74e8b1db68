import type { RefusalCode } from "../kernel/refusal.ts";

export const webhookRefusals = {
  badSignature: { kind: "invalid", code: "webhook.bad_signature", title: "The webhook is not signed by Stripe" },
} as const satisfies Record<string, RefusalCode>;
