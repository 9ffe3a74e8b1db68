import type { Cursors } from "#shared/ports/page";
import type { TableEngine } from "#shared/table/engine";
import { stageKey } from "./stage-key.ts";

export const storedCursors = (table: TableEngine): Cursors => ({ key: stageKey(table, "cursorKey") });
