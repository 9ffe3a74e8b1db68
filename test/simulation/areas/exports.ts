/** People take their data with them. */
import { memoryExportFiles, type MemoryExportFiles } from "#shared/adapters/memory/export-files";
import { Export } from "#shared/domain/exports/export";
import type { Area, Invariant, Story } from "../area.ts";
import { clientOf, isDone } from "../client.ts";
import { unreliable } from "../outside.ts";

/** A table of everything that moved in somebody's wallet, and one of everybody's addresses. */
const taken: Story = {
  name: "a brand and an admin ask for files",
  async tell(world) {
    for (const [role, kind] of [
      ["brand", "transactions"],
      ["admin", "users"],
    ] as const) {
      const person = world.people.find((one) => one.role === role);
      if (person === undefined) return;
      const me = clientOf(world, person, `calm ${person.name}`, true);
      const answer = await me.act("requestExport", { body: { kind, format: "json" } });
      if (!isDone(answer)) world.find(`requestExport: ${answer?.text ?? "no answer"}`);
    }
  },
};

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
      world.items("openExports").flatMap(({ userId, open }) => (open as unknown[]).map(() => `${userId}`)),
  },
];

export const area: Area = {
  stories: [taken],
  invariants,
  outside: ({ running }) => ({
    exportFiles: unreliable(running, "exportFiles", memoryExportFiles(running.now), {
      isRepeatable: true,
      local: ["link"],
    }),
  }),
};
