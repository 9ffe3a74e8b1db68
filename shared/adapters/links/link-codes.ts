import { customAlphabet } from "nanoid";
import { CODE_ALPHABET, CODE_LENGTH } from "#shared/domain/links/code";
import type { LinkCodes } from "#shared/ports/links";

/** Codes from the system's random source. */
export const randomLinkCodes = (): LinkCodes => ({ next: customAlphabet(CODE_ALPHABET, CODE_LENGTH) });
