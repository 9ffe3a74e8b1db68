const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text made safe inside HTML, in content and in quoted attributes. Everything people wrote goes through it. */
export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);

/** One line for a header: what would begin another header is gone. */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}]+/gu, " ").trim();
