/** Entries that are sealed, their seals, and a stored table as the rules of verification see it. */
import { marshall } from "@aws-sdk/util-dynamodb";
import {
  chainOf,
  CHAINS,
  digestOf,
  Seal,
  SealHead,
  type WrittenEntry,
  type StoredChain,
} from "#shared/domain/audit/seal";
import type { StoredEntry } from "#shared/domain/audit/verify-seals";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Instant } from "#shared/domain/kernel/time";
import type { Item, Key } from "#shared/table/engine";
import { contentOf, isOf, storedItem } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { BRAND_ID } from "./builders.ts";

/** An audit row as it is stored; another for every number. */
export const auditItem = (number: number, at: Instant): Item & Key =>
  storedItem(items.auditEntry, {
    id: `aud_${String(number).padStart(26, "0")}`,
    at,
    actorId: BRAND_ID,
    action: "campaign.created",
    resource: { type: "campaign", id: `cmp_${number}` },
    changes: [{ field: "name", before: null, after: { text: `name ${number}`, words: [1, "two"] } }],
    requestId: `r-${number}`,
  });

/** A journal entry as it is stored; another for every number. */
export const journalItem = (number: number, at: Instant): Item & Key =>
  storedItem<JournalEntry>(items.journalEntry, {
    id: `jrn_${String(number).padStart(26, "0")}`,
    key: `deposit:pi_${number}`,
    type: "deposit",
    currency: "USD",
    lines: [
      { account: { of: "platform", account: "stripe_balance" }, amount: -number },
      { account: { of: "wallet", userId: BRAND_ID, account: "available" }, amount: number },
    ],
    referenceId: `dep_${number}`,
    description: "Deposit",
    actorId: "system:test",
    effectiveAt: at,
    postedAt: at,
    commitId: `cmt_${String(number).padStart(26, "0")}`,
  });

/** When an entry says that it was written. */
const saysAt = (item: Item): Instant => String(item["at"] ?? item["postedAt"] ?? item["closedAt"]);

/** What the table's stream tells of it. */
export const writtenOf = (item: Item & Key, writtenAt: Instant = saysAt(item)): WrittenEntry => ({
  key: item.pk,
  digest: digestOf(contentOf(item)),
  writtenAt,
});

/** Numbers of entries whose keys fall into one chain. */
export const ofOneChain = (count: number, chain = 0): number[] => {
  const numbers: number[] = [];
  for (let number = 1; numbers.length < count; number += 1)
    if (chainOf(auditItem(number, "2026-11-25T12:00:00.000Z").pk) === chain) numbers.push(number);
  return numbers;
};

/** A whole table, sorted by its keys, as it is verified. */
export function sealedState(all: readonly Item[]): { entries: StoredEntry[]; chains: StoredChain[] } {
  const sealed = Object.values(declarations).filter((one) => one.sealed);
  const entries = all
    .filter((item) => sealed.some((kind) => isOf(kind, item)))
    .map((item) => ({ key: String(item["pk"]), at: saysAt(item), content: contentOf(item) }));
  const seals = all.filter((item) => isOf(items.seal, item)).map((item) => Seal.parse(item));
  const heads = all.filter((item) => isOf(items.sealHead, item)).map((item) => SealHead.parse(item));
  const chains = Array.from({ length: CHAINS }, (_, chain) => ({
    chain,
    head: heads.find((head) => head.chain === chain),
    seals: seals.filter((seal) => seal.chain === chain),
  }));
  return { entries, chains };
}

/** A change of an item, as the table's stream delivers it to a Lambda. */
export const streamRecord = (eventName: "INSERT" | "MODIFY" | "REMOVE", item: Item & Key, sequence = "1") => ({
  eventID: sequence,
  eventName,
  eventSource: "aws:dynamodb",
  dynamodb: {
    ApproximateCreationDateTime: Math.floor(Date.parse("2026-11-25T12:00:00.000Z") / 1000),
    Keys: marshall({ pk: item.pk, sk: item.sk }),
    ...(eventName !== "REMOVE" && { NewImage: marshall(item) }),
    SequenceNumber: sequence,
  },
});
