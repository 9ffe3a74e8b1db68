import type { Conversion } from "./conversion.ts";

/** What is left of a conversion's value. */
export const netMinor = ({ value, reversedMinor }: Conversion): number => value.amount - reversedMinor;
