/** RFC 4180, in UTF-8, that no spreadsheet takes for formulas. */

/** A number that is written as people read it. */
export interface Decimal {
  readonly decimal: string;
}
export type Cell = string | number | boolean | Decimal | null | undefined;

/**
 * What makes a spreadsheet take a text for a formula, at its beginning. Sources: OWASP, "CSV Injection"; ASVS 5.0, 1.2.10; the
 * wide forms, which some spreadsheets fold.
 */
const FORMULA_STARTS: ReadonlySet<string> = new Set([..."=+-@＝＋－＠", "\t", "\r", "\n", "\0"]);

/**
 * Text is marked as text by a quote before it, as OWASP advises. A number is none of the person's words, so it stays as it is:
 * −5 is minus five, and no formula.
 */
const harmless = (text: string): string => (FORMULA_STARTS.has(text.charAt(0)) ? `'${text}` : text);

function fieldOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "object") return cell.decimal;
  if (typeof cell !== "string") return String(cell);
  const text = harmless(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its line end. */
export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(",")}\r\n`;
