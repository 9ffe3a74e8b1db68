/** What goes wrong in a run: by kind, by name, and counted. Any of it can be switched off, to find out what a failure needs. */
import { chanceOf } from "./chance.ts";

/** Shares of the occasions at which it happens. */
export const shares = {
  /** An invocation dies between two of its calls. */
  crash: 0.05,
  /** A request does not get there. */
  requestLost: 0.02,
  /** An answer does not come back. */
  replyLost: 0.03,
  /** The table does not answer in time; half of what was asked is done. */
  tableLost: 0.004,
  tableThrottled: 0.004,
  /** A call to something outside ends as `outside.ts` says. */
  outside: 0.06,
  /** The bus does not confirm an event. */
  busUnconfirmed: 0.03,
  /** A message, event or batch is delivered once more. */
  twice: 0.08,
  /** A delivery takes minutes or hours. */
  late: 0.08,
  /** A batch of the table's stream is given up, and parked: the sweepers must do without it. */
  parked: 0.01,
  /** A job is not started at its time. */
  jobSkipped: 0.05,
  /** A job is started twice. */
  jobTwice: 0.05,
  /** A notice of the processor's gets lost, and comes again much later. */
  noticeLost: 0.1,
} as const;
export type FaultKind = keyof typeof shares;
export const faultKinds = Object.keys(shares) as FaultKind[];

export interface Faults {
  /** Whether it happens now. The same name has the same answer in every run of the seed. */
  strikes(kind: FaultKind, name: string): boolean;
  /** Nothing goes wrong from now on. */
  end(): void;
  readonly ended: () => boolean;
  /** Everything that happened, in order: `kind name`. */
  readonly struck: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/** @param without kinds, or single ones as `struck` names them */
export function faultsOf(seed: number, without: ReadonlySet<string>, multiplied = 1): Faults {
  const struck: string[] = [];
  const counts: Record<string, number> = {};
  let ended = false;
  return {
    struck,
    counts,
    ended: () => ended,
    end: () => void (ended = true),
    strikes(kind, name) {
      if (ended || without.has(kind)) return false;
      if (!chanceOf(seed, kind, name).happens(shares[kind] * multiplied)) return false;
      const full = `${kind} ${name}`;
      if (without.has(full)) return false;
      struck.push(full);
      counts[kind] = (counts[kind] ?? 0) + 1;
      return true;
    },
  };
}
