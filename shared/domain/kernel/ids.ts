import * as z from "zod";

/** Prefix of every id we make: `cmp_01J…` is a campaign wherever it is seen. */
export const idPrefixes = {
  campaign: "cmp",
  deliverable: "dlv",
  submission: "sub",
  file: "fil",
  review: "rev",
  deposit: "dep",
  earning: "ern",
  notification: "ntf",
  announcement: "ann",
  journalEntry: "jrn",
  commit: "cmt",
  participation: "prt",
  dispute: "dsp",
  refund: "rfd",
  payout: "pay",
  event: "evt",
  auditEntry: "aud",
  jobRun: "run",
  hit: "hit",
  key: "key",
  conversion: "cnv",
  reversal: "rvl",
  inquiry: "inq",
  export: "exp",
} as const;
export type IdKind = keyof typeof idPrefixes;

const ulid = "[0-9A-HJKMNP-TV-Z]{26}";

/** Shape of one kind of id: its prefix and a ULID. */
export const idOf = (kind: IdKind) =>
  z.string().regex(new RegExp(`^${idPrefixes[kind]}_${ulid}$`), `must be a ${kind} id (${idPrefixes[kind]}_…)`);

/** A person's id is the Cognito `sub`. */
export const UserId = z.uuid();

/** Makes ids; handed in, so that rules and tests stay deterministic. */
export type NewId = (kind: IdKind) => string;
