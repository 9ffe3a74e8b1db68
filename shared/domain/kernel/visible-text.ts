/** What people are to read: blanks and characters that nobody sees are no text. */
import * as z from "zod";

const isVisible = (text: string): boolean => /[\p{L}\p{N}\p{P}\p{S}]/u.test(text);

/** Of any text, whether there is something to see in it. */
export const visible = <S extends z.ZodType<string>>(text: S) => text.refine(isVisible, "must not be blank");

/** A name, a title, a reason: without what stands around it. */
export const visibleText = (mostCharacters: number) => visible(z.string().trim().min(1).max(mostCharacters));
