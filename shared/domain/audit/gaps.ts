/** What a chain lacks, by when it was sealed: of entries from then nobody can say whether they were sealed; of others, one can. */
import { earlier, type Instant, later, plusMilliseconds } from "../kernel/time.ts";
import {
  chainOf,
  CLOCKS_APART_MS,
  GRACE_MS,
  isOwn,
  NO_HASH,
  type Seal,
  type SealHead,
  type StoredChain,
} from "./seal.ts";

export interface Gap {
  readonly chain: number;
  readonly from: Instant;
  /** Missing while nothing that was sealed later is there. */
  readonly to?: Instant;
}

const BEFORE_ALL = "1970-01-01T00:00:00.000Z";
/** What is added to later ones has more digits, and sorts first. */
const AFTER_ALL = "9999-01-01T00:00:00.000Z";

/** Where seals are missing, cannot be read, or are others than their neighbours know, from the sound one before to the sound one after. */
export function gapsOf(stored: StoredChain): readonly Gap[] {
  const { chain, after } = stored;
  const sound = stored.seals.filter((seal) => isOwn(seal, chain));
  const earliest = earliestFrom(sound);
  const gaps = sound.flatMap((seal, at): Gap[] => {
    const before = sound[at - 1] ?? after;
    if (before === undefined ? isFirst(seal) : follows(seal, before)) return [];
    const to = endAt(earliest[at] ?? seal.sealedAt);
    // One whose place is the right one and whose hash is not may have been made anew: it tells nothing.
    const known =
      seal.sequence === (before?.sequence ?? 0) + 1 ? sound.slice(0, Math.max(0, at - 1)) : sound.slice(0, at);
    return [{ chain, from: sinceWhen(known, after, to), to }];
  });
  return [...gaps, ...gapAtEnd(stored, sound.at(-1) ?? after)];
}

const isFirst = ({ sequence, previousHash }: Seal): boolean => sequence === 1 && previousHash === NO_HASH;

const follows = (seal: Seal, before: Pick<SealHead, "sequence" | "hash">): boolean =>
  seal.sequence === before.sequence + 1 && seal.previousHash === before.hash;

/** For each, when the first of it and those after it was made: a chain is in order of time, and none that was forged can say that it is later. */
function earliestFrom(seals: readonly Seal[]): readonly Instant[] {
  const all: Instant[] = [];
  for (const { sealedAt } of seals.toReversed()) all.push(earlier(all.at(-1) ?? sealedAt, sealedAt));
  return all.reverse();
}

/** A gap begins with the last that was made before its end, and what waited for its seal then. */
function sinceWhen(known: readonly Seal[], after: SealHead | undefined, to: Instant): Instant {
  const last = known.findLast(({ sealedAt }) => sealedAt <= to) ?? after;
  return beginAt(last);
}

const beginAt = (last: Pick<SealHead, "sealedAt"> | undefined): Instant =>
  later(BEFORE_ALL, last === undefined ? BEFORE_ALL : plusMilliseconds(last.sealedAt, -GRACE_MS));

const endAt = (sealedAt: Instant): Instant => plusMilliseconds(earlier(sealedAt, AFTER_ALL), CLOCKS_APART_MS);

function gapAtEnd({ chain, head }: StoredChain, last: SealHead | undefined): readonly Gap[] {
  if (isSame(head, last)) return [];
  const gap = { chain, from: beginAt(last) };
  return head === undefined ? [gap] : [{ ...gap, to: endAt(later(head.sealedAt, last?.sealedAt ?? BEFORE_ALL)) }];
}

const isSame = (head: SealHead | undefined, last: SealHead | undefined): boolean =>
  head?.sequence === last?.sequence && head?.hash === last?.hash;

/** Whether an entry that no seal holds may have been in one that is missing. */
export const mayBeOf =
  (gaps: readonly Gap[]) =>
  (key: string, at: Instant): boolean => {
    const chain = chainOf(key);
    return gaps.some((gap) => gap.chain === chain && gap.from <= at && (gap.to === undefined || at <= gap.to));
  };
