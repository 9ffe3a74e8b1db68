import type { AuditEntry, AuditFilter } from "#shared/domain/audit/audit-entry";
import type { AuditProof, Proven, TrailPart } from "#shared/domain/audit/proof";
import type { Seal } from "#shared/domain/audit/seal";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

/** A row, and the seal that holds it; none until it is sealed, seconds later. */
export interface SealedRow {
  readonly row: AuditEntry;
  readonly seal: Pick<Seal, "hash" | "previousHash"> | undefined;
}

export interface AuditTrail {
  /** Newest first. */
  rows(filter: AuditFilter, page: PageRequest): Promise<Page<SealedRow>>;
  /**
   * What of the trail follows on what is proven: all of it, or its beginning when that has more than about `most` entries.
   * Costs what it gives, however long the trail is.
   */
  after(proven: Proven, now: Instant, most: number): Promise<TrailPart>;
  /** Strongly consistent. */
  proof(): Promise<AuditProof | undefined>;
}
