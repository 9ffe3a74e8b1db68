import * as z from "zod";
import { collectionOf } from "../account.ts";
import type { Account } from "../account.ts";
import { newId, randomCharacters } from "../identifiers.ts";
import { listPage } from "../listing.ts";
import { metadata, withMetadata } from "../metadata.ts";
import type { Metadata } from "../metadata.ts";
import {
  clearableEmail,
  clearableText,
  isWithin,
  list,
  page,
  parameters,
  text,
  timeRange,
  updated,
} from "../parameters.ts";
import { resourceMissing } from "../refusal.ts";
import { route } from "../routes.ts";

/** A postal address. */
export interface Address {
  readonly city: string | null;
  readonly country: string | null;
  readonly line1: string | null;
  readonly line2: string | null;
  readonly postal_code: string | null;
  readonly state: string | null;
}

/** Stripe's `customer`. */
export interface Customer {
  readonly id: string;
  readonly object: "customer";
  readonly address: Address | null;
  readonly balance: number;
  readonly created: number;
  readonly currency: string | null;
  readonly default_source: null;
  readonly delinquent: boolean;
  readonly description: string | null;
  readonly discount: null;
  readonly email: string | null;
  readonly invoice_prefix: string;
  readonly invoice_settings: {
    readonly custom_fields: null;
    readonly default_payment_method: null;
    readonly footer: null;
    readonly rendering_options: null;
  };
  readonly livemode: false;
  readonly metadata: Metadata;
  readonly name: string | null;
  readonly next_invoice_sequence: number;
  readonly phone: string | null;
  readonly preferred_locales: readonly string[];
  readonly shipping: null;
  readonly tax_exempt: "none";
  readonly test_clock: null;
}

/** The customers of an account. */
export const customers = collectionOf<Customer>("customer");

/** The customer of an id, asked for by the path. */
function customerOf(account: Account, id: string): Customer {
  const customer = customers(account).get(id);
  if (!customer) throw resourceMissing("customer", id, "id", 404);
  return customer;
}

/** @throws 400 when a parameter names a customer that does not exist. */
export function refuseUnknownCustomer(account: Account, id: string | null): void {
  if (id !== null && !customers(account).get(id)) throw resourceMissing("customer", id, "customer", 400);
}

const line = () => clearableText().optional();

const fields = {
  address: z
    .strictObject({
      city: line(),
      country: line(),
      line1: line(),
      line2: line(),
      postal_code: line(),
      state: line(),
    })
    .optional(),
  description: clearableText().optional(),
  email: clearableEmail().optional(),
  metadata: metadata().optional(),
  name: clearableText().optional(),
  phone: clearableText().optional(),
  preferred_locales: list(text()).optional(),
};

const change = parameters(fields);

const noAddress: Address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

type Change = z.output<typeof change>;

function changedAddress(current: Address | null, address: Change["address"]): Address | null {
  if (!address) return current;
  const known = current ?? noAddress;
  return {
    city: updated(known.city, address.city),
    country: updated(known.country, address.country),
    line1: updated(known.line1, address.line1),
    line2: updated(known.line2, address.line2),
    postal_code: updated(known.postal_code, address.postal_code),
    state: updated(known.state, address.state),
  };
}

function changed(customer: Customer, input: Change): Customer {
  return {
    ...customer,
    address: changedAddress(customer.address, input.address),
    description: updated(customer.description, input.description),
    email: updated(customer.email, input.email),
    metadata: withMetadata(customer.metadata, input.metadata),
    name: updated(customer.name, input.name),
    phone: updated(customer.phone, input.phone),
    preferred_locales: updated(customer.preferred_locales, input.preferred_locales),
  };
}

function blankCustomer(created: number): Customer {
  return {
    id: newId("cus", 14),
    object: "customer",
    address: null,
    balance: 0,
    created,
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomCharacters(8).toUpperCase(),
    invoice_settings: { custom_fields: null, default_payment_method: null, footer: null, rendering_options: null },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  };
}

const listed = { collection: customers, noun: "customer", url: "/v1/customers" };

export const customerRoutes = [
  route("POST /v1/customers", change, (input, call) => {
    const customer = customers(call.account).put(changed(blankCustomer(call.nowSeconds), input));
    call.emit("customer.created", customer);
    return customer;
  }),
  route("GET /v1/customers/{id}", parameters({}), (_input, call) => customerOf(call.account, call.id)),
  route("POST /v1/customers/{id}", change, (input, call) => {
    const customer = customers(call.account).put(changed(customerOf(call.account, call.id), input));
    call.emit("customer.updated", customer);
    return customer;
  }),
  // Of one that is gone Stripe would still say so much to who retrieves it, which nobody here does. docs.stripe.com/api/customers/delete
  route("DELETE /v1/customers/{id}", parameters({}), (_input, call) => {
    const customer = customerOf(call.account, call.id);
    customers(call.account).remove(customer.id);
    call.emit("customer.deleted", customer);
    return { id: customer.id, object: "customer", deleted: true };
  }),
  route(
    "GET /v1/customers",
    parameters({ ...page, created: timeRange().optional(), email: text().optional() }),
    (input, call) =>
      listPage(listed, call.account, input, (customer) => {
        const isWanted = input.email === undefined || customer.email === input.email;
        return isWanted && isWithin(customer.created, input.created);
      }),
  ),
];
