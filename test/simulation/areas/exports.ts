/** Files that people take with them: what stands for their store, and what must hold of them. */
import { memoryExportFiles, type MemoryExportFiles } from "#shared/adapters/memory/export-files";
import { Export } from "#shared/domain/exports/export";
import type { Area, Invariant } from "../area.ts";
import { unreliable } from "../outside.ts";

const filesOf = (outside: Readonly<Record<string, unknown>>) => outside["exportFiles"] as MemoryExportFiles;

const invariants: readonly Invariant[] = [
  {
    says: "an export has no end, or is completed without a file of all its rows",
    broken: (world) =>
      world.items("export").flatMap((item) => {
        const exported = Export.parse(item);
        const lines = (filesOf(world.outside).content(exported)?.split("\n").length ?? 0) - 1;
        const isRight = exported.status === "completed" && exported.rows === lines;
        return isRight ? [] : [`${exported.id}: ${exported.status}, ${exported.rows} rows, ${lines} lines`];
      }),
  },
  {
    says: "somebody waits for an export that has ended",
    broken: (world) =>
      world.items("openExports").flatMap(({ userId, open }) => (open as unknown[]).map(() => String(userId))),
  },
];

export const area: Area = {
  invariants,
  outside: ({ running }) => ({
    exportFiles: unreliable(running, "exportFiles", memoryExportFiles(running.now), {
      isRepeatable: true,
      local: ["link"],
    }),
  }),
};
