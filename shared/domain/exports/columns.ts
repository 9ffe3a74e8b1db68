/** The columns of each kind of file. A row is what the API's list of the same things shows, and nothing else is known here. */
import type { AuditEntry } from "../audit/audit-entry.ts";
import type { participantView } from "../invitations/answer-invitation.ts";
import { UnitState } from "../invitations/participant.ts";
import { type Currency, formatMoney, type Money } from "../kernel/money.ts";
import type { Submission } from "../submissions/submission.ts";
import type { Account } from "../users/account.ts";
import type { Earning } from "../wallets/earning.ts";
import type { WalletTransaction } from "../wallets/transaction.ts";
import { type Cell, csvRecord, type Decimal } from "./csv.ts";
import type { ExportFormat, ExportKind } from "./export.ts";
import type { FiguresRow } from "./figures.ts";

/** What a line is made of, by kind. */
export interface Rows {
  readonly transactions: Omit<WalletTransaction, "payable">;
  readonly earnings: Omit<Earning, "version" | "createdAt" | "updatedAt">;
  readonly "campaign-analytics": FiguresRow;
  readonly participants: Omit<
    ReturnType<typeof participantView>,
    "units" | "toldOfEndAt" | "createdAt" | "updatedAt"
  > & { readonly units: readonly { readonly state: string }[] };
  readonly submissions: Omit<Submission, "file" | "reminders" | "createdAt" | "updatedAt">;
  readonly users: Omit<Account, "groupsPending" | "groupsWere" | "groupsSetAt" | "secondFactorSince">;
  readonly "audit-logs": AuditEntry & { readonly hash: string | null; readonly previousHash: string | null };
}

type Column<T> = readonly [name: string, cell: (row: T) => Cell];

const decimalOf = (minor: number, currency: Currency): Decimal => ({
  decimal: `${minor < 0 ? "-" : ""}${formatMoney({ amount: Math.abs(minor), currency }).split(" ")[0] ?? ""}`,
});

/** Money for machines, in minor units, and for people, in the currency's own. */
const moneyColumns = <T>(name: string, of: (row: T) => Money | null): readonly Column<T>[] => [
  [`${name}Minor`, (row) => of(row)?.amount],
  [
    name,
    (row) => {
      const money = of(row);
      return money && decimalOf(money.amount, money.currency);
    },
  ],
];

/** Columns under the names that the fields have in the API. */
const fields = <T>(...names: { [K in keyof T & string]-?: T[K] extends Cell ? K : never }[keyof T & string][]) =>
  names.map((name): Column<T> => [name, (row) => row[name] as Cell]);

const titled = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** How many of a participant's units have come to which state. */
const unitColumns = UnitState.options.map((state): Column<Rows["participants"]> => [
  `units${titled(state)}`,
  ({ units }) => units.filter((unit) => unit.state === state).length,
]);

const classes = ["valid", "repeat", "bot", "preview", "prefetch", "head", "self", "burst", "datacentre"] as const;

export const columns: { readonly [K in ExportKind]: readonly Column<Rows[K]>[] } = {
  transactions: [
    ...fields<Rows["transactions"]>("id", "createdAt", "userId", "type", "status"),
    ["currency", ({ amount }) => amount.currency],
    ...moneyColumns<Rows["transactions"]>("amount", ({ amount }) => amount),
    ...(["available", "reserved", "pending", "inFlight"] as const).map((figure): Column<Rows["transactions"]> => [
      `${figure}EffectMinor`,
      ({ effects }) => effects[figure],
    ]),
    ...fields<Rows["transactions"]>("referenceId", "description"),
  ],
  earnings: [
    ...fields<Rows["earnings"]>("id", "creatorId", "campaignId", "campaignName", "participationId"),
    ...fields<Rows["earnings"]>("deliverableId", "unit", "submissionId", "status"),
    ["currency", ({ amount }) => amount.currency],
    ...moneyColumns<Rows["earnings"]>("amount", ({ amount }) => amount),
    ...fields<Rows["earnings"]>("allocatedMinor", "paidMinor", "availableAt", "paidAt"),
  ],
  "campaign-analytics": [
    ...fields<FiguresRow>("campaignId", "of", "date", "creatorId", "clicks", "uniqueClicks"),
    ...classes.map((one): Column<FiguresRow> => [`${one}Hits`, ({ byClass }) => byClass?.[one]]),
    ...fields<FiguresRow>("views", "conversions"),
    ["currency", ({ conversionValue }) => conversionValue.currency],
    ...moneyColumns<FiguresRow>("conversionValue", ({ conversionValue }) => conversionValue),
    ...moneyColumns<FiguresRow>("spend", ({ spend }) => spend),
    ...fields<FiguresRow>("roi", "timeZone", "asOf", "rulesVersion"),
  ],
  participants: [
    ...fields<Rows["participants"]>("id", "campaignId", "brandId", "creatorId", "status", "joinedAt"),
    ["currency", ({ budgetAllocated }) => budgetAllocated.currency],
    ...moneyColumns<Rows["participants"]>("budgetAllocated", ({ budgetAllocated }) => budgetAllocated),
    ...fields<Rows["participants"]>("secured"),
    ...unitColumns,
  ],
  submissions: [
    ...fields<Rows["submissions"]>("id", "campaignId", "brandId", "creatorId", "participationId", "deliverableId"),
    ...fields<Rows["submissions"]>("unit", "round", "previousSubmissionId", "type", "status", "submittedAt", "late"),
    ...fields<Rows["submissions"]>("reviewDueAt", "resubmissionDueAt", "contentUrl", "fileId", "text", "description"),
  ],
  users: [
    ...fields<Rows["users"]>("id", "email", "fullName", "phone"),
    ["roles", ({ roles }) => roles.join(" ")],
    ...fields<Rows["users"]>("status"),
    ["country", ({ location }) => location?.country],
    ["region", ({ location }) => location?.region],
    ["categories", ({ creator }) => creator?.categories.join(" ")],
    ["languages", ({ creator }) => creator?.languages.join(" ")],
    ...fields<Rows["users"]>("bio", "avatarUrl", "version", "createdAt", "updatedAt"),
  ],
  "audit-logs": [
    ...fields<Rows["audit-logs"]>("id", "at", "actorId", "onBehalfOf", "action"),
    ["resourceType", ({ resource }) => resource.type],
    ["resourceId", ({ resource }) => resource.id],
    ["changes", ({ changes }) => JSON.stringify(changes)],
    ...fields<Rows["audit-logs"]>("requestId", "hash", "previousHash"),
  ],
};

/** What a file begins with. */
export const headOf = ({ kind, format }: { readonly kind: ExportKind; readonly format: ExportFormat }): string =>
  format === "csv" ? csvRecord(columns[kind].map(([name]) => name)) : "";

/** Ends of lines by Unicode's word, and by that of some who read lines; none to JSON, which may as well spell them. */
const OTHER_LINE_ENDS = /[\u0085\u2028\u2029]/g;
const spelled = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** One line of a file, with its end. */
export const lineOf = <K extends ExportKind>(kind: K, format: ExportFormat, row: Rows[K]): string =>
  format === "csv"
    ? csvRecord(columns[kind].map(([, cell]) => cell(row)))
    : `${JSON.stringify(row).replace(OTHER_LINE_ENDS, spelled)}\n`;
