/**
 * How people are found: everybody is entered by address and by name, in the list of all and in that of each of their roles,
 * and once more in those of the banned while they are. Whoever looks for several things at once finds them in one list.
 */
import type { Role } from "../kernel/actor.ts";
import type { Account } from "./account.ts";

/** What people are looked for by; all that is given must hold. */
export interface AccountFilter {
  readonly role?: Role | undefined;
  readonly status?: Account["status"] | undefined;
  /** What an e-mail address or a name begins with, in any case. */
  readonly q?: string | undefined;
}

export const DIRECTORY_FIELDS = ["email", "fullName"] as const;

/** One line of the directory. */
export interface DirectoryEntry {
  /** A role, or everybody; the banned of them apart. */
  readonly list: string;
  readonly field: (typeof DIRECTORY_FIELDS)[number];
  /** The beginning of what the field says, as it is compared. */
  readonly term: string;
  readonly userId: string;
}

/** A key may have 1,024 bytes, and a character takes twelve of them at most once it is encoded. */
const MOST_CHARACTERS = 60;

/** Text as it is compared: case and compatible spellings do not matter. Upper case, because lower case depends on the context (ς). */
const folded = (text: string): string => text.toWellFormed().normalize("NFKC").toUpperCase();

/** The part of a text that is in the directory. */
export const termOf = (text: string): string => [...folded(text)].slice(0, MOST_CHARACTERS).join("");

const listOf = (scope: Role | "everybody", isBanned: boolean): string => (isBanned ? `banned-${scope}` : scope);

/** Whether a text begins with another, as the directory compares them. */
export const startsLike = (text: string, start: string): boolean => folded(text).startsWith(folded(start));

/** The one list that has everybody who is looked for. */
export const listFor = ({ role, status }: AccountFilter): string => listOf(role ?? "everybody", status === "suspended");

/** Every line that an account has in the directory. */
export function entriesOf(account: Account): readonly DirectoryEntry[] {
  const scopes = ["everybody" as const, ...account.roles];
  const lists = scopes.flatMap((scope) => [
    listOf(scope, false),
    ...(account.status === "suspended" ? [listOf(scope, true)] : []),
  ]);
  return lists.flatMap((list) =>
    DIRECTORY_FIELDS.map((field) => ({ list, field, term: termOf(account[field]), userId: account.id })),
  );
}

/**
 * Whether the account of an entry is one that was looked for. Who is found by both address and name is told once: by the
 * address.
 */
export const isSought =
  ({ role, status, q = "" }: AccountFilter) =>
  ({ field }: Pick<DirectoryEntry, "field">, account: Account): boolean => {
    const begins = (one: DirectoryEntry["field"]): boolean => startsLike(account[one], q);
    const isFirst = field === "email" || !begins("email");
    const holds = (role === undefined || account.roles.includes(role)) && (status ?? account.status) === account.status;
    return holds && isFirst && begins(field);
  };
