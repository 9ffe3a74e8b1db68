import type { ApiKey } from "#shared/domain/api-keys/api-key";
import type { Declaration } from "../item.ts";

export const apiKey = {
  kind: "apiKey",
  prefix: "API_KEY",
  partition: ["id"],
  sort: [],
  listings: {
    ofBrand: { index: "owner", prefix: "API_KEYS_OF_BRAND", partition: ["brandId"], sort: ["id"] },
  },
  removable: true,
} as const satisfies Declaration<ApiKey>;

/** When a key was last used, apart from the key, so that whoever is let in by one need not be able to write keys. Outlives it. */
export const apiKeyUse = {
  kind: "apiKeyUse",
  prefix: "API_KEY_USE",
  partition: ["keyId"],
  sort: [],
} as const satisfies Declaration<{ readonly keyId: string; readonly lastUsedAt: string }>;
