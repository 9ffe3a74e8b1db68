import { encode } from "uqr";
import type { QrCodes } from "#shared/ports/links";

/**
 * QR codes by `uqr`: level M survives 15 % of damage, as print wants, and four light modules around are what a reader needs
 * to find it. Source: ISO/IEC 18004, "Error correction" and "Quiet zone".
 */
export const qrCodes = (): QrCodes => ({ of: (text) => encode(text, { ecc: "M", border: 4 }).data });
