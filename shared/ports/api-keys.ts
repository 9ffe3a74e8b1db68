import type { ApiKeySeen } from "#shared/domain/api-keys/api-key";
import type { Instant } from "#shared/domain/kernel/time";
import type { Page, PageRequest } from "./page.ts";

export interface ApiKeys {
  /** Strongly consistent: a revoked key is gone with the next request. */
  find(keyId: string): Promise<ApiKeySeen | undefined>;
  /** Oldest first. */
  ofBrand(brandId: string, page: PageRequest): Promise<Page<ApiKeySeen>>;
  /** Notes that a key was used. What others note at the same time is as good: the last to write stays. */
  noteUse(keyId: string, at: Instant): Promise<void>;
}

export interface ApiSecrets {
  /** As many bytes as a secret needs, from the system's random source. */
  next(): Uint8Array;
}
