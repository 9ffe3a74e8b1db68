import { OwnError } from "#shared/domain/kernel/own-error";
import { type StoredLink, trackedLink } from "#shared/domain/tracking/redirect";
import type { LinkStore } from "./link-cache.ts";
import { itemKey } from "#shared/table/item";
import { linkPlace } from "#shared/table/items/links";
import type { CallAws } from "./aws-json.ts";
import { getItem } from "./get-item.ts";

/** A value as DynamoDB's wire format has it, of the types that links hold. */
interface WireValue {
  readonly S?: string;
  readonly N?: string;
  readonly BOOL?: boolean;
  readonly L?: readonly WireValue[];
  readonly M?: Readonly<Record<string, WireValue>>;
}

/** What a value stands for; null is nothing. */
const plain = ({ S, N, BOOL, L, M }: WireValue): unknown =>
  M ? plainItem(M) : (L?.map(plain) ?? S ?? BOOL ?? (N && Number(N)));
const plainItem = (item: Readonly<Record<string, WireValue>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));

const NEEDED = ["code", "campaignId", "creatorId", "destinationUrl"];

/** A stored item as a link: what wrote it has checked it. @throws OwnError when it lacks what every link has */
function storedLink(item: unknown): StoredLink {
  const stored = plainItem(item as Record<string, WireValue>);
  const missing = NEEDED.find((name) => !stored[name]);
  if (missing) throw new OwnError(`The stored link has no ${missing}.`);
  return stored as unknown as StoredLink;
}

/** Links on DynamoDB, read eventually consistent: half the price, and they are kept for seconds anyway. */
export const linkStore = (call: CallAws, tableName: string): LinkStore => ({
  get: async (code) => {
    const item = await getItem(call, tableName, itemKey(linkPlace, { code }));
    return item === undefined ? undefined : trackedLink(storedLink(item));
  },
});
