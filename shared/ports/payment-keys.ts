import * as z from "zod";

/** Contents of the secret that the payment processor's keys are kept in, as JSON. */
export const PaymentKeys = z.object({
  secretKey: z.string().regex(/^(sk|rk)_(test|live)_/, "must be a Stripe secret key"),
  webhookSecret: z.string().startsWith("whsec_"),
  /** Still taken while a rotation is under way. */
  previousWebhookSecret: z.string().startsWith("whsec_").optional(),
});
