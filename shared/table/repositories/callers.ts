import * as z from "zod";
import { Role } from "#shared/domain/kernel/actor";
import type { Callers } from "#shared/ports/callers";
import type { SigningKeys } from "#shared/ports/user-pool";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

/** The part of an account that decides what its owner may do. */
const Standing = z.object({
  roles: z.array(Role),
  status: z.enum(["active", "suspended"]),
  secondFactorSince: z.string().optional(),
});
const StoredKeys = z.object({ jwks: z.looseObject({}) });

export const storedCallers = (table: TableEngine): Callers => ({
  standing: async (userId) => parsed(Standing, await table.get(itemKey(items.account, { id: userId }))),
  signingKeys: async () => parsed(StoredKeys, await table.get(itemKey(items.signingKeys, {})))?.jwks,
});

export const storedSigningKeys = (table: TableEngine): SigningKeys => ({
  store: (jwks) => table.write({ kind: "put", item: storedItem(items.signingKeys, { jwks }), when: { any: true } }),
});
