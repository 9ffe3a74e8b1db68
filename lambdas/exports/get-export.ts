import { dynamodb } from "#shared/adapters/dynamodb/index";
import { s3ExportFiles } from "#shared/adapters/s3/export-files";
import { getExport } from "#shared/contracts/exports";
import { readableExport } from "#shared/domain/exports/access";
import { exportView, fetchable } from "#shared/domain/exports/view";
import { implement } from "#shared/runtime/implement";

export const handler = implement(
  getExport,
  { ...dynamodb, exportFiles: s3ExportFiles },
  async ({ actor, path, now }, { exports, exportFiles }) => {
    const exported = readableExport(actor, await exports.get(path.exportId));
    const file = fetchable(exported, now);

    return { ...exportView(exported, now), ...(file && (await exportFiles.link(file))) };
  },
);
