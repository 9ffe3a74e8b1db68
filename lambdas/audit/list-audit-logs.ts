import { dynamodb } from "#shared/adapters/dynamodb/index";
import { listAuditLogs } from "#shared/contracts/audit";
import { implement } from "#shared/runtime/implement";

export const handler = implement(listAuditLogs, dynamodb, async ({ query, page }, { auditTrail }) => {
  const found = await auditTrail.rows(query, page);

  const items = found.items.map(({ row, seal }) => ({
    ...row,
    hash: seal?.hash ?? null,
    previousHash: seal?.previousHash ?? null,
  }));
  return { ...found, items };
});
