import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { Item } from "#shared/table/engine";

/** An item as a stream record carries it (`{ "S": "…" }`), as plain values. */
export const plainItem = (image: unknown): Item => unmarshall(image as Parameters<typeof unmarshall>[0]);
