import * as z from "zod";
import { Role } from "#shared/domain/kernel/actor";
import type { Callers } from "#shared/ports/callers";
import type { SigningKeys } from "#shared/ports/user-pool";
import type { TableEngine } from "#shared/table/engine";
import { keys } from "#shared/table/keys";
import { parsed } from "./pages.ts";

/** The part of an account that decides what its owner may do. */
const Standing = z.object({ roles: z.array(Role), status: z.enum(["active", "suspended"]) });
const StoredKeys = z.object({ jwks: z.looseObject({}) });

export const storedCallers = (table: TableEngine): Callers => ({
  standing: async (userId) => parsed(Standing, await table.get(keys.account(userId))),
  signingKeys: async () => parsed(StoredKeys, await table.get(keys.signingKeys()))?.jwks,
});

export const storedSigningKeys = (table: TableEngine): SigningKeys => ({
  store: (jwks) => table.write({ kind: "put", item: { jwks, ...keys.signingKeys() }, when: { any: true } }),
});
