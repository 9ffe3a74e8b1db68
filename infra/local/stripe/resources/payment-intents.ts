import * as z from "zod";
import type { Account } from "../account.ts";
import { currency, refuseAmount } from "../currencies.ts";
import { newId, randomCharacters } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import { boolean, integer, isWithin, list, optionalText, page, parameters, text, timeRange } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import type { Call } from "../call.ts";
import { refuseUnknownCustomer } from "./customers.ts";
import { confirm, missingPaymentMethod } from "./confirmation.ts";
import { paymentIntents, untouchedIntent } from "./payment-intent.ts";
import type { PaymentIntent } from "./payment-intent.ts";
import { usePaymentMethod } from "./payment-methods.ts";

const creation = parameters({
  amount: integer(1),
  currency: currency(),
  automatic_payment_methods: z
    .strictObject({ enabled: boolean(), allow_redirects: z.enum(["always", "never"]).default("always") })
    .optional(),
  capture_method: z.enum(["automatic", "automatic_async"]).default("automatic_async"),
  confirm: boolean().optional(),
  customer: optionalText(),
  description: optionalText(),
  excluded_payment_method_types: list(text()).optional(),
  metadata: metadata().optional(),
  off_session: boolean().optional(),
  payment_method: text().optional(),
  payment_method_types: list(text()).optional(),
  receipt_email: optionalText(),
  return_url: text().optional(),
  setup_future_usage: z.enum(["off_session", "on_session"]).nullable().default(null),
  statement_descriptor: optionalText(),
  statement_descriptor_suffix: optionalText(),
  transfer_group: optionalText(),
});

type Creation = z.output<typeof creation>;

function refuseCreation(call: Call, input: Creation): void {
  refuseAmount(input.amount, input.currency);
  refuseUnknownCustomer(call.account, input.customer);
  if (input.automatic_payment_methods?.enabled && input.payment_method_types) {
    throw invalidRequest(
      "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
    );
  }
  if (!input.confirm && input.return_url !== undefined) {
    throw invalidRequest(
      "The parameter `return_url` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.",
      { param: "return_url" },
    );
  }
  if (input.confirm && input.payment_method === undefined) throw missingPaymentMethod();
}

function newIntent(call: Call, input: Creation): PaymentIntent {
  const id = newId("pi");
  const { payment_method: token } = input;
  const paymentMethod = token === undefined ? null : usePaymentMethod(call, token).id;
  return {
    ...untouchedIntent,
    id,
    amount: input.amount,
    automatic_payment_methods: automaticMethods(input),
    capture_method: input.capture_method,
    client_secret: `${id}_secret_${randomCharacters(25)}`,
    created: call.nowSeconds,
    currency: input.currency,
    customer: input.customer,
    description: input.description,
    excluded_payment_method_types: input.excluded_payment_method_types ?? null,
    metadata: withMetadata({}, input.metadata),
    payment_method: paymentMethod,
    payment_method_types: input.payment_method_types ?? ["card"].filter((type) => !isExcluded(type, input)),
    receipt_email: input.receipt_email,
    setup_future_usage: input.setup_future_usage,
    statement_descriptor: input.statement_descriptor,
    statement_descriptor_suffix: input.statement_descriptor_suffix,
    status: paymentMethod === null ? "requires_payment_method" : "requires_confirmation",
    transfer_group: input.transfer_group,
  };
}

const isExcluded = (type: string, { excluded_payment_method_types: excluded = [] }: Creation): boolean =>
  excluded.includes(type);

// Without a list of types the account's own methods apply, as they do since API version 2023-08-16.
function automaticMethods(input: Creation): PaymentIntent["automatic_payment_methods"] {
  if (input.payment_method_types) return null;
  return input.automatic_payment_methods ?? { allow_redirects: "always", enabled: true };
}

function intentOf(account: Account, id: string): PaymentIntent {
  const intent = paymentIntents(account).get(id);
  if (!intent) throw resourceMissing("payment_intent", id, "intent", 404);
  return intent;
}

const cancelable = [
  "requires_payment_method",
  "requires_capture",
  "requires_confirmation",
  "requires_action",
  "processing",
];

function cancel(call: Call, intent: PaymentIntent, reason: string | undefined): PaymentIntent {
  if (!cancelable.includes(intent.status)) {
    throw invalidRequest(
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: ${cancelable.join(", ")}.`,
      { code: "payment_intent_unexpected_state", payment_intent: intent },
    );
  }
  const canceled = paymentIntents(call.account).put({
    ...intent,
    canceled_at: call.nowSeconds,
    cancellation_reason: reason ?? null,
    next_action: null,
    status: "canceled",
  });
  call.emit("payment_intent.canceled", canceled);
  return canceled;
}

const confirmation = parameters({
  off_session: boolean().optional(),
  payment_method: text().optional(),
  receipt_email: text().optional(),
  return_url: text().optional(),
  use_stripe_sdk: boolean().optional(),
});

const cancellation = parameters({
  cancellation_reason: z.enum(["duplicate", "fraudulent", "requested_by_customer", "abandoned"]).optional(),
});

const listed = { collection: paymentIntents, noun: "payment_intent", url: "/v1/payment_intents" };

export const paymentIntentRoutes = [
  route("POST /v1/payment_intents", creation, (input, call) => {
    refuseCreation(call, input);
    const intent = paymentIntents(call.account).put(newIntent(call, input));
    call.emit("payment_intent.created", intent);
    if (!input.confirm) return intent;
    return confirm(call, intent, { off_session: input.off_session, return_url: input.return_url });
  }),
  route("GET /v1/payment_intents/{id}", parameters({ client_secret: text().optional() }), (_input, call) =>
    intentOf(call.account, call.id),
  ),
  route("POST /v1/payment_intents/{id}/confirm", confirmation, (input, call) =>
    confirm(call, intentOf(call.account, call.id), input),
  ),
  route("POST /v1/payment_intents/{id}/cancel", cancellation, (input, call) =>
    cancel(call, intentOf(call.account, call.id), input.cancellation_reason),
  ),
  route(
    "GET /v1/payment_intents",
    parameters({ ...page, created: timeRange().optional(), customer: text().optional() }),
    (input, call) =>
      listPage(listed, call.account, input, (intent) => {
        const isWanted = input.customer === undefined || intent.customer === input.customer;
        return isWanted && isWithin(intent.created, input.created);
      }),
  ),
];
