import { randomBytes } from "node:crypto";
import { SECRET_BYTES } from "#shared/domain/api-keys/secret";
import type { ApiSecrets } from "#shared/ports/api-keys";

/** Secrets from the system's random source. */
export const randomApiSecrets = (): ApiSecrets => ({ next: () => randomBytes(SECRET_BYTES) });
