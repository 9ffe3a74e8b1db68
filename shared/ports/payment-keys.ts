import * as z from "zod";

/** Contents of the secret that the payment processor's keys are kept in, as JSON. */
export const PaymentKeys = z.object({
  secretKey: z.string().regex(/^(sk|rk)_(test|live)_/, "must be a Stripe secret key"),
  /** Of the endpoint for events of the platform's own account. */
  webhookSecret: z.string().startsWith("whsec_"),
  /** Still taken while a rotation is under way. */
  previousWebhookSecret: z.string().startsWith("whsec_").optional(),
  /**
   * Of the endpoint for events of connected accounts, which Stripe signs with a secret of its own. Source:
   * docs.stripe.com/connect/webhooks.
   */
  connectWebhookSecret: z.string().startsWith("whsec_").optional(),
  previousConnectWebhookSecret: z.string().startsWith("whsec_").optional(),
});
