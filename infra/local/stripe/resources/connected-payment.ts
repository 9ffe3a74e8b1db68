import type { Call } from "../call.ts";
import { newId } from "../identifiers.ts";
import { recordMovement } from "./balance-transactions.ts";
import { charges, plainCharge } from "./charge.ts";
import type { Charge } from "./charge.ts";
import { plainRefund, refunds } from "./refund.ts";
import type { Refund } from "./refund.ts";

/** The payment by which a transfer arrives in its account: a charge whose id begins with `py_`. */
export function receivePayment(
  call: Call,
  transfer: {
    readonly transferId: string;
    readonly amount: number;
    readonly currency: string;
    readonly availableOnSeconds: number;
  },
): Charge {
  const { amount, currency, availableOnSeconds } = transfer;
  const id = newId("py");
  const text = { type: "payment", reportingCategory: "charge", description: null };
  const received = recordMovement(call, { ...text, amount, currency, fee: 0, source: id, availableOnSeconds });
  const payment = charges(call.account).put({
    ...plainCharge,
    ...{ id, amount, amount_captured: amount, currency, balance_transaction: received.id, created: call.nowSeconds },
    ...{ calculated_statement_descriptor: null, customer: null, description: null, metadata: {}, outcome: null },
    ...{ captured: true, failure_code: null, failure_message: null, paid: true, payment_intent: null },
    ...{ receipt_email: null, receipt_url: null, statement_descriptor: null, statement_descriptor_suffix: null },
    payment_method: null,
    payment_method_details: { stripe_account: {}, type: "stripe_account" },
    source_transfer: transfer.transferId,
    status: "succeeded",
    transfer_group: null,
  });
  call.emit("payment.created", payment);
  return payment;
}

/** What a reversal takes back of such a payment: a refund whose id begins with `pyr_`. */
export function returnPayment(call: Call, payment: Charge, amount: number, reversalId: string): Refund {
  const { currency } = payment;
  const id = newId("pyr");
  const text = { type: "payment_refund", reportingCategory: "refund", description: "REFUND FOR PAYMENT" };
  const returned = recordMovement(call, {
    ...{ ...text, amount: -amount, currency, fee: 0, source: id, availableOnSeconds: call.nowSeconds },
  });
  const refunded = payment.amount_refunded + amount;
  charges(call.account).put({ ...payment, amount_refunded: refunded, refunded: refunded === payment.amount });
  return refunds(call.account).put({
    ...plainRefund,
    ...{ id, amount, currency, charge: payment.id, balance_transaction: returned.id, created: call.nowSeconds },
    status: "succeeded",
    transfer_reversal: reversalId,
  });
}
