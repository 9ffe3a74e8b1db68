import { SignInCode } from "#shared/domain/users/sign-in-code";
import type { SignInCodes } from "#shared/ports/sign-in-codes";
import type { TableEngine } from "#shared/table/engine";
import { itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { parsed } from "./pages.ts";

export const storedSignInCodes = (table: TableEngine): SignInCodes => ({
  get: async (id) => parsed(SignInCode, await table.get(itemKey(items.signInCode, { id }))),
});
