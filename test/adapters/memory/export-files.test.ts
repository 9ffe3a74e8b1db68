import { memoryExportFiles } from "#shared/adapters/memory/export-files";
import { exportFilesSuite } from "../suites/export-files.ts";

exportFilesSuite("memory", () => {
  const files = memoryExportFiles(() => "2026-11-25T12:00:00.000Z");
  return Promise.resolve({ files, fetched: (exported) => Promise.resolve(files.content(exported)) });
});
