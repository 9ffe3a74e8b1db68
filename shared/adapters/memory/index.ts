import type { TableEngine } from "#shared/table/engine";
import { repositoriesOn } from "#shared/table/repositories/index";
import { memoryHitCounter } from "./hit-counter.ts";

/** Everything that the table gives, on an engine in memory: for tests, with the same repositories as in production. */
export const memory = (table: TableEngine) => ({ ...repositoriesOn(() => table), hitCounts: memoryHitCounter });
