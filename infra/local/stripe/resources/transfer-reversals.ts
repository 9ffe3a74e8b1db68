import * as z from "zod";
import type { Call } from "../call.ts";
import { control } from "../controls.ts";
import { shownAmount } from "../currencies.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import type { Metadata } from "../metadata.ts";
import { boolean, integer, optionalText, page, parameters } from "../parameters.ts";
import { invalidRequest, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { availableMinor, recordMovement } from "./balance-transactions.ts";
import { charges } from "./charge.ts";
import { returnPayment } from "./connected-payment.ts";
import { transferReversals, transfers } from "./transfer.ts";
import type { Transfer, TransferReversal } from "./transfer.ts";
import { transferOf } from "./transfers.ts";

const creation = parameters({
  amount: integer(1).optional(),
  description: optionalText(),
  metadata: metadata().optional(),
  refund_application_fee: boolean().optional(),
});

interface Wish {
  readonly amount?: number | undefined;
  readonly description?: string | null;
  readonly metadata?: Metadata | undefined;
}

// https://docs.stripe.com/api/transfer_reversals/create: an error once all of it is reversed, and for more than is left. Without
// an amount it is "the entire transfer amount", which is more than is left of one that was reversed in part.
function amountOf(transfer: Transfer, wish: Wish): number {
  const left = transfer.amount - transfer.amount_reversed;
  if (left === 0) throw invalidRequest(`Transfer ${transfer.id} has already been fully reversed.`, { param: "id" });
  const amount = wish.amount ?? transfer.amount;
  if (amount > left) {
    const shown = (minor: number) => shownAmount(minor, transfer.currency);
    throw invalidRequest(
      `Transfer reversal amount (${shown(amount)}) is greater than unreversed amount on transfer (${shown(left)})`,
      { param: "amount" },
    );
  }
  return amount;
}

// https://docs.stripe.com/connect/separate-charges-and-transfers#reverse-transfers: only what the account still holds.
function refuseSpent(call: Call, transfer: Transfer, amount: number): void {
  const destination = call.state.openAccount(transfer.destination);
  if (amount <= availableMinor(destination, transfer.currency, call.nowSeconds)) return;
  throw invalidRequest(
    "Insufficient funds: the connected account does not have a sufficient available balance to cover this reversal.",
    { code: "balance_insufficient" },
  );
}

function reverse(call: Call, transfer: Transfer, wish: Wish, amount: number): TransferReversal {
  const id = newId("trr");
  const { currency } = transfer;
  const description = wish.description ?? null;
  const destination = call.state.openAccount(transfer.destination);
  const payment = charges(destination).get(transfer.destination_payment);
  const text = { type: "transfer_refund", reportingCategory: "transfer_reversal", description };
  const regained = recordMovement(call, {
    ...{ ...text, amount, currency, fee: 0, source: id, availableOnSeconds: call.nowSeconds },
  });
  const reversal = transferReversals(call.account).put({
    ...{ id, object: "transfer_reversal", amount, balance_transaction: regained.id, created: call.nowSeconds },
    ...{ currency, source_refund: null, transfer: transfer.id },
    destination_payment_refund: payment ? returnPayment(call.in(destination), payment, amount, id).id : null,
    metadata: withMetadata({}, wish.metadata),
  });
  const data = [reversal, ...transfer.reversals.data];
  const amount_reversed = transfer.amount_reversed + amount;
  const changed = transfers(call.account).put({
    ...transfer,
    amount_reversed,
    reversals: { ...transfer.reversals, data: data.slice(0, 10), has_more: data.length > 10 },
    reversed: amount_reversed === transfer.amount,
  });
  call.emit("transfer.reversed", changed);
  return reversal;
}

export const transferReversalRoutes = [
  route("POST /v1/transfers/{id}/reversals", creation, (input, call) => {
    const transfer = transferOf(call);
    const amount = amountOf(transfer, input);
    refuseSpent(call, transfer, amount);
    return reverse(call, transfer, input, amount);
  }),
  route("GET /v1/transfers/{id}/reversals/{reversal}", parameters({}), (_input, call) => {
    const [transferId, id = ""] = call.ids;
    const reversal = transferReversals(call.account).get(id);
    if (!reversal || reversal.transfer !== transferId) throw resourceMissing("transfer_reversal", id, "id", 404);
    return reversal;
  }),
  route("GET /v1/transfers/{id}/reversals", parameters(page), (input, call) => {
    const { id, reversals } = transferOf(call);
    const listed = { collection: transferReversals, noun: "transfer_reversal", url: reversals.url };
    return listPage(listed, call.account, input, (reversal) => reversal.transfer === id);
  }),
];

export const transferReversalControls = [
  // As from the dashboard of an account that may owe: the money is taken back even after its payout.
  control("POST /_transfers/{id}/reversals", z.strictObject({ amount: z.int().min(1).optional() }), (input, call) => {
    const transfer = transferOf(call);
    const { amount = transfer.amount - transfer.amount_reversed } = input;
    return reverse(call, transfer, input, amountOf(transfer, { amount }));
  }),
];
