/** Files that people take with them: what stands for their store, what people ask for, and what must hold of it. */
import { memoryExportFiles, type MemoryExportFiles } from "#shared/adapters/memory/export-files";
import { Export } from "#shared/domain/exports/export";
import type { Role } from "#shared/domain/kernel/actor";
import type { Area, Invariant, Move } from "../area.ts";
import { unreliable } from "../outside.ts";
import type { World } from "../world.ts";

const filesOf = (outside: Readonly<Record<string, unknown>>) => outside["exportFiles"] as MemoryExportFiles;

const ofCampaigns = ["campaign-analytics", "participants", "submissions"];
const kindsOf: Readonly<Record<Role, readonly string[]>> = {
  brand: ["transactions", ...ofCampaigns],
  creator: ["transactions", "earnings", ...ofCampaigns],
  admin: ["transactions", "earnings", "users", "audit-logs"],
};

const taking = (role: Role): Move => ({
  name: "take data along",
  role,
  weight: 1,
  async act(me, chance) {
    const kind = chance.oneOf(kindsOf[role]) ?? "";
    const format = chance.happens(0.7) ? "json" : "csv";
    const isOfOne = ofCampaigns.includes(kind);
    const campaignId = isOfOne ? (chance.oneOf(await me.list("listCampaigns"))?.id as string | undefined) : undefined;
    if (isOfOne && campaignId === undefined) return false;
    await me.act("requestExport", { body: { kind, format, ...(campaignId !== undefined && { campaignId }) } });
    return true;
  },
});

const exportsIn = (world: World): readonly Export[] => world.items("export").map((item) => Export.parse(item));
/** Lines of a file without its head; none where there is no file. */
const linesOf = ({ outside }: World, exported: Export): readonly string[] =>
  (filesOf(outside).content(exported)?.split("\n").slice(0, -1) ?? []).slice(exported.format === "csv" ? 1 : 0);

/** Who lost what they asked by: banned, removed, or no more of that role. */
const LOST = ["account.suspended", "access.role_not_allowed", "campaign.not_found"];

/** Whose a row is, where it says so; what a brand exports of its campaign is its creators'. */
const strangers = (
  world: World,
  { userId, roles, kind, campaignId }: Export,
  row: Readonly<Record<string, unknown>>,
) => {
  const isOwners = world.items("campaign").some(({ id, brandId }) => id === campaignId && brandId === userId);
  const isForeign =
    kind === "transactions"
      ? row["userId"] !== userId
      : (campaignId !== undefined && row["campaignId"] !== campaignId) ||
        (!isOwners && row["creatorId"] !== userId && row["creatorId"] !== null);
  return !roles.includes("admin") && isForeign;
};

const invariants: readonly Invariant[] = [
  {
    says: "an export has no end, or is completed without a file of all its rows",
    broken: (world) =>
      exportsIn(world).flatMap((exported) => {
        const { id, status, rows, failure } = exported;
        const lines = linesOf(world, exported).length;
        const isRight = status === "completed" ? rows === lines : LOST.includes(failure?.code ?? "");
        return isRight ? [] : [`${id}: ${status}, ${rows} rows, ${lines} lines, ${failure?.code ?? "no failure"}`];
      }),
  },
  {
    says: "somebody's file has a row that is another's",
    broken: (world) =>
      exportsIn(world)
        .filter(({ format }) => format === "json")
        .flatMap((exported) =>
          linesOf(world, exported)
            .filter((line) => strangers(world, exported, JSON.parse(line) as Readonly<Record<string, unknown>>))
            .map((line) => `${exported.id} of ${exported.userId}: ${line}`),
        ),
  },
  {
    says: "somebody waits for an export that has ended",
    broken: (world) =>
      world.items("openExports").flatMap(({ userId, open }) => (open as unknown[]).map(() => String(userId))),
  },
];

export const area: Area = {
  moves: [taking("brand"), taking("creator"), taking("admin")],
  invariants,
  outside({ running, outside }) {
    const files = memoryExportFiles(running.now);
    outside["exportFiles"] = files;
    return { exportFiles: unreliable(running, "exportFiles", files, { isRepeatable: true, local: ["link"] }) };
  },
};
