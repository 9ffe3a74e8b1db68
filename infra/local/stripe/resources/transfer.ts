import { collectionOf } from "../account.ts";
import type { Metadata } from "../metadata.ts";

/** Stripe's `transfer`: money of the platform that becomes a connected account's. */
export interface Transfer {
  readonly id: string;
  readonly object: "transfer";
  readonly amount: number;
  readonly amount_reversed: number;
  readonly balance_transaction: string | null;
  readonly created: number;
  readonly currency: string;
  readonly description: string | null;
  readonly destination: string;
  readonly destination_payment: string;
  readonly livemode: false;
  readonly metadata: Metadata;
  /** The ten newest, newest first. */
  readonly reversals: {
    readonly object: "list";
    readonly data: readonly TransferReversal[];
    readonly has_more: boolean;
    readonly url: string;
  };
  readonly reversed: boolean;
  readonly source_transaction: string | null;
  readonly source_type: string;
  readonly transfer_group: string | null;
}

/** The transfers of an account. */
export const transfers = collectionOf<Transfer>("transfer");

/** Stripe's `transfer_reversal`. */
export interface TransferReversal {
  readonly id: string;
  readonly object: "transfer_reversal";
  readonly amount: number;
  readonly balance_transaction: string | null;
  readonly created: number;
  readonly currency: string;
  readonly destination_payment_refund: string | null;
  readonly metadata: Metadata;
  readonly source_refund: null;
  readonly transfer: string;
}

/** The reversals of an account's transfers. */
export const transferReversals = collectionOf<TransferReversal>("transfer_reversal");
