/** A person with an account and 10.00 dollars on a table of any engine, and what is committed there. */
import { randomUUID } from "node:crypto";
import { type Change } from "#shared/domain/change";
import type { Committable, Entities, EntityName } from "#shared/domain/entities";
import { type IdKind } from "#shared/domain/kernel/ids";
import { campaignAccount, walletAccount } from "#shared/domain/ledger/account";
import type { DecidedEntry } from "#shared/domain/ledger/journal-entry";
import { move } from "#shared/domain/ledger/posting";
import type { CommitContext } from "#shared/ports/changes";
import { realWorld } from "#shared/runtime/call";
import type { TableEngine } from "#shared/table/engine";
import { entityItem } from "#shared/table/entity";
import { items } from "#shared/table/items/index";
import { storedChanges } from "#shared/table/repositories/changes";
import { aCampaign, anAccount } from "../../support/builders.ts";
import { aWallet } from "../../support/money-builders.ts";

export const NOW = "2026-11-25T12:00:00.000Z";
const everything: ReadonlySet<Committable> = new Set(Object.keys(items) as Committable[]);
const newId = (kind: IdKind): string => realWorld.newId(kind);

export async function committing(table: TableEngine) {
  const brandId = randomUUID();
  const context: CommitContext = {
    actor: { userId: brandId, roles: ["brand"] },
    now: NOW,
    requestId: "r",
    newId,
    writes: everything,
  };
  const given = async <E extends EntityName>(entity: E, value: Entities[E]): Promise<void> => {
    await table.write({ kind: "put", item: entityItem(entity, value), when: { any: true } });
  };
  const audit = (id: string) => ({ action: "test.done", resource: { type: "test", id } });
  await given("account", anAccount({ id: brandId }));
  await given("wallet", aWallet({ userId: brandId, available: 1000 }));
  return {
    table,
    brandId,
    context,
    given,
    audit,
    commit: (change: Change, parts: Partial<CommitContext> = {}) =>
      storedChanges(table).commit({ ...context, ...parts }, change),
    campaign: () => aCampaign({ id: newId("campaign"), brandId }),
    reservation: (of: Entities["campaign"], amount: number, key = `publication:${of.id}`) =>
      move(
        { key, type: "reservation", currency: "USD", referenceId: of.id, description: "test" },
        amount,
        walletAccount(brandId, "available"),
        campaignAccount({ campaignId: of.id, brandId }, "unassigned"),
        context,
      ),
    /** What moves money leaves an audit row. */
    moneyOnly: (...entries: DecidedEntry[]) => ({ entities: [], entries, audit: audit("money") }),
  };
}
export type Committing = Awaited<ReturnType<typeof committing>>;
