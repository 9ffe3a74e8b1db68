import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3ExportFiles } from "#shared/adapters/s3/export-files";
import { exportedViews } from "#shared/contracts/exported-rows";
import { writeExport } from "#shared/contracts/exports";
import { knownExport } from "#shared/domain/exports/access";
import { dueTurn, followTurn } from "#shared/domain/exports/follow-turn";
import { takeTurn } from "#shared/application/exports/take-turn";
import { implementConsumer } from "#shared/runtime/implement-consumer";

export const handler = implementConsumer(
  writeExport,
  { ...dynamodb, exportFiles: s3ExportFiles },
  async (invocation, { detail: { exportId, turn } }, { exports, exportFiles: files, commit, ...ports }) => {
    const exported = dueTurn(knownExport(await exports.get(exportId)), turn);
    if (exported === undefined) return;
    const account = await ports.accounts.get(exported.userId);

    const taken = await takeTurn(exported, account, { ports, files, views: exportedViews }, invocation.now);

    await commit(followTurn(exported, await exports.openOf(exported.userId), taken, invocation));
  },
);
