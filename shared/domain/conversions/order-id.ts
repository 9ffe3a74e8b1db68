import * as z from "zod";

/** Of a shop's numbers: long enough for any, and no place to keep something in. */
const MAX_LENGTH = 200;

/**
 * A shop's name for an order. Conversions and inquiries are held to once by it, and a creator copies from a mail what a shop sends
 * from its tables: so blanks around it and the way an accent is put together are not part of it. What nobody sees could make one
 * order two, or turn around the sentence it is shown in. Case is: there are shops whose numbers differ by nothing else.
 */
export const OrderId = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1)
  .max(MAX_LENGTH)
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, "must have no invisible characters");
