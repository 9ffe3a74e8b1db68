import type { Entities } from "#shared/domain/entities";
import { at, BRAND_ID } from "./builders.ts";

export const anApiKey = (parts: Partial<Entities["apiKey"]> = {}): Entities["apiKey"] => ({
  id: `key_${"0".repeat(26)}`,
  brandId: BRAND_ID,
  name: "shop",
  scopes: ["conversions:write"],
  prefix: `atk_${"0".repeat(26)}`,
  digest: "0".repeat(64),
  version: 1,
  createdAt: at,
  ...parts,
});
