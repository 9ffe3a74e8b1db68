import * as z from "zod";
import type { Account } from "../account.ts";
import type { Call } from "../call.ts";
import { currency } from "../currencies.ts";
import { newId } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import {
  clearableText,
  integer,
  isWithin,
  optionalText,
  page,
  parameters,
  text,
  timeRange,
  updated,
} from "../parameters.ts";
import { invalidRequest, parameterMissing, resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";
import { availableMinor, balanceTransactions, recordMovement } from "./balance-transactions.ts";
import { charges } from "./charge.ts";
import type { Charge } from "./charge.ts";
import { connectedAccounts } from "./connected-account.ts";
import { receivePayment } from "./connected-payment.ts";
import { transfers } from "./transfer.ts";
import type { Transfer } from "./transfer.ts";

const creation = parameters({
  amount: integer(1).optional(),
  currency: currency(),
  description: optionalText(),
  destination: text(),
  metadata: metadata().optional(),
  source_transaction: text().optional(),
  source_type: z.enum(["bank_account", "card", "fpx"]).default("card"),
  transfer_group: optionalText(),
});

type Creation = z.output<typeof creation>;

function destinationOf(call: Call, id: string): Account {
  const account = connectedAccounts(call.account).get(id);
  if (!account) throw resourceMissing("destination", id, "destination", 400);
  if (account.capabilities["transfers"] !== "active") {
    throw invalidRequest(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers, crypto_transfers, legacy_payments",
      { code: "insufficient_capabilities_for_transfer" },
    );
  }
  return call.state.openAccount(id);
}

function sourceOf(call: Call, input: Creation): Charge | undefined {
  const { source_transaction: id } = input;
  if (id === undefined) return undefined;
  const charge = charges(call.account).get(id);
  if (!charge) throw resourceMissing("charge", id, "source_transaction", 400);
  if (charge.currency !== input.currency) {
    throw invalidRequest(
      `The currency of source_transaction's balance transaction (${charge.currency}) must be the same as the transfer currency (${input.currency})`,
      { param: "currency" },
    );
  }
  return charge;
}

// https://docs.stripe.com/connect/separate-charges-and-transfers#transfer-availability: a transfer out of a charge
// needs no balance, but all of them together never exceed the charge; any other needs available funds.
function refuseUncovered(call: Call, input: Creation, amount: number, source: Charge | undefined): void {
  if (!source) {
    if (amount <= availableMinor(call.account, input.currency, call.nowSeconds)) return;
    throw invalidRequest(
      "You have insufficient available funds in your Stripe account. Try adding funds directly to your available balance by creating Charges using the 4000000000000077 test card. See: https://stripe.com/docs/testing#available-balance",
      { code: "balance_insufficient" },
    );
  }
  const known = transfers(call.account)
    .newestFirst()
    .filter((transfer) => transfer.source_transaction === source.id);
  const taken = known.reduce((sum, transfer) => sum + transfer.amount - transfer.amount_reversed, 0);
  if (taken + amount <= source.amount) return;
  throw invalidRequest(
    `Transfers using this transaction as a source must not exceed the source amount of ${source.amount}. (There is already a transfer using this source, amounting to a total of ${taken}.)`,
    { param: "source_transaction" },
  );
}

// https://docs.stripe.com/connect/separate-charges-and-transfers#transfer-options: a charge and what is made of it
// are one group, named by Stripe when nobody named it.
function groupOf(call: Call, input: Creation, source: Charge | undefined): string | null {
  if (!source) return input.transfer_group;
  const group = input.transfer_group ?? source.transfer_group ?? `group_${source.payment_intent ?? source.id}`;
  if (source.transfer_group === null) charges(call.account).put({ ...source, transfer_group: group });
  return group;
}

function amountOf(call: Call, input: Creation, source: Charge | undefined): number {
  const amount = input.amount ?? source?.amount;
  if (amount === undefined) throw parameterMissing("amount");
  refuseUncovered(call, input, amount, source);
  return amount;
}

function availableOn(call: Call, source: Charge | undefined): number {
  return balanceTransactions(call.account).get(source?.balance_transaction ?? "")?.available_on ?? call.nowSeconds;
}

function create(call: Call, input: Creation): Transfer {
  const destination = destinationOf(call, input.destination);
  const source = sourceOf(call, input);
  const amount = amountOf(call, input, source);
  const id = newId("tr");
  const move = { amount, currency: input.currency, availableOnSeconds: availableOn(call, source) };
  const description = input.description;
  const paid = recordMovement(call, {
    ...{ ...move, amount: -amount, fee: 0, source: id, description, type: "transfer", reportingCategory: "transfer" },
  });
  const transfer = transfers(call.account).put({
    ...{ id, object: "transfer", amount, amount_reversed: 0, balance_transaction: paid.id, created: call.nowSeconds },
    ...{ currency: input.currency, description, destination: destination.id, livemode: false, reversed: false },
    destination_payment: receivePayment(call.in(destination), { ...move, transferId: id }).id,
    metadata: withMetadata({}, input.metadata),
    reversals: { object: "list", data: [], has_more: false, url: `/v1/transfers/${id}/reversals` },
    source_transaction: source?.id ?? null,
    source_type: input.source_type,
    transfer_group: groupOf(call, input, source),
  });
  call.emit("transfer.created", transfer);
  return transfer;
}

/** The transfer of an id, asked for by the path. */
export function transferOf(call: Call): Transfer {
  const transfer = transfers(call.account).get(call.id);
  if (!transfer) throw resourceMissing("transfer", call.id, "id", 404);
  return transfer;
}

const listed = { collection: transfers, noun: "transfer", url: "/v1/transfers" };

const filters = {
  created: timeRange().optional(),
  destination: text().optional(),
  transfer_group: text().optional(),
};

const change = parameters({ description: clearableText().optional(), metadata: metadata().optional() });

export const transferRoutes = [
  route("POST /v1/transfers", creation, (input, call) => create(call, input)),
  route("GET /v1/transfers/{id}", parameters({}), (_input, call) => transferOf(call)),
  route("POST /v1/transfers/{id}", change, (input, call) => {
    const known = transferOf(call);
    const description = updated(known.description, input.description);
    const changed = { ...known, description, metadata: withMetadata(known.metadata, input.metadata) };
    call.emit("transfer.updated", transfers(call.account).put(changed));
    return changed;
  }),
  route("GET /v1/transfers", parameters({ ...page, ...filters }), (input, call) =>
    listPage(
      listed,
      call.account,
      input,
      (transfer) =>
        isWithin(transfer.created, input.created) &&
        (input.destination === undefined || transfer.destination === input.destination) &&
        (input.transfer_group === undefined || transfer.transfer_group === input.transfer_group),
    ),
  ),
];
