import { unmarshall } from "@aws-sdk/util-dynamodb";
import * as z from "zod";
import { digestOf, type WrittenEntry } from "#shared/domain/audit/seal";
import type { Key } from "#shared/table/engine";
import { contentOf, isTampering } from "#shared/table/item";
import { declarations, kindOf, type StoredKind } from "#shared/table/items/index";

type Attributes = Parameters<typeof unmarshall>[0];
const Attributes = z.custom<Attributes>((value) => typeof value === "object" && value !== null);
const Change = z.object({ Keys: Attributes, ApproximateCreationDateTime: z.number() });
const Delivered = z.discriminatedUnion("eventName", [
  z.object({ eventName: z.literal("INSERT"), dynamodb: Change.extend({ NewImage: Attributes }) }),
  z.object({ eventName: z.literal("MODIFY"), dynamodb: Change }),
  z.object({ eventName: z.literal("REMOVE"), dynamodb: Change }),
]);
type Delivered = z.infer<typeof Delivered>;

/** Somebody changed or deleted what is written once. */
export interface Tampering {
  readonly event: "MODIFY" | "REMOVE";
  readonly kind: StoredKind;
  readonly key: Key;
}

/** What a record of the table's stream is to whoever guards what is written once; neither, where it is none of theirs. */
export interface AppendOnlyChange {
  readonly written?: WrittenEntry;
  readonly tampering?: Tampering;
}

/** @throws when it is no record of the table's stream with new images. */
export function appendOnlyChange(record: unknown): AppendOnlyChange {
  const delivered = Delivered.parse(record);
  const { pk, sk } = unmarshall(delivered.dynamodb.Keys);
  const key = { pk: String(pk), sk: String(sk) };
  const kind = kindOf(key);
  const declaration = declarations[kind];
  if (delivered.eventName === "INSERT")
    return declaration.sealed ? { written: writtenEntry(key, delivered.dynamodb) } : {};
  return isTampering(delivered.eventName, declaration) ? { tampering: { event: delivered.eventName, kind, key } } : {};
}

const writtenEntry = (
  { pk }: Key,
  { NewImage, ApproximateCreationDateTime }: Extract<Delivered, { eventName: "INSERT" }>["dynamodb"],
): WrittenEntry => ({
  key: pk,
  digest: digestOf(contentOf(unmarshall(NewImage))),
  writtenAt: new Date(ApproximateCreationDateTime * 1000).toISOString(),
});
