import { randomInt } from "node:crypto";
import { CODE_DIGITS } from "#shared/domain/users/sign-in";
import type { OneTimeCodes } from "#shared/ports/sign-in-codes";

/** Codes from the system's random source. */
export const randomOneTimeCodes = (): OneTimeCodes => ({
  next: () => String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, "0"),
});
