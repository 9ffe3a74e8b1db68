import type { CardDispute } from "#shared/domain/card-disputes/card-dispute";
import type { Instant } from "#shared/domain/kernel/time";
import type { Refund } from "#shared/domain/refunds/refund";
import type { Page, PageRequest } from "./page.ts";

export interface Refunds {
  /** Strongly consistent. */
  get(refundId: string): Promise<Refund | undefined>;
  /** Newest first. */
  ofOwner(userId: string, page: PageRequest): Promise<Page<Refund>>;
  /** Those that the processor must be asked about, longest due first; read as they are asked for. */
  due(now: Instant): AsyncIterable<Refund>;
}

export interface CardDisputes {
  /** Newest first. */
  all(page: PageRequest): Promise<Page<CardDispute>>;
}
