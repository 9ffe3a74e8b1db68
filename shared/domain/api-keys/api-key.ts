import * as z from "zod";
import { idOf, UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";

/** What a brand's own server may do with a key, and nothing else. */
export const ApiScope = z.enum(["conversions:write", "conversions:read"]);
export type ApiScope = z.infer<typeof ApiScope>;

/** A brand's key to some of the API, for servers that nobody signs in on. It is never changed: it is revoked, and gone. */
export const ApiKey = z.object({
  id: idOf("key"),
  brandId: UserId,
  name: z.string(),
  scopes: z.array(ApiScope),
  /** What its secret begins with, so that people tell keys apart. */
  prefix: z.string(),
  /** SHA-256 of the secret, in hex: the secret itself is stored nowhere. */
  digest: z.string(),
  version: z.int(),
  createdAt: Instant,
});
export type ApiKey = z.infer<typeof ApiKey>;

/** A key that a request was made with, and when one was last. */
export interface ApiKeySeen extends ApiKey {
  readonly lastUsedAt: Instant | null;
}

/** A key without scopes proves whose it is, and may do nothing. */
export const NewApiKey = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(ApiScope).max(ApiScope.options.length),
});
export type NewApiKey = z.infer<typeof NewApiKey>;
