/** RFC 4180, in UTF-8, that no spreadsheet takes for formulas. */

/** A number that is written as people read it. */
export interface Decimal {
  readonly decimal: string;
}
export type Cell = string | number | boolean | Decimal | null | undefined;

/**
 * Where a spreadsheet takes a text for a formula: at its beginning, and wherever a program that parts cells by other signs than
 * ours begins one: Excel by semicolons in much of Europe, where it sees none of our quotes either, so that a line begins one as
 * well; LibreOffice by semicolons and tabs besides. Blanks of any kind, quotes, control characters and what nobody sees may be
 * dropped before it. Sources: OWASP, "CSV Injection", which names separators and quotes; ASVS 5.0, 1.2.10; the wide and the small
 * forms, which some spreadsheets fold.
 */
const FORMULA_START =
  /(?<=^|[;\t\r\n])(?=(?:(?![\t\r\n])[\s"\p{Cc}\p{Default_Ignorable_Code_Point}])*[=+\-@＝＋－＠﹦﹢﹣﹫\0])|^(?=[\t\r\n])/gu;

/**
 * Text is marked as text by a quote before it, as OWASP advises. A number is none of the person's words, so it stays as it is:
 * −5 is minus five, and no formula.
 */
const harmless = (text: string): string => text.replace(FORMULA_START, "'");

function fieldOf(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "object") return cell.decimal;
  if (typeof cell !== "string") return String(cell);
  const text = harmless(cell);
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** One record with its line end. */
export const csvRecord = (cells: readonly Cell[]): string => `${cells.map(fieldOf).join(",")}\r\n`;
