import type { Lifecycle } from "../kernel/lifecycle.ts";
import type { ExportStatus } from "./export.ts";
import { exportRefusals } from "./refusals.ts";

const step = { who: ["system"], otherwise: exportRefusals.ended } as const;

/** An export is `running` from its first part on. */
export const exportLifecycle = {
  start: { ...step, from: ["queued"], to: "running" },
  complete: { ...step, from: ["running"], to: "completed", effect: "the file can be fetched for some days" },
  fail: { ...step, from: ["queued", "running"], to: "failed", effect: "there is no file, nor half of one" },
} as const satisfies Lifecycle<ExportStatus>;
